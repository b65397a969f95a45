"""Legal holds: nothing of a patient is deleted while one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.models.base import now
from referral_app.models.patient import Patient
from referral_app.models.privacy import LegalHold
from referral_app.services import events, patients
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_scope, needs

HELD = "A legal hold stands for this patient: nothing of theirs is deleted. What you typed stays as a draft."


@dataclass(frozen=True)
class HoldRecord:
    """A hold: why, since when and by whom, and who lifted it why; it stands where `lifted_at` is None."""

    id: str
    patient_id: str
    why: str
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it still stops a deletion."""
        return self.lifted_at is None


@needs(Permission.MERGE)
def place(session: Session, patient_id: str, why: str) -> HoldRecord:
    """Let nothing of a patient be deleted from now on, and return the hold.

    Raises InvalidInput by why, NotFound, Denied for another practice's patient.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why nothing may be deleted: a claim, an inquiry, an order."})
    patient = _patient(session, patient_id)
    row = LegalHold(patient_id=patient.id, why=why.strip(), placed_by=actor(session).name, placed_at=now())
    session.add(row)
    session.flush()
    events.record(session, AuditAction.CREATED, "legal_hold", row.id, patient.id)
    return _record(row)


@needs(Permission.ADMINISTER)
def lift(session: Session, hold_id: str, why: str) -> HoldRecord:
    """End a hold and return it; raises InvalidInput by why or where it was lifted before, NotFound."""
    row = session.get(LegalHold, hold_id)
    if row is None:
        raise NotFound("This hold is not there.")
    if row.lifted_at is not None:
        raise InvalidInput({"": "This hold was lifted already."})
    if not why.strip():
        raise InvalidInput({"why": "Enter why the hold ends."})
    row.lifted_at, row.lifted_by, row.lifted_why = now(), actor(session).name, why.strip()
    session.flush()
    events.record(session, AuditAction.CHANGED, "legal_hold", row.id, row.patient_id)
    return _record(row)


@needs(Permission.SEE_PATIENTS)
def of_patient(session: Session, patient_id: str) -> list[HoldRecord]:
    """Return the holds of a patient, those that stand first; raises NotFound, Denied."""
    patient = _patient(session, patient_id)
    mine = select(LegalHold).where(LegalHold.patient_id == patient.id)
    rows = session.scalars(mine.order_by(LegalHold.lifted_at.is_not(None), LegalHold.placed_at.desc()))
    found = [_record(row) for row in rows]
    events.record(session, AuditAction.SEARCHED, "legal_holds", patient.id, patient.id, found=len(found))
    return found


def ask(session: Session, patient_id: str | None) -> None:
    """Refuse to delete anything of a patient while a hold stands; part of an act that deletes. Raises InvalidInput."""
    mine = (
        LegalHold.patient_id == patients.current_id(session, patient_id or ""),
        LegalHold.lifted_at.is_(None),
    )
    if patient_id and session.scalar(select(LegalHold.id).where(*mine).limit(1)):
        raise InvalidInput({"": HELD})


def _patient(session: Session, patient_id: str) -> Patient:
    patient = session.get(Patient, patients.current_id(session, patient_id))
    if patient is None:
        raise NotFound("This patient is not there.")
    ask_scope(session, patient.practice_id, "patient", patient.id)
    return patient


def _record(row: LegalHold) -> HoldRecord:
    return HoldRecord(
        row.id, row.patient_id, row.why, row.placed_at, row.placed_by, row.lifted_at, row.lifted_by, row.lifted_why
    )  # fmt: skip
