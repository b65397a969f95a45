"""What a surgeon wants to be true of a referral, and whether a referral meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from referral_app.choices import Level, RequirementKind
from referral_app.clinical import dates, treatments
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import Values, given, rows
from referral_app.clinical.lines import Line
from referral_app.clinical.thresholds import Thresholds

SOURCE = "This surgeon's office"


@dataclass(frozen=True)
class Requirement:
    """One must-have or wish of a surgeon; with a procedure it counts for that procedure only."""

    kind: RequirementKind
    amount: int | None = None
    level: Level = Level.MUST
    procedure: str | None = None
    detail: str = ""

    @property
    def words(self) -> str:
        """What is wanted, as it stands in a list: "At least 50 % relief from a nerve block"."""
        return self.phrase[0].upper() + self.phrase[1:]

    @property
    def phrase(self) -> str:
        """What is wanted, as it stands within a sentence."""
        alone, counted = _WORDS[self.kind]
        if self.amount is None or (self.amount == 1 and self.kind in _COUNTS):
            return alone
        return counted.format(self.amount).replace(" 1 months", " 1 month").replace(" 1 days", " 1 day")


@dataclass(frozen=True)
class Judged:
    """How a referral stands to one requirement: met, not met, or None where the answers do not tell."""

    requirement: Requirement
    met: bool | None
    field: str


_WORDS = {
    RequirementKind.SPECIALIST_DIAGNOSIS: ("a diagnosis confirmed by a headache specialist",) * 2,
    RequirementKind.PREVENTIVES: (
        "a preventive medication that did not help enough or was not tolerated",
        "preventive medications of at least {} kinds that did not help enough or were not tolerated",
    ),
    RequirementKind.BLOCK_RELIEF: ("relief from a nerve block", "at least {} % relief from a nerve block"),
    RequirementKind.BOTULINUM_CYCLES: ("a cycle of botulinum toxin", "at least {} cycles of botulinum toxin"),
    RequirementKind.IMAGING_MONTHS: ("an MRI or CT", "an MRI or CT within {} months"),
    RequirementKind.HEADACHE_DAYS: ("a headache day in 30", "at least {} headache days in 30"),
    RequirementKind.DIARY: ("a headache diary", "a headache diary of at least {} days"),
}

_COUNTS = (RequirementKind.PREVENTIVES, RequirementKind.BOTULINUM_CYCLES, RequirementKind.HEADACHE_DAYS)


def judge(requirement: Requirement, values: Values, thresholds: Thresholds, today: date) -> Judged:
    """Return how an intake (with its computed values) stands to a requirement.

    An answer that was not given is None, never "not met"; nothing is refused by it (contract section 2).
    """
    met, field = _JUDGES[requirement.kind](requirement.amount, values, thresholds, today)
    return Judged(requirement, met, field)


def concerns(requirement: Requirement, values: Values) -> bool:
    """Tell whether a requirement concerns the procedures of a request; without any procedures it does."""
    wanted = given(values, "request.procedures")
    return not (requirement.procedure and isinstance(wanted, list)) or requirement.procedure in wanted


def line(judged: Judged) -> Line:
    """Return the line of the live check for a requirement: met supports, a must-have unmet is for review."""
    requirement = judged.requirement
    key = ".".join(filter(None, ("requirement", requirement.kind, requirement.level, requirement.procedure)))
    words = requirement.phrase
    if judged.met:
        text = f"This surgeon's office asks for {words}: recorded."
        return Line(f"supports.{key}", "supports", text, SOURCE, judged.field)
    found = "not met" if judged.met is False else "not recorded"
    if requirement.level is Level.MUST:
        text = f"This surgeon's office returns referrals without {words}: {found}."
        return Line(f"review.{key}", "review", text, SOURCE, judged.field)
    return Line(
        f"note.{key}", "note", f"This surgeon's office likes to see {words}: {found}.", SOURCE, judged.field
    )


Answer = tuple[bool | None, str]


def _specialist(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    said = given(values, "diagnosis.confirmed_by_specialist")
    return (None if said is None else said == "yes"), "diagnosis.confirmed_by_specialist"


def _preventives(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    if given(values, "treatments") is None:
        return None, "treatments"
    return treatments.preventive_classes(values, thresholds) >= (amount or 1), "treatments"


def _block(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    relief: float | None = values["computed"]["block_relief"]
    return (None if relief is None else relief >= (amount or 1)), "injections"


def _botulinum(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    cycles = treatments.botulinum_cycles(values)
    if treatments.botulinum_contraindicated(values):
        return True, "treatments"
    return (cycles >= (amount or 1) if cycles else None), "injections"


def _imaging(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    done = [row for row in rows(values, "imaging") if row.get("type") in ("mri", "ct")]
    days = [day for row in done if (day := dates.stored(row.get("date"))) and day <= today]
    if amount is None:
        return (bool(done) or None), "imaging"
    if not days:
        return None, "imaging"
    return months_between(max(days), today) <= amount, "imaging"


def _headache_days(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    days = number_at(values, "last_30_days.headache_days")
    return (None if days is None else days >= (amount or 1)), "last_30_days.headache_days"


def _diary(amount: int | None, values: Values, thresholds: Thresholds, today: date) -> Answer:
    if given(values, "last_30_days.source") is None:
        return None, "last_30_days.source"
    if given(values, "last_30_days.source") != "diary":
        return False, "last_30_days.source"
    days = diary_days(values)
    if amount is None:
        return True, "last_30_days.source"
    return (None if days is None else days >= amount), "last_30_days.diary_to"


def diary_days(values: Values) -> int | None:
    """Return how many days the headache diary covers, both ends counted, or None where it has no dates."""
    first = dates.stored(given(values, "last_30_days.diary_from"))
    last = dates.stored(given(values, "last_30_days.diary_to"))
    return (last - first).days + 1 if first and last and first <= last else None


def months_between(earlier: date, later: date) -> int:
    """Return the months between two dates, a begun month counted as one."""
    whole = 12 * (later.year - earlier.year) + later.month - earlier.month
    return whole + (later.day > earlier.day)


_JUDGES: dict[RequirementKind, Callable[[int | None, Values, Thresholds, date], Answer]] = {
    RequirementKind.SPECIALIST_DIAGNOSIS: _specialist,
    RequirementKind.PREVENTIVES: _preventives,
    RequirementKind.BLOCK_RELIEF: _block,
    RequirementKind.BOTULINUM_CYCLES: _botulinum,
    RequirementKind.IMAGING_MONTHS: _imaging,
    RequirementKind.HEADACHE_DAYS: _headache_days,
    RequirementKind.DIARY: _diary,
}
