"""The first stage of the live check: the fifteen red flags, what to do now, and who cleared what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.fields import answered, as_dict, given
from referral_app.clinical.lines import Line
from referral_app.clinical.red_flags import RED_FLAGS, SOURCE, RedFlag, Tier
from referral_app.clinical.thresholds import Thresholds

Values = Mapping[str, Any]

NOW = "Emergency evaluation now: call 911 or send the patient to the emergency department, and tell a clinician."
"""What to do when an emergency flag is raised, on screen and on paper."""
_BACK = "Send returns when a clinician was told or cleared it: who, when, result."
_FIRST = "Evaluate this before surgery is considered, or write who cleared it, when, and the result."


def judge(values: Values, thresholds: Thresholds, wrong: Mapping[str, str]) -> Iterator[Line]:
    """Yield a line for each red flag that is raised, cleared or not settled; status tells which.

    `values` is the intake with its computed values, `wrong` what `validate` found (a clearance with a wrong date
    clears nothing). Tiers, and clearance with who, when and result: reference/clinical.md section 4, contract
    section 2. An answer "not available" settles no red flag.
    """
    answers = values["computed"]["red_flags"]
    for flag in RED_FLAGS:
        answer = answers[flag.name]
        if answer == "yes":
            yield from _raised(flag, values, thresholds, wrong)
        elif answer != "no":
            yield from _not_settled(flag, values, answer, wrong)


def _raised(
    flag: RedFlag, values: Values, thresholds: Thresholds, wrong: Mapping[str, str]
) -> Iterator[Line]:
    path = f"red_flags.{flag.name}"
    if flag.tier is Tier.REVIEW:
        yield Line(f"review.{path}", "review", f"Red flag: {flag.question}.", SOURCE, f"{path}.answer")
        return
    signs = given(values, f"{path}.emergency_signs")
    cleared, clearance = _clearance(values, path, wrong)
    if flag.signs and signs not in ("yes", "no"):
        text = f"Red flags: answer “{flag.signs}” (with “{flag.question}”)."
        yield Line(f"missing.{path}.emergency_signs", "missing", text, SOURCE, f"{path}.emergency_signs")
    if cleared:
        yield Line(f"cleared.{path}", "cleared", f"{flag.question}: {clearance}", SOURCE, f"{path}.cleared")
    elif flag.tier is Tier.EMERGENCY or signs == "yes" or _worse(flag, values, thresholds):
        yield Line(
            f"emergency.{path}", "emergency", f"{flag.question}. {NOW} {_BACK}", SOURCE, f"{path}.cleared"
        )
    else:
        yield Line(
            f"missing.{path}.cleared", "missing", f"{flag.question}. {_FIRST}", SOURCE, f"{path}.cleared"
        )


def _worse(flag: RedFlag, values: Values, thresholds: Thresholds) -> bool:
    """Tell whether other answers make an emergency of it: raised ESR or CRP, an injury under a blood thinner."""
    if flag.name == "post_traumatic":
        return given(values, "safety.blood_thinner") == "yes"
    if flag.name == "older_onset":
        return _at_least(given(values, "labs.esr_mm_h"), thresholds.esr_raised) or _at_least(
            given(values, "labs.crp_mg_l"), thresholds.crp_raised
        )
    return False


def _at_least(value: Any, limit: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= limit


def _clearance(values: Values, path: str, wrong: Mapping[str, str]) -> tuple[bool, str]:
    by, on, note = (given(values, f"{path}.cleared.{name}") for name in ("by", "on", "note"))
    whole = all(isinstance(part, str) for part in (by, on, note))
    day = dates.stored(on)
    if not whole or day is None or any(f"{path}.cleared.{name}" in wrong for name in ("by", "on", "note")):
        return False, ""
    return True, f"cleared by {by} on {dates.say(day)}: {note}"


def _not_settled(flag: RedFlag, values: Values, answer: Any, wrong: Mapping[str, str]) -> Iterator[Line]:
    path = f"red_flags.{flag.name}.answer"
    if path in wrong:
        return
    text = f"Red flags: answer “{flag.question}”."
    if answer == "not_asked":
        text = f"Red flags: “{flag.question}” was not asked; ask it before sending."
    elif flag.name == "older_onset":
        if any(_awaited(values, source, wrong) for source in ("patient.date_of_birth", "diagnosis.onset")):
            return
        text = f"Red flags: the age at onset cannot be computed; answer “{flag.question}”."
    elif flag.name == "post_traumatic":
        if _awaited(values, "diagnosis.onset_event", wrong):
            return
        text = f"Red flags: an injury at the onset cannot be computed; answer “{flag.question}”."
    yield Line(f"missing.{path}", "missing", text, SOURCE, path)


def _awaited(values: Values, path: str, wrong: Mapping[str, str]) -> bool:
    """Tell whether a required answer is missing or unreadable, so that a line of its own already asks for it."""
    group, name = path.split(".")
    return path in wrong or not answered(as_dict(values.get(group)).get(name))
