"""What is printed of a referral: reading it for a document, which is noted, and what its patient needs of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import computed
from referral_app.clinical.fields import as_list, given
from referral_app.services import events, patients, referral_rows, versions
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import needs
from referral_app.services.referral_records import ReferralRecord


@needs(Permission.PRINT)
def read(session: Session, name: str, kind: str, number: int = 0) -> ReferralRecord:
    """Return a referral for a document of a kind, and note that it was opened. Raises as `get` does.

    With `number` its answers are those of that version; raises NotFound where there is none. What becomes of the
    document is recorded by `ledger`.
    """
    if number:
        return versions.get(session, name, number, kind)
    row = referral_rows.row(session, name)
    events.record(
        session, AuditAction.OPENED, kind, row.id, row.patient_id, reference=row.reference, version=row.number
    )
    return referral_rows.record(row, referral_rows.current(session, row) or {})


@needs(Permission.PRINT)
def read_patient(session: Session, patient_id: str) -> PatientRecord:
    """Return a patient for a document that is of no referral; raises as `patients.get` does."""
    return patients.get(session, patient_id)


@needs(Permission.PRINT)
def ahead(session: Session, name: str) -> ReferralRecord:
    """Return a referral for a document that is drawn ahead; `read` notes it once it is asked for. Raises as `get`."""
    row = referral_rows.row(session, name)
    return referral_rows.record(row, referral_rows.current(session, row) or {})


@needs(Permission.PRINT)
def wishes(session: Session, name: str) -> tuple[str, frozenset[str]]:
    """Return the language and the needs of a referral's patient, by which a packet is chosen."""
    intake = referral_rows.current(session, referral_rows.row(session, name)) or {}
    needed = frozenset(str(need) for need in as_list(given(intake, "patient.needs")))
    return str(given(intake, "patient.language") or ""), needed


@needs(Permission.PRINT)
def is_minor(session: Session, name: str, today: date | None = None) -> bool:
    """Tell whether a referral's patient is under 18: what is written for adults is not printed (contract section 2)."""
    intake = referral_rows.current(session, referral_rows.row(session, name)) or {}
    age = computed.computed(intake, today)["age"]
    return isinstance(age, int) and age < computed.ADULT
