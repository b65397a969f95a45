"""The visits of a clinic's schedule held against the referrals on file: matched beyond doubt, or said why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.services import patient_search
from referral_app.services.folding import fold
from referral_app.services.permissions import in_scope, needs
from referral_app.services.referral_writing import OVER

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "dr"})
MOST_SHOWN = 3


@dataclass(frozen=True)
class ScheduleRow:
    """One line of a schedule as it was read; what it does not say is empty. `day` is the day that it names."""

    row: int
    mrn: str = ""
    name: str = ""
    date_of_birth: date | None = None
    day: date | None = None
    time: time | None = None
    kind: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """The referral that a line of a schedule is about, "" where `why` says that none was found beyond doubt."""

    row: ScheduleRow
    reference: str = ""
    why: str = ""


@needs(Permission.SEE_PATIENTS)
def match(session: Session, row: ScheduleRow) -> Matched:
    """Return the one referral that a line of a schedule is about, by MRN, else by name and date of birth.

    Nothing is guessed: a record number whose name or date of birth differs, several people, nobody, and a patient with
    several open referrals are each a sentence.
    """
    found, how = _patients(session, row)
    if not how:
        return _refused(row, "It has neither a medical record number nor a name with a date of birth.")
    if not found:
        return _refused(row, f"Nobody on file has this {how}.")
    if len(found) > 1:
        return _refused(
            row, f"{len(found)} patients have this {how}. Print this packet from the patient’s referral."
        )
    if differs := _differs(row, found[0]):
        return _refused(
            row, f"The patient with this {how} has another {differs} on file. Check the schedule."
        )
    return _referral(session, row, found[0])


def _patients(session: Session, row: ScheduleRow) -> tuple[Sequence[Patient], str]:
    """Return the patients who may be meant, and by what they were looked for, "" where the line says too little."""
    if row.mrn:
        spelled = {row.mrn, row.mrn.upper(), row.mrn.lower(), row.mrn.lstrip("0") or "0"}
        if found := _find(session, Patient.mrn.in_(sorted(spelled))):
            return found, "medical record number"
    if not row.name or row.date_of_birth is None:
        return (), "medical record number" if row.mrn else ""
    born = _find(session, Patient.date_of_birth == row.date_of_birth)
    return [one for one in born if _same_name(row.name, one)], "name and date of birth"


def _find(session: Session, condition: ColumnElement[bool]) -> list[Patient]:
    wanted = select(Patient).where(patient_search.mine(session), patient_search.current(), condition)
    return list(session.scalars(wanted.limit(200)))


def _differs(row: ScheduleRow, patient: Patient) -> str:
    """Return what a line says otherwise than the file, "" where nothing."""
    if row.date_of_birth and patient.date_of_birth and row.date_of_birth != patient.date_of_birth:
        return "date of birth"
    if row.mrn and patient.mrn and patient.mrn.lower().lstrip("0") != row.mrn.lower().lstrip("0"):
        return "medical record number"
    return "name" if row.name and not _same_name(row.name, patient) else ""


def _same_name(said: str, patient: Patient) -> bool:
    """Tell whether a name is a patient's: the whole last name and the first one in any order; a middle one may lack."""
    words = {one for one in fold(said).split() if one not in SUFFIXES}
    family, first = fold(patient.family_name).split(), fold(patient.given_name).split()
    called = fold(str(patient.details.get("preferred_name") or "")).split()
    family = [one for one in family if one not in SUFFIXES]
    return bool(family) and words.issuperset(family) and any(
        bool(given) and given[0] in words for given in (first, called)
    )  # fmt: skip


def _referral(session: Session, row: ScheduleRow, patient: Patient) -> Matched:
    mine = Referral.patient_id == patient.id, in_scope(session, Referral.practice_id), Referral.number > 0
    open_ = list(
        session.scalars(select(Referral).where(*mine, Referral.state.not_in(OVER)).order_by(Referral.serial))
    )
    if len(open_) == 1:
        return Matched(row, open_[0].reference)
    if not open_:
        some = session.scalar(select(func.count()).select_from(Referral).where(*mine))
        return _refused(
            row, "The referral of this patient is closed." if some else "This patient has no referral."
        )
    said = ", ".join(
        f"{one.reference} to {one.surgeon_name or 'no surgeon yet'}" for one in open_[:MOST_SHOWN]
    ) + (" and more" if len(open_) > MOST_SHOWN else "")  # fmt: skip
    return _refused(row, f"This patient has {len(open_)} open referrals: {said}. Choose one under Referrals.")


def _refused(row: ScheduleRow, why: str) -> Matched:
    return Matched(row, "", why)


def said(row: ScheduleRow) -> str:
    """Return a line of a schedule as a person finds it again: its number, name, date of birth or record number."""
    born = f"born {dates.say(row.date_of_birth)}" if row.date_of_birth else ""
    number = f"MRN {row.mrn}" if row.mrn else ""
    return ", ".join(one for one in (f"Row {row.row:,}", row.name, born, number) if one)
