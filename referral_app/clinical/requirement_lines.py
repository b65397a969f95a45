"""How a referral stands to what surgeons and the Center want of it, and the line of the live check that says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from referral_app.choices import AttachmentKind, Level, RequirementKind
from referral_app.clinical import dates, documents_wanted, texts, treatments
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import Values, given, rows
from referral_app.clinical.lines import Line
from referral_app.clinical.requirements import Requirement
from referral_app.clinical.thresholds import Thresholds, why

OFFICE = "This surgeon's office"
CENTER = "The Center"

_NEGATIVE = (RequirementKind.NO_NICOTINE, RequirementKind.NO_BLOOD_THINNER)
"""The kinds that ask for the absence of something, which "without" cannot say."""


@dataclass(frozen=True)
class Judged:
    """How a referral stands to one requirement: met, not met, or None where the answers do not tell."""

    requirement: Requirement
    met: bool | None
    field: str


def judge(requirement: Requirement, values: Values, thresholds: Thresholds, today: date) -> Judged:
    """Return how an intake (with its computed values) stands to a requirement.

    An answer that was not given is None, never "not met"; nothing is refused by it (contract section 2).
    """
    met, field = _JUDGES[requirement.kind](requirement, values, thresholds, today)
    return Judged(requirement, met, field)


def line(judged: Judged, thresholds: Thresholds) -> Line:
    """Return the line of the live check for a requirement: met supports, a must-have unmet is for review."""
    requirement = judged.requirement
    who, words = CENTER if requirement.of_center else OFFICE, requirement.phrase
    reason = why(thresholds, ("adequate_weeks",)) if requirement.kind is RequirementKind.PREVENTIVES else ""
    status, text = _words(judged, who, words)
    return _line(status, judged, text, reason)


def _words(judged: Judged, who: str, words: str) -> tuple[str, str]:
    """Return the status of the line, and what it says."""
    requirement = judged.requirement
    if judged.met:
        return "supports", f"{who} asks for {words}: recorded."
    found = "not met" if judged.met is False else "not recorded"
    if requirement.level is Level.WISH:
        return "note", f"{who} likes to see {words}: {found}."
    if requirement.of_center:
        return "review", f"{who} asks for {words}: {found}."
    if requirement.kind in _NEGATIVE:
        return "review", f"{who} asks for {words} and returns other referrals: {found}."
    return "review", f"{who} returns referrals without {words}: {found}."


def _line(status: str, judged: Judged, text: str, reason: str) -> Line:
    one = judged.requirement
    detail = re.sub(r"\W+", "_", one.detail.casefold()).strip("_")
    key = ".".join(filter(None, ("requirement", one.kind, detail, one.level, one.procedure)))
    source = CENTER if one.of_center else OFFICE
    return Line(f"{status}.{key}", status, text, source, judged.field, reason)


Answer = tuple[bool | None, str]


def _specialist(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    confirmed = given(values, "diagnosis.confirmed_by_specialist")
    return (None if confirmed is None else confirmed == "yes"), "diagnosis.confirmed_by_specialist"


def _preventives(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    if given(values, "treatments") is None:
        return None, "treatments"
    return treatments.preventive_classes(values, thresholds) >= (asked.amount or 1), "treatments"


def _block(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    relief: float | None = values["computed"]["block_relief"]
    return (None if relief is None else relief >= (asked.amount or 1)), "injections"


def _botulinum(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    cycles = treatments.botulinum_cycles(values)
    if treatments.botulinum_contraindicated(values):
        return True, "treatments"
    return (cycles >= (asked.amount or 1) if cycles else None), "injections"


def _imaging(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    done = [row for row in rows(values, "imaging") if row.get("type") in ("mri", "ct")]
    days = [day for row in done if (day := dates.stored(row.get("date"))) and day <= today]
    if asked.amount is None:
        return (bool(done) or None), "imaging"
    if not days:
        return None, "imaging"
    return months_between(max(days), today) <= asked.amount, "imaging"


def _headache_days(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    days = number_at(values, "last_30_days.headache_days")
    return (None if days is None else days >= (asked.amount or 1)), "last_30_days.headache_days"


def _diary(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    if given(values, "last_30_days.source") is None:
        return None, "last_30_days.source"
    if given(values, "last_30_days.source") != "diary":
        return False, "last_30_days.source"
    days = diary_days(values)
    if asked.amount is None:
        return True, "last_30_days.source"
    return (None if days is None else days >= asked.amount), "last_30_days.diary_to"


def _document(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    """Whether a document of this kind is listed: one that is not yet may still be enclosed."""
    kinds = [row.get("kind") for row in rows(values, "attachments") if documents_wanted.is_enclosed(row)]
    return (bool(asked.detail) and asked.detail in kinds) or None, "attachments"


def _own_form(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    """Whether another document with the name of the form is listed, case and spaces ignored."""
    enclosed = filter(documents_wanted.is_enclosed, rows(values, "attachments"))
    others = [row for row in enclosed if row.get("kind") == AttachmentKind.OTHER]
    titles = {texts.folded(row.get("title")) for row in others}
    return (bool(asked.detail) and texts.folded(asked.detail) in titles) or None, "attachments"


def _body_mass(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    """Weight in kg over height in m squared (WHO), reckoned in decimals so that the limit itself counts."""
    height, weight = number_at(values, "safety.height_cm"), number_at(values, "safety.weight_kg")
    if height is None:
        return None, "safety.height_cm"
    if weight is None:
        return None, "safety.weight_kg"
    limit = asked.amount * Decimal(str(height)) ** 2 if asked.amount is not None else None
    return (limit is None or Decimal(str(weight)) * 10_000 <= limit), "safety.weight_kg"


def _nicotine(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    met = {"current": False, "former": True, "never": True}
    return met.get(str(given(values, "safety.nicotine"))), "safety.nicotine"


def _blood_thinner(asked: Requirement, values: Values, thresholds: Thresholds, today: date) -> Answer:
    taken = given(values, "safety.blood_thinner")
    if taken != "yes":
        return (True if taken == "no" else None), "safety.blood_thinner"
    return (given(values, "safety.blood_thinner_prescriber") is not None) or None, _PRESCRIBER


_PRESCRIBER = "safety.blood_thinner_prescriber"


def diary_days(values: Values) -> int | None:
    """Return how many days the headache diary covers, both ends counted, or None where it has no dates."""
    first = dates.stored(given(values, "last_30_days.diary_from"))
    last = dates.stored(given(values, "last_30_days.diary_to"))
    return (last - first).days + 1 if first and last and first <= last else None


def months_between(earlier: date, later: date) -> int:
    """Return the months between two dates, a begun month counted as one."""
    whole = 12 * (later.year - earlier.year) + later.month - earlier.month
    return whole + (later.day > earlier.day)


_JUDGES: dict[RequirementKind, Callable[[Requirement, Values, Thresholds, date], Answer]] = {
    RequirementKind.SPECIALIST_DIAGNOSIS: _specialist,
    RequirementKind.PREVENTIVES: _preventives,
    RequirementKind.BLOCK_RELIEF: _block,
    RequirementKind.BOTULINUM_CYCLES: _botulinum,
    RequirementKind.IMAGING_MONTHS: _imaging,
    RequirementKind.HEADACHE_DAYS: _headache_days,
    RequirementKind.DIARY: _diary,
    RequirementKind.DOCUMENT: _document,
    RequirementKind.OWN_FORM: _own_form,
    RequirementKind.BODY_MASS_INDEX: _body_mass,
    RequirementKind.NO_NICOTINE: _nicotine,
    RequirementKind.NO_BLOOD_THINNER: _blood_thinner,
}
