"""What the letter says of the fifteen red flags: asked, present, cleared by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from referral_app.clinical.computed import settled_by_answers
from referral_app.clinical.fields import answered, as_dict, unavailable
from referral_app.clinical.intake import find
from referral_app.clinical.red_flags import RED_FLAGS, RedFlag, Tier
from referral_app.documents import text, values
from referral_app.documents.sheet import Sheet

if TYPE_CHECKING:
    from referral_app.clinical.check import Check


def statement(check: Check, sheet: Sheet) -> str:
    """Return the red flags in one sentence: how many were asked and how many computed, and what is present."""
    answers = {flag: _answer(check, sheet, flag) for flag in RED_FLAGS}
    known = [flag.name for flag, answer in answers.items() if answer in ("yes", "no")]
    there = [_in_short(check, sheet, flag) for flag, answer in answers.items() if answer == "yes"]
    if not known:
        return "None asked."
    settled = settled_by_answers(sheet.intake, check.computed.get("onset_age"))
    worked_out = len(settled.intersection(known))
    asked = f"{len(known) - worked_out} asked"
    worked = f", {worked_out} computed from the answers" if worked_out else ""
    found = f"present: {'; '.join(there)}" if there else "none present"
    left = f"; {len(answers) - len(known)} not asked" if len(known) < len(answers) else ""
    urgent = "; emergency not cleared" if check.uncleared else ""
    return f"{asked}{worked}; {found}{left}{urgent}."


def _in_short(check: Check, sheet: Sheet, flag: RedFlag) -> str:
    """Return a flag that is present with what makes an emergency of it and who cleared it, for a reader in haste."""
    given = _given(sheet, flag)
    signs = f"emergency sign present: {flag.signs[:1].lower()}{flag.signs[1:]}"
    about = [signs] if flag.signs and given.get("emergency_signs") == "yes" else []
    if flag.tier is not Tier.REVIEW:
        cleared = any(line.id == f"cleared.red_flags.{flag.name}" for line in check.emergency)
        about.append(_in_short_cleared(given.get("cleared"), cleared))
    return flag.question + (f" ({'; '.join(about)})" if about else "")


def _in_short_cleared(value: Any, holds: bool) -> str:
    """Return by whom and when a flag was cleared; `holds` tells whether the check takes it for a clearance."""
    given = as_dict(value) if unavailable(value) is None else {}
    by, on = (
        values.say(find(f"red_flags.neoplasm.cleared.{name}"), given.get(name)) for name in ("by", "on")
    )
    who = ", ".join(part for part in (by, on) if part)
    if not who:
        return "not cleared"
    return f"cleared by {who}" if holds else f"not cleared: what {who} found does not settle it"


def present(check: Check, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield each flag that is present with its emergency signs and its evaluation."""
    sheet.taken |= {"red_flags", *(f"red_flags.{flag.name}" for flag in RED_FLAGS)}
    for flag in RED_FLAGS:
        if _answer(check, sheet, flag) == "yes":
            yield "Red flag present", _words(sheet, flag)


def not_asked(check: Check, sheet: Sheet) -> str:
    """Return the flags that nobody asked about, in words."""
    return "; ".join(flag.question for flag in RED_FLAGS if _answer(check, sheet, flag) not in ("yes", "no"))


def _words(sheet: Sheet, flag: RedFlag) -> text.Markup:
    given = _given(sheet, flag)
    declared = find(f"red_flags.{flag.name}.emergency_signs") if flag.signs else None
    signs = values.say(declared, given.get("emergency_signs")) if declared else ""
    asked = text.join(": ", [flag.signs, text.bold(signs or "Not asked")]) if flag.signs else ""
    return text.join(text.BREAK, [text.bold(flag.question), asked, _cleared(given.get("cleared"))])


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
    who = text.join(
        ", ", [text.bold(f"Evaluated and cleared by {said['by']}") if said["by"] else "", said["on"]]
    )
    return text.join(": ", [who, said["note"]])


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
