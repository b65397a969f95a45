"""Patients, each entered once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from referral_app.choices import AuditAction, Permission
from referral_app.clinical.fields import given
from referral_app.models.base import new_id, now
from referral_app.models.patient import Coverage, Patient
from referral_app.services import events, patient_search, patient_words, practices
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.folding import searchable
from referral_app.services.permissions import actor, ask_patients, ask_scope, in_scope, needs

MOST_MERGES = 20
"""So long may a chain of merges be; a merge shortens it, so that it has one step."""


@dataclass(frozen=True)
class PatientRecord:
    """A patient: the intake's "patient" group in `values`, its "coverage" rows in `coverage`."""

    values: dict[str, Any]
    coverage: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    id: str = ""
    version: int = 0
    updated: datetime = field(default_factory=now)
    merged_into_id: str = ""

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
    """Return a patient whom somebody opens, of one who was merged the one who stays.

    Raises NotFound, Denied for another practice's.
    """
    row = _row(session, current_id(session, patient_id))
    events.record(session, AuditAction.OPENED, "patient", row.id, row.id)
    return record(row)


@needs(Permission.SEE_PATIENTS)
def find(
    session: Session, text: str, limit: int = 200, offset: int = 0, sort: str = "name"
) -> list[PatientRecord]:
    """Return the patients that fit a name, date of birth, phone or its last four digits, or record number.

    Where nobody is found as typed, a slip is forgiven; nobody who was merged into another stands in a list.
    """
    first = {"born": Patient.date_of_birth, "updated": Patient.updated.desc()}.get(sort, Patient.sort_name)
    # of all patients, or very many, an index gives the first page; of few, looking at each costs less than its order
    walked = not text.strip() or patient_search.frequent_words(session, text)
    order = (first, Patient.id) if walked else (first, Patient.sort_name, Patient.id)
    rows = session.scalars(
        select(Patient)
        .where(patient_search.mine(session), *patient_search.wanted(session, text))
        .order_by(*order)
        .limit(limit)
        .offset(offset)
        .options(selectinload(Patient.coverage))
    )
    return [record(row) for row in rows]


@needs(Permission.SEE_PATIENTS)
def count(session: Session, text: str = "") -> int:
    """Return how many patients fit."""
    words = patient_search.frequent_words(session, text)
    if words and actor(session).sees_every_practice:
        return patient_words.count(session, words)
    statement = select(func.count()).select_from(Patient).where(patient_search.mine(session))
    return session.scalar(statement.where(*patient_search.wanted(session, text))) or 0


@needs(Permission.SEE_PATIENTS)
def several(session: Session, ids: Sequence[str]) -> list[PatientRecord]:
    """Return the patients with these ids that the person who acts sees, in this order; they are no opening."""
    of = select(Patient).where(in_scope(session, Patient.practice_id), Patient.id.in_(ids))
    found = {row.id: row for row in session.scalars(of.options(selectinload(Patient.coverage)))}
    return [record(found[one]) for one in ids if one in found]


@needs(Permission.SEE_PATIENTS)
def current_id(session: Session, patient_id: str) -> str:
    """Return the id of the patient into whom one was merged, or the same id."""
    following: str | None = patient_id
    for _ in range(MOST_MERGES):
        following = session.scalar(select(Patient.merged_into_id).where(Patient.id == patient_id))
        if following is None:
            break
        patient_id = following
    return patient_id


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
    if row.merged_into_id:
        raise Conflict("This patient was merged into another in the meantime. Open the patient again.")
    if patient.id and patient.version != row.version:
        raise Conflict("Someone else changed this patient in the meantime. Open the patient again.")
    old = record(row) if patient.id else None
    write(session, row, patient.values, patient.coverage)
    session.add(row)
    session.flush()
    _note(session, old, record(row))
    return record(row)


def _note(session: Session, old: PatientRecord | None, saved: PatientRecord) -> None:
    """Note a save with the names of what changed."""
    if old is None:
        events.record(session, AuditAction.CREATED, "patient", saved.id, saved.id)
        return
    names = sorted(old.values.keys() | saved.values.keys())
    changed = [name for name in names if old.values.get(name) != saved.values.get(name)]
    changed += ["coverage"] if old.coverage != saved.coverage else []
    events.record(session, AuditAction.CHANGED, "patient", saved.id, saved.id, fields=changed)


def write(session: Session, row: Patient, values: dict[str, Any], coverage: list[dict[str, Any]]) -> None:
    """Fill a row from the intake's groups, and let it be found by its names; unchanged parts stay untouched."""
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
    row.id = row.id or new_id()
    patient_words.follow(session, row.id, row.folded or "", str(columns["folded"]))
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


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _last4(phone: Any) -> str:
    digits = re.sub(r"\D", "", str(phone or "").split("x")[0].split("ext")[0])
    return digits[-4:] if len(digits) >= 7 else ""


def record(row: Patient) -> PatientRecord:
    """Return the record of a patient's row."""
    return PatientRecord(
        row.details,
        [item.details for item in row.coverage],
        row.id,
        row.version,
        row.updated,
        row.merged_into_id or "",
    )
