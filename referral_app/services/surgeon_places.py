"""What lists show of the places of a few surgeons, which is no part of the search index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.location import Location
from referral_app.models.surgeon import Placement
from referral_app.services import distance
from referral_app.services.permissions import needs

_FAR = 1e6
STALE_DAYS = 90
"""A verification or confirmation of a fax number counts for so many days."""


@dataclass(frozen=True)
class Places:
    """The towns of a surgeon, the nearest first where it was measured, and whether a fax number is to be verified."""

    towns: tuple[str, ...] = ()
    fax_to_verify: bool = False


@needs(Permission.SEE_DIRECTORY)
def of(
    session: Session, surgeon_ids: Sequence[str], zip_code: str = "", today: date | None = None
) -> dict[str, Places]:
    """Return what there is to say of the places by the id of the surgeon; who has none is left out."""
    day = today or date.today()
    near = zip_code[:5] if zip_code and distance.place(zip_code) else ""
    p, at = Placement, Location
    rows = session.execute(
        select(p.surgeon_id, at.city, at.state, at.zip, p.fax, at.fax.label("main_fax"), p.fax_verified_on)
        .join(at, at.id == p.location_id)
        .where(p.surgeon_id.in_(surgeon_ids))
        .order_by(p.surgeon_id, p.position)
    )
    found: dict[str, list[tuple[float, str, bool]]] = {}
    for row in rows:
        miles = distance.miles(near, row.zip) if near and row.zip else None
        on = row.fax_verified_on
        due = bool(row.fax or row.main_fax) and (on is None or (day - on).days >= STALE_DAYS)
        town = f"{row.city}, {row.state}".strip(", ")
        found.setdefault(row.surgeon_id, []).append((_FAR if miles is None else miles, town, due))
    return {key: _places(lines) for key, lines in found.items()}


def _places(lines: list[tuple[float, str, bool]]) -> Places:
    ordered = sorted(lines, key=lambda line: line[0])
    towns = tuple(dict.fromkeys(town for _, town, _ in ordered if town))
    return Places(towns, any(due for _, _, due in lines))
