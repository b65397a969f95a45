"""The first stage of the live check: the fifteen red flags, what to do now, and who cleared what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.computed import computed
from referral_app.clinical.fields import answered, as_dict, given
from referral_app.clinical.lines import Line
from referral_app.clinical.red_flags import RED_FLAGS, SOURCE, RedFlag, Tier
from referral_app.clinical.thresholds import Thresholds, why

Values = Mapping[str, Any]

NOW = "Emergency evaluation now: call 911 or send the patient to the emergency department, and tell a clinician."
"""What to do when an emergency flag is raised, on screen and on paper."""
_BACK = "You can send it once a clinician was told of it or has cleared it: enter who, when and the result."
_FIRST = "Evaluated already: write who, when and the result. If not: refer urgently to neurology first."
_AGAIN = "The clearance is older than these signs: have them evaluated now. "
_OTHER_ONSET = "The clearance is older than this onset and speaks of another. "
HOLDS_DAYS = 30
"""Days before the flags were asked that a clearance may be old and still speak of their emergency signs.

The clearance of an onset after 50 or of an old injury is remembered for the patient, the signs are asked anew each
time: what was cleared last year says nothing of a vision loss today. A proposal, to be signed off by a clinician.
"""
_URGENT_WHY = "Evaluate it before surgery is considered. Nothing but an uncleared emergency stops sending."


def judge(values: Values, thresholds: Thresholds, wrong: Mapping[str, str], today: date) -> Iterator[Line]:
    """Yield a line for each red flag that is raised, cleared or not settled; status tells which.

    `values` is the intake with its computed values, `wrong` what `validate` found (a clearance with a wrong date
    clears nothing). Tiers, and clearance with who, when and result: reference/clinical.md section 4, contract
    section 2. An answer "not available" settles no red flag.
    """
    answers = values["computed"]["red_flags"]
    for flag in RED_FLAGS:
        answer = answers[flag.name]
        if answer == "yes":
            yield from _raised(flag, values, thresholds, wrong, today)
        elif answer != "no":
            yield from _not_settled(flag, values, answer, wrong)


def taken_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the flags, and of their emergency signs, that were Yes and are not any more.

    Flags that are computed from other answers count too: a changed birth date may take an emergency away.
    """
    first, second = _answers(before), _answers(after)
    return [name for name, answer in first.items() if answer == "yes" and second.get(name) != "yes"]


def _answers(intake: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict(computed(intake)["red_flags"])
    signs = {
        f"{flag.name}.emergency_signs": given(intake, f"red_flags.{flag.name}.emergency_signs")
        for flag in RED_FLAGS
    }
    return found | signs


def _raised(
    flag: RedFlag, values: Values, thresholds: Thresholds, wrong: Mapping[str, str], today: date
) -> Iterator[Line]:
    path = f"red_flags.{flag.name}"
    if flag.tier is Tier.REVIEW:
        yield Line(f"review.{path}", "review", f"Red flag: {flag.question}.", SOURCE, f"{path}.answer")
        return
    signs = given(values, f"{path}.emergency_signs")
    if flag.signs and signs not in ("yes", "no") and f"{path}.emergency_signs" not in wrong:
        text = f"Red flags: answer “{flag.signs}” (with “{flag.question}”)."
        yield Line(f"missing.{path}.emergency_signs", "missing", text, SOURCE, f"{path}.emergency_signs")
    worse = _worse(flag, values, thresholds)
    emergency = flag.tier is Tier.EMERGENCY or signs == "yes" or worse
    cleared, clearance, day = _clearance(values, path, wrong)
    stale = cleared and flag.computed and (signs == "yes" or (flag.name == "older_onset" and worse))
    stale = stale and _asked_on(values, today) - day > timedelta(HOLDS_DAYS)
    reason = why(thresholds, ("esr_raised", "crp_raised")) if flag.name == "older_onset" else ""
    onset = dates.stored_month(given(values, "diagnosis.onset")) if flag.computed else None
    other = cleared and onset is not None and day < onset
    about = _OTHER_ONSET if other else _AGAIN if stale else ""
    if cleared and not about:
        yield Line(f"cleared.{path}", "cleared", f"{flag.question}: {clearance}", SOURCE, f"{path}.cleared")
    elif emergency:
        text = f"{flag.question}. {about}{NOW} {_BACK}"
        yield Line(f"emergency.{path}", "emergency", text, SOURCE, f"{path}.cleared", reason)
    elif f"{path}.cleared" not in wrong:
        text = f"{flag.question}. {about}{_FIRST}"
        yield Line(f"missing.{path}.cleared", "missing", text, SOURCE, f"{path}.cleared", _URGENT_WHY)


def _asked_on(values: Values, today: date) -> date:
    """Return the day on which the flags were asked, as far as it is told: else that of the referral, else today."""
    told = (dates.stored(given(values, path)) for path in ("red_flags.attested_at", "referrer.date"))
    return next((day for day in told if day), today)


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


def _clearance(values: Values, path: str, wrong: Mapping[str, str]) -> tuple[bool, str, date]:
    """Return whether a clinician was told of a flag or cleared it, in which words, and on which day."""
    by, on, note = (given(values, f"{path}.cleared.{name}") for name in ("by", "on", "note"))
    whole = all(isinstance(part, str) for part in (by, on, note))
    day = dates.stored(on)
    if not whole or day is None or any(f"{path}.cleared.{name}" in wrong for name in ("by", "on", "note")):
        return False, "", date.max
    end = "" if str(note).rstrip().endswith((".", "!", "?")) else "."
    return True, f"cleared by {by} on {dates.say(day)}: {str(note).strip()}{end}", day


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
