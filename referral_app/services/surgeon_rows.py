"""What a list shows of a surgeon: a short form of the entry, which is read a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from referral_app.choices import Accepting, ProcedureKind
from referral_app.services.surgeon_records import SurgeonRecord, spoken_name


@dataclass(frozen=True, slots=True)
class SurgeonRow:
    """A surgeon in a list; `surgeons.get` returns the whole entry. Phone and fax are those of the first location."""

    id: str
    given_name: str
    family_name: str
    degrees: str
    npi: str
    specialty: str
    accepting: Accepting
    next_visit_days: int | None
    next_surgery_days: int | None
    kinds: tuple[ProcedureKind, ...]
    procedures: tuple[str, ...]
    towns: tuple[str, ...]
    phone: str
    fax: str
    invented: bool
    verified_on: date | None
    away_from: date | None
    away_to: date | None
    last_day: date | None
    accepting_from: date | None

    @property
    def name(self) -> str:
        """The name as it is spoken and printed, with degrees."""
        return spoken_name(self.given_name, self.family_name, self.degrees)

    def accepts_on(self, day: date) -> Accepting:
        """Whether new patients are taken on a day, as `SurgeonRecord.accepts_on` says."""
        return SurgeonRecord.accepts_on(cast("SurgeonRecord", self), day)  # it has all that is asked there

    def visit_missed(self, day: date) -> str:
        """Why a patient who asks on a day would not be seen, as `SurgeonRecord.visit_missed` says."""
        return SurgeonRecord.visit_missed(cast("SurgeonRecord", self), day)

    def takes_on(self, day: date) -> Accepting:
        """Whether a patient who asks on a day is taken and seen, as `SurgeonRecord.takes_on` says."""
        return SurgeonRecord.takes_on(cast("SurgeonRecord", self), day)

    def leaves(self, day: date) -> str:
        """Return when the surgeon leaves, as `SurgeonRecord.leaves` says."""
        return SurgeonRecord.leaves(cast("SurgeonRecord", self), day)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A surgeon found, as a list shows it: how far away, and why."""

    surgeon: SurgeonRow
    miles: float | None = None
    reasons: tuple[str, ...] = ()
