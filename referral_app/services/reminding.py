"""That a patient was reminded of a visit: by phone, which is a call in the log, or by a letter that left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from referral_app.choices import IdentityCheck, Permission
from referral_app.clinical import clock, dates
from referral_app.models.base import now
from referral_app.models.work import Appointment
from referral_app.services import appointments, calls
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.calls import CallRecord
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs

MACHINE = "Answering machine"


@needs(Permission.WRITE)
def by_phone(
    session: Session,
    appointment_id: str,
    *,
    checked: str = "",
    message: bool = False,
    number: str = "",
    said: str = "",
    at: datetime | None = None,
) -> AppointmentRecord:
    """Record that the patient was reminded on the phone, or a `message` was left, and return the visit.

    `checked` is an `IdentityCheck`. Raises InvalidInput by field (checked; message_left where the patient did not allow
    messages; "" where the visit does not stand), NotFound, Denied.
    """
    visit = appointments.get(session, appointment_id)
    if not visit.is_booked:
        raise InvalidInput({"": f"This visit is {visit.status.label.lower()}."})
    if not message and checked not in set(map(str, IdentityCheck)):
        raise InvalidInput({"checked": "Choose how the identity was checked."})
    when = f"{visit.kind.label}, {dates.say(visit.day)}, {clock.say(visit.start)}"
    words = ". ".join(part for part in (f"Reminded of the {when[0].lower()}{when[1:]}", said.strip()) if part)
    calls.log(session, CallRecord(
        visit.patient_id, MACHINE if message else visit.patient or "The patient", words, visit.referral_id,
        number, "" if message else checked, message, at=at,
    ))  # fmt: skip
    _remember(session, appointment_id, at or now())
    return appointments.get(session, appointment_id)


@needs(Permission.PRINT)
def by_letter(session: Session, appointment_id: str, *, back: bool = False) -> None:
    """Note that a reminder of a visit left on paper, or with `back` that it did not; part of its leaving."""
    _remember(session, appointments.get(session, appointment_id).id, None if back else now())


def _remember(session: Session, appointment_id: str, at: datetime | None) -> None:
    session.get_one(Appointment, appointment_id).reminded_at = at
    session.flush()
