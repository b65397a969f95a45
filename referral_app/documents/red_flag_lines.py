"""What the letter says of the fifteen red flags: asked, present, cleared by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from reportlab.platypus import Flowable

from referral_app.clinical.fields import answered, unavailable
from referral_app.clinical.intake import find
from referral_app.clinical.red_flags import RED_FLAGS, RedFlag
from referral_app.documents import tables, text, values
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.clinical.check import Check

_COLUMNS = (Column("Red flag", 0.42), Column("Emergency signs", 0.2), Column("Evaluated and cleared", 0.38))


def statement(check: Check, sheet: Sheet) -> str:
    """Return the red flags in one sentence: "15 asked; none present", or what is present and whether it was cleared."""
    answers = {flag: _answer(check, sheet, flag) for flag in RED_FLAGS}
    asked = sum(answer in ("yes", "no") for answer in answers.values())
    present = [flag.question for flag, answer in answers.items() if answer == "yes"]
    if not asked:
        return "None asked."
    found = f"present: {'; '.join(present)}" if present else "none present"
    left = f"; {len(answers) - asked} not asked" if asked < len(answers) else ""
    urgent = "; emergency not cleared" if check.uncleared else ""
    return f"{asked} asked; {found}{left}{urgent}."


def table(check: Check, sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return what is present with its evaluation as a table; nothing where nothing is."""
    sheet.taken |= {"red_flags", *(f"red_flags.{flag.name}" for flag in RED_FLAGS)}
    present = [flag for flag in RED_FLAGS if _answer(check, sheet, flag) == "yes"]
    return [tables.table(_COLUMNS, [_row(sheet, flag) for flag in present], styles)] if present else []


def not_asked(check: Check, sheet: Sheet) -> str:
    """Return the flags that nobody asked about, in words."""
    return "; ".join(flag.question for flag in RED_FLAGS if _answer(check, sheet, flag) not in ("yes", "no"))


def _row(sheet: Sheet, flag: RedFlag) -> tuple[str, str, str]:
    given = _given(sheet, flag)
    signs = (
        values.say(find(f"red_flags.{flag.name}.emergency_signs"), given.get("emergency_signs"))
        if flag.signs
        else ""
    )
    asked = text.join(": ", [flag.signs, text.bold(signs or "Not asked")]) if flag.signs else "–"
    return text.bold(flag.question), asked, _cleared(given.get("cleared"))


def _cleared(value: Any) -> str:
    if unavailable(value) is not None:
        return f"Not available: {unavailable(value)}"
    if not isinstance(value, Mapping) or not answered(value):
        return text.bold("Not cleared")
    cleared = cast(Mapping[str, Any], value)
    said = {
        name: values.say(find(f"red_flags.neoplasm.cleared.{name}"), cleared.get(name))
        for name in ("by", "on", "note")
    }
    return text.join("; ", [text.join(", ", [said["by"], said["on"]]), said["note"]])


def _answer(check: Check, sheet: Sheet, flag: RedFlag) -> str | None:
    """Return what is known of a flag: age and onset are computed, the rest was asked."""
    computed = cast(Mapping[str, Any], check.computed.get("red_flags") or {})
    answer = computed.get(flag.name) or _given(sheet, flag).get("answer")
    return answer if isinstance(answer, str) else None


def _given(sheet: Sheet, flag: RedFlag) -> Mapping[str, Any]:
    group = sheet.given("red_flags")
    value = cast(Mapping[str, Any], group).get(flag.name) if isinstance(group, Mapping) else None
    usable = isinstance(value, Mapping) and unavailable(value) is None  # pyright: ignore[reportUnknownArgumentType]
    return cast(Mapping[str, Any], value) if usable else {}
