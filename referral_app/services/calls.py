"""The log of phone calls: with whom, how their identity was checked, what was said, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import identity, representation
from referral_app.clinical.fields import as_dict, given
from referral_app.models.base import now
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.models.work import Call
from referral_app.services import events, owners, patients, referral_rows
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, ask_scope, in_scope, needs

NOT_ALLOWED = "This patient did not allow messages. Leave none, or change that in their entry first."


@dataclass(frozen=True)
class CallRecord:
    """One call; `with_whom` says to whom one spoke, `checked` is an `IdentityCheck`, "" where none was made."""

    patient_id: str
    with_whom: str
    said: str
    referral_id: str = ""
    number: str = ""
    checked: str = ""
    message_left: bool = False
    message_allowed: bool = False
    next_step: str = ""
    at: datetime | None = None
    by: str = ""
    id: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Known:
    """What is known before a call is written down: numbers, whether a message is allowed, the referrals.

    `reference` is that of the referral which the call is about, "" where none was named; `represented` says who acts
    for the patient, where somebody does; `on_file` is what a caller is told by (`identity`).
    """

    patient_id: str
    name: str
    numbers: tuple[str, ...]
    message_allowed: bool
    referrals: tuple[tuple[str, str], ...]
    reference: str = ""
    represented: str = ""
    on_file: str = ""


@needs(Permission.WRITE)
def log(session: Session, call: CallRecord, follow_up_on: date | None = None) -> CallRecord:
    """Write a call down and return it; a next step with its day becomes that of the referral.

    Whether a message was allowed is taken from the patient's entry at this moment. Raises InvalidInput by field
    (with_whom, said, message_left, reference, follow_up_on, at), NotFound, Denied.
    """
    row = referral_rows.row(session, call.referral_id) if call.referral_id else None
    patient = _patient(session, call.patient_id or (row.patient_id if row else ""))
    if problems := _problems(call, row, patient, follow_up_on):
        raise InvalidInput(problems)
    made = Call(
        patient_id=patient.id if patient else None, referral_id=row.id if row else None, by=actor(session).name,
        practice_id=row.practice_id if row else patient.practice_id if patient else None, at=call.at or now(),
        number=call.number.strip(), with_whom=call.with_whom.strip(), message_left=call.message_left,
        message_allowed=_allows(patient), identity_checked=bool(call.checked), checked_how=call.checked,
        said=call.said.strip(), next_step=call.next_step.strip(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    if row is not None and (call.next_step.strip() or follow_up_on):
        owners.plan(session, row.id, call.next_step, follow_up_on)
    events.record(
        session, AuditAction.CREATED, "call", made.id, made.patient_id, reference=row.reference if row else "",
        message=call.message_left,
    )  # fmt: skip
    return _record(made, row.reference if row else None)


@needs(Permission.SEE_PATIENTS)
def of_patient(session: Session, patient_id: str, limit: int = 50) -> list[CallRecord]:
    """Return the calls about a patient who is open, the latest first, those about each referral in view among them."""
    patient = _patient(session, patient_id)
    if patient is None:
        return []
    in_view = or_(Call.referral_id.is_(None), in_scope(session, Referral.practice_id))
    return _records(session, _whole().where(Call.patient_id == patient.id, in_view).limit(limit))


@needs(Permission.SEE_PATIENTS)
def of_referral(session: Session, name: str, limit: int = 50) -> list[CallRecord]:
    """Return the calls about a referral that is open, the latest first."""
    row = referral_rows.row(session, name)
    return _records(session, _whole().where(Call.referral_id == row.id).limit(limit))


@needs(Permission.WRITE)
def known(session: Session, patient_id: str = "", referral: str = "") -> Known:
    """Return what is known before a call is written down; the patient is noted as opened."""
    row = referral_rows.row(session, referral) if referral else None
    patient_id = patient_id or (row.patient_id or "" if row else "")
    if not patient_id:
        name = row.patient_name if row else ""
        about = ((row.reference, row.surgeon_name),) if row else ()
        intake = (referral_rows.current(session, row) or {}) if row else {}
        said = identity.on_file(as_dict(intake.get("patient")))
        return Known("", name, (), False, about, row.reference if row else "", on_file=said)
    record = patients.get(session, patient_id)
    numbers = tuple(str(one) for key in ("phone", "phone_alt") if (one := given(record.values, key)))
    mine = select(Referral).where(Referral.patient_id == record.id, in_scope(session, Referral.practice_id))
    latest = session.scalars(mine.order_by(Referral.updated.desc()).limit(20))
    found = tuple((one.reference, one.surgeon_name) for one in latest)
    allowed = given(record.values, "message_ok") is True
    return Known(
        record.id, patients.sort_name(record.values), numbers, allowed, found, row.reference if row else "",
        representation.banner(record.values, date.today()), identity.on_file(record.values),
    )  # fmt: skip


def missing(call: CallRecord) -> dict[str, str]:
    """Return what a call lacks to be written down, by field."""
    found: dict[str, str] = {}
    if not call.with_whom.strip():
        found["with_whom"] = "Enter with whom you spoke, or “nobody”."
    if not call.said.strip():
        found["said"] = "Enter what was said, or that nobody answered."
    return found


def _patient(session: Session, patient_id: str | None) -> Patient | None:
    """Return the patient of a call, or into whom they were merged; raises Denied for another practice's."""
    found = session.get(Patient, patients.current_id(session, patient_id)) if patient_id else None
    if found is not None:
        ask_scope(session, found.practice_id, "patient", found.id)
    return found


def _allows(patient: Patient | None) -> bool:
    """Tell whether a patient allowed messages."""
    return patient is not None and given(patient.details, "message_ok") is True


def _problems(
    call: CallRecord, row: Referral | None, patient: Patient | None, follow_up_on: date | None
) -> dict[str, str]:
    found = missing(call)
    if call.message_left and not _allows(patient):
        found["message_left"] = NOT_ALLOWED
    if row is not None and patient is not None and row.patient_id not in (None, patient.id):
        found["reference"] = "This referral is of another patient."
    if follow_up_on is not None and row is None:
        found["follow_up_on"] = "Choose the referral to which this day belongs."
    if call.at is not None and call.at > now():
        found["at"] = "This moment has not come yet."
    return found


def _whole() -> Select[*tuple[Any, ...]]:
    return (
        select(Call, Referral.reference)
        .outerjoin(Referral, Referral.id == Call.referral_id)
        .order_by(Call.at.desc(), Call.id)
    )


def _records(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[CallRecord]:
    return [_record(*values) for values in session.execute(wanted)]


def _record(one: Call, reference: str | None) -> CallRecord:
    return CallRecord(
        one.patient_id or "", one.with_whom, one.said, one.referral_id or "", one.number, one.checked_how,
        one.message_left, one.message_allowed, one.next_step, one.at, one.by, one.id, reference or "",
    )  # fmt: skip
