"""Patients, each entered once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.models.base import now
from referral_app.models.patient import Coverage, Patient
from referral_app.services import events, practices
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.folding import fold, like, searchable
from referral_app.services.permissions import ask_patients, ask_scope, in_scope, needs


@dataclass(frozen=True)
class PatientRecord:
    """A patient: the intake's "patient" group in `values`, its "coverage" rows in `coverage`."""

    values: dict[str, Any]
    coverage: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    id: str = ""
    version: int = 0
    updated: datetime = field(default_factory=now)

    @property
    def name(self) -> str:
        """The name as it stands in lists."""
        return sort_name(self.values)

    @property
    def spoken(self) -> str:
        """The name as it is spoken and printed."""
        return spoken_name(self.values)

    @property
    def born(self) -> date | None:
        """The date of birth, None where it is missing or cannot be read."""
        return _date(self.values.get("date_of_birth"))

    @property
    def phone(self) -> str:
        """The phone as typed."""
        return str(given(self.values, "phone") or "")


def sort_name(values: dict[str, Any]) -> str:
    """Return "Family, Given" of a patient group, with what there is of it."""
    return ", ".join(str(part) for name in ("family_name", "given_name") if (part := given(values, name)))


def spoken_name(values: dict[str, Any]) -> str:
    """Return "Given Middle Family Suffix" of a patient group, with what there is of it."""
    names = ("given_name", "middle_name", "family_name", "suffix")
    return " ".join(str(part) for name in names if (part := given(values, name)))


@needs(Permission.SEE_PATIENTS)
def get(session: Session, patient_id: str) -> PatientRecord:
    """Return a patient whom somebody opens; raises NotFound, Denied for another practice's."""
    row = _row(session, patient_id)
    events.record(session, AuditAction.OPENED, "patient", row.id, row.id)
    return _record(row)


@needs(Permission.SEE_PATIENTS)
def find(
    session: Session, text: str, limit: int = 200, offset: int = 0, sort: str = "name"
) -> list[PatientRecord]:
    """Return the patients that fit a name, date of birth, last four digits of a phone or record number."""
    order = {"born": Patient.date_of_birth, "updated": Patient.updated.desc()}.get(sort, Patient.sort_name)
    rows = session.scalars(
        select(Patient)
        .where(in_scope(session, Patient.practice_id), *_conditions(text))
        .order_by(order, Patient.sort_name, Patient.id)
        .limit(limit)
        .offset(offset)
        .options(selectinload(Patient.coverage))
    )
    return [_record(row) for row in rows]


@needs(Permission.SEE_PATIENTS)
def count(session: Session, text: str = "") -> int:
    """Return how many patients fit."""
    statement = select(func.count()).select_from(Patient).where(in_scope(session, Patient.practice_id))
    return session.scalar(statement.where(*_conditions(text))) or 0


@needs(Permission.SEE_PATIENTS)
def duplicates(session: Session, values: dict[str, Any], besides: str = "") -> list[PatientRecord]:
    """Return patients who may be the same person: a like name with the same date of birth or phone."""
    born, family = _date(values.get("date_of_birth")), fold(str(given(values, "family_name") or ""))
    first = fold(str(given(values, "given_name") or ""))
    if not family:
        return []
    same_name = Patient.folded.like(like(family)) & Patient.folded.like(like(first[:3]))
    last4 = _last4(given(values, "phone"))
    near = [Patient.date_of_birth == born] if born else []
    near += [Patient.phone_last4 == last4] if last4 else []
    if not near:
        return []
    mine = in_scope(session, Patient.practice_id)
    rows = session.scalars(select(Patient).where(mine, same_name, or_(*near), Patient.id != besides).limit(5))
    return [_record(row) for row in rows]


@needs(Permission.WRITE)
def save(session: Session, patient: PatientRecord) -> PatientRecord:
    """Write a patient, new where `id` is empty, and return it as stored.

    Raises InvalidInput where there is no last name or before patients can be stored, Conflict after someone else's
    change, Denied for another practice's patient.
    """
    ask_patients(session)
    if not given(patient.values, "family_name"):
        raise InvalidInput({"patient.family_name": "Enter the patient's last name."})
    row = _row(session, patient.id) if patient.id else Patient(practice_id=practices.of_actor(session))
    if patient.id and patient.version != row.version:
        raise Conflict("Someone else changed this patient in the meantime. Open the patient again.")
    old = _record(row) if patient.id else None
    write(row, patient.values, patient.coverage)
    session.add(row)
    session.flush()
    _note(session, old, _record(row))
    return _record(row)


def _note(session: Session, old: PatientRecord | None, saved: PatientRecord) -> None:
    """Note a save with the names of what changed."""
    if old is None:
        events.record(session, AuditAction.CREATED, "patient", saved.id, saved.id)
        return
    names = sorted(old.values.keys() | saved.values.keys())
    changed = [name for name in names if old.values.get(name) != saved.values.get(name)]
    changed += ["coverage"] if old.coverage != saved.coverage else []
    events.record(session, AuditAction.CHANGED, "patient", saved.id, saved.id, fields=changed)


def write(row: Patient, values: dict[str, Any], coverage: list[dict[str, Any]]) -> None:
    """Fill a row from the intake's groups; unchanged parts stay untouched."""
    columns = {
        "details": values,
        "family_name": str(given(values, "family_name") or ""),
        "given_name": str(given(values, "given_name") or ""),
        "date_of_birth": _date(values.get("date_of_birth")),
        "mrn": str(given(values, "mrn") or ""),
        "phone_last4": _last4(given(values, "phone")),
        "phone_alt_last4": _last4(given(values, "phone_alt")),
        "sort_name": sort_name(values),
        "folded": searchable(
            spoken_name(values), given(values, "preferred_name"), given(values, "name_own_script")
        ),
    }
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if [item.details for item in row.coverage] != coverage:
        row.coverage = [
            Coverage(
                position=n, kind=str(item.get("kind", "")), payer=str(item.get("payer", "")), details=item
            )
            for n, item in enumerate(coverage)
        ]


def _row(session: Session, patient_id: str) -> Patient:
    row = session.get(Patient, patient_id)
    if row is None:
        raise NotFound("This patient is not there any more.")
    ask_scope(session, row.practice_id, "patient", row.id)
    return row


def _conditions(text: str) -> list[ColumnElement[bool]]:
    """Return what a search text asks: a date of birth, four digits, a record number or words of the name."""
    text = text.strip()
    if not text:
        return []
    if re.fullmatch(r"\d{4}", text):
        return [or_(Patient.phone_last4 == text, Patient.phone_alt_last4 == text, Patient.mrn == text)]
    if any(mark.isdigit() for mark in text):
        try:
            return [Patient.date_of_birth == dates.read_date(text)]
        except ValueError:
            number = func.lower(Patient.mrn).startswith(text.lower(), autoescape=True)
            return [or_(number, and_(*_by_words(text)))]
    words = _by_words(text)
    return words or [Patient.id.is_(None)]


def _by_words(text: str) -> list[ColumnElement[bool]]:
    return [Patient.folded.like(like(word)) for word in fold(text).split()]


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _last4(phone: Any) -> str:
    digits = re.sub(r"\D", "", str(phone or "").split("x")[0].split("ext")[0])
    return digits[-4:] if len(digits) >= 7 else ""


def _record(row: Patient) -> PatientRecord:
    return PatientRecord(
        row.details, [item.details for item in row.coverage], row.id, row.version, row.updated
    )
