"""The records of visits: what is entered of one, and what is told of it, read with whom it concerns in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AppointmentStatus, Permission
from referral_app.models.location import Location
from referral_app.models.referral import Referral
from referral_app.models.surgeon import Surgeon
from referral_app.models.work import Appointment
from referral_app.services import time_zones
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import spoken_name


@dataclass(frozen=True)
class Visit:
    """What is entered of an appointment; `start` without a time zone is the clock of the location.

    `surgeon_id` "" stands for the surgeon of the referral, `location_id` "" for no place that is known.
    """

    kind: AppointmentKind
    start: datetime
    location_id: str = ""
    surgeon_id: str = ""
    arrive_minutes_before: int = 15
    interpreter_booked: bool = False
    note: str = ""


@dataclass(frozen=True)
class AppointmentRecord:
    """An appointment with whom it concerns; `start` has the clock of `time_zone`, "" is that of this computer.

    `why` says why it was canceled, rescheduled or missed, `reminded_at` when the patient was last reminded of it,
    `closed` that its place is closed then, where that was looked up (`closed_visits`).
    """

    id: str
    reference: str
    referral_id: str
    patient_id: str
    patient: str
    date_of_birth: date | None
    surgeon_id: str
    surgeon: str
    location_id: str
    location: str
    kind: AppointmentKind
    start: datetime
    time_zone: str
    arrive_minutes_before: int
    interpreter_booked: bool
    status: AppointmentStatus
    note: str
    version: int
    why: str = ""
    request_id: str = ""
    reminded_at: datetime | None = None
    closed: str = ""

    @property
    def arrive_by(self) -> datetime:
        """When the patient is to be there; minutes that pass, also on a night when the clock is changed."""
        passed = self.start.astimezone(UTC) - timedelta(minutes=self.arrive_minutes_before)
        return passed.astimezone(self.start.tzinfo)

    @property
    def day(self) -> date:
        """The day at the location."""
        return self.start.date()

    @property
    def is_booked(self) -> bool:
        """Tell whether it stands: not canceled, rescheduled, kept or missed."""
        return self.status is AppointmentStatus.SCHEDULED


@needs(Permission.SEE_PATIENTS)
def find(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[AppointmentRecord]:
    """Return the visits that a question built on `whole` asks for; who asks keeps it within what is in view."""
    return [_record(*values) for values in session.execute(wanted)]


@needs(Permission.SEE_PATIENTS)
def one(session: Session, appointment_id: str) -> AppointmentRecord:
    """Return one visit that is there; who asks keeps it within what is in view."""
    return find(session, whole().where(Appointment.id == appointment_id))[0]


def whole() -> Select[*tuple[Any, ...]]:
    """Return the question for visits with all that a record tells, so that a list of them is one query."""
    return (
        select(
            Appointment, Referral.reference, Referral.patient_id, Referral.patient_name,
            Referral.date_of_birth, Surgeon.given_name, Surgeon.family_name, Surgeon.degrees, Location.name,
        )
        .join(Referral, Referral.id == Appointment.referral_id)
        .join(Surgeon, Surgeon.id == Appointment.surgeon_id)
        .outerjoin(Location, Location.id == Appointment.location_id)
        .order_by(Appointment.start, Referral.patient_name, Appointment.id)
    )  # fmt: skip


def _record(
    row: Appointment, reference: str, patient_id: str | None, patient: str, born: str, *named: str | None
) -> AppointmentRecord:
    *surgeon, location = (part or "" for part in named)
    return AppointmentRecord(
        id=row.id, reference=reference, referral_id=row.referral_id, patient_id=patient_id or "", patient=patient,
        date_of_birth=date.fromisoformat(born) if born else None,
        surgeon_id=row.surgeon_id, surgeon=spoken_name(*surgeon),
        location_id=row.location_id or "", location=location, kind=row.kind,
        start=time_zones.at(row.start, row.time_zone), time_zone=row.time_zone,
        arrive_minutes_before=row.arrive_minutes_before, interpreter_booked=row.interpreter_booked,
        status=row.status, note=row.note, version=row.version, why=row.why, request_id=row.request_id or "",
        reminded_at=row.reminded_at,
    )  # fmt: skip
