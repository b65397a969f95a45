"""The names of what an intake names in the directory, so that no id is shown to a person."""

from __future__ import annotations

from typing import Any

from referral_app.clinical.fields import Field, Kind, answered, as_list, given, unavailable
from referral_app.services import surgeons

Names = dict[str, str]
UNKNOWN = "not in the directory any more"
_KINDS = (Kind.SURGEON, Kind.LOCATION, Kind.PROCEDURES)


def names(session: Any, *intakes: dict[str, Any]) -> Names:
    """Return the names of the surgeons, locations and procedures that intakes may mean."""
    found = {key: one.name for one in surgeons.procedures(session) for key in (one.id, one.code)}
    for intake in intakes:
        chosen = given(intake, "request.surgeon")
        surgeon = surgeons.find_by(session, chosen) if isinstance(chosen, str) else None
        if surgeon is not None:
            found[str(chosen)] = surgeon.name
            found |= {
                one.location.id: f"{one.location.name}, {one.location.city}" for one in surgeon.placements
            }
    return found


def say(field: Field, value: Any, known: Names) -> str | None:
    """Return the names of an answer that names entries of the directory, None where it is another answer."""
    if field.kind not in _KINDS or not answered(value) or unavailable(value) is not None:
        return None
    chosen = as_list(value) if isinstance(value, list) else [value]
    return ", ".join(known.get(str(one)) or UNKNOWN for one in chosen)
