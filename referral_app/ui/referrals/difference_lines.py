"""What two versions of a referral answer differently, in words, with the names of the directory instead of its ids."""

from __future__ import annotations

from typing import Any, cast

from referral_app.clinical.differences import Difference
from referral_app.clinical.fields import Field, Kind, given
from referral_app.services import surgeons
from referral_app.ui import answer_words, conflict_lines
from referral_app.ui.conflict_lines import Line

Names = dict[str, str]


def line(found: Difference, names: Names) -> Line:
    """Return a difference in words, with the names of the directory instead of its ids."""

    def say(field: Field, value: Any) -> str:
        if field.kind in (Kind.SURGEON, Kind.LOCATION):
            return names.get(str(value), answer_words.answer(field, value))
        if field.kind is Kind.PROCEDURES and isinstance(value, list):
            return ", ".join(names.get(str(code), str(code)) for code in cast("list[Any]", value))
        return answer_words.answer(field, value)

    return conflict_lines.in_words(found, say)


def names(session: Any, *intakes: dict[str, Any]) -> Names:
    """Return the names of the surgeons, locations and procedures that intakes may mean."""
    found = {one.code: one.name for one in surgeons.procedures(session)}
    for intake in intakes:
        chosen = given(intake, "request.surgeon")
        surgeon = surgeons.find_by(session, chosen) if isinstance(chosen, str) else None
        if surgeon is not None:
            found[str(chosen)] = surgeon.name
            found |= {
                one.location.id: f"{one.location.name}, {one.location.city}" for one in surgeon.placements
            }
    return found
