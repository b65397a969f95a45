"""What is copied of a patient or referral as text for a chart; each copy is noted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.services import events, patients, referral_rows
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import needs
from referral_app.services.referral_records import ReferralRecord


@needs(Permission.PRINT)
def of_referral(session: Session, name: str) -> ReferralRecord:
    """Return a referral whose summary is copied to the clipboard; raises NotFound, InvalidInput, Denied."""
    row = referral_rows.row(session, name)
    events.record(
        session, AuditAction.EXPORTED, "summary", row.id, row.patient_id,
        reference=row.reference, version=row.number, to="clipboard",
    )  # fmt: skip
    return referral_rows.record(row, referral_rows.current(session, row) or {})


@needs(Permission.PRINT)
def of_patient(session: Session, patient_id: str) -> PatientRecord:
    """Return a patient whose summary is copied to the clipboard; raises NotFound, Denied."""
    found = patients.several(session, [patients.current_id(session, patient_id)])
    if not found:
        return patients.get(session, patient_id)  # which says what stands in the way
    events.record(session, AuditAction.EXPORTED, "summary", found[0].id, found[0].id, to="clipboard")
    return found[0]
