"""What the form of an entry needs beside the entry: what may be chosen, who shares its places, its photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from referral_app.clinical.thresholds import Own
from referral_app.database import Session
from referral_app.services import locations, surgeons, thresholds
from referral_app.services.surgeon_records import LocationRecord, ProcedureRecord, SurgeonRecord


@dataclass(frozen=True)
class Offers:
    """What the form offers to choose from; `shared` names the other surgeons at each location, by its id.

    `figures` are those of the live check that the Center chose.
    """

    procedures: Sequence[ProcedureRecord]
    plans: Sequence[str]
    locations: Sequence[LocationRecord] = ()
    shared: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    photo: bytes | None = None
    successor: str = ""
    figures: Own = field(default_factory=dict[str, float])


def read(session: Session, surgeon_id: str = "") -> tuple[SurgeonRecord | None, Offers]:
    """Return an entry as it is now, None for a new one, and what its form offers."""
    surgeon = surgeons.get(session, surgeon_id) if surgeon_id else None
    procedures, plans = surgeons.procedures(session), surgeons.plans(session)
    figures = thresholds.of_center(session)
    if surgeon is None:
        return None, Offers(procedures, plans, figures=figures)
    places = [place.location for place in surgeon.placements]
    shared = {place.id: locations.used_by(session, place.id, surgeon_id) for place in places}
    successor = surgeons.known_as(session, surgeon.successor_id) if surgeon.successor_id else None
    return surgeon, Offers(
        procedures,
        plans,
        places,
        shared,
        surgeons.photo(session, surgeon_id),
        successor[1] if successor else "",
        figures,
    )
