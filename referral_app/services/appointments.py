"""Consultations, operations and follow-up visits: booked, changed, canceled, and those of a referral or a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AppointmentStatus, AuditAction, Permission
from referral_app.clinical import clock, dates
from referral_app.clinical.fields import given
from referral_app.models.base import now
from referral_app.models.location import Location
from referral_app.models.referral import Referral
from referral_app.models.surgeon import Surgeon
from referral_app.models.work import Appointment
from referral_app.services import events, referral_rows, referral_writing, surgeons, time_zones
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import ask_scope, in_scope, needs
from referral_app.services.surgeon_records import SurgeonRecord, spoken_name

MOST_MINUTES = 240
"""Nobody is asked to come earlier than this before a visit."""
WIDEST_ZONE = timedelta(hours=14)


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
    """An appointment with whom it concerns; `start` has the clock of `time_zone`, "" is that of this computer."""

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

    @property
    def arrive_by(self) -> datetime:
        """When the patient is to be there."""
        return self.start - timedelta(minutes=self.arrive_minutes_before)

    @property
    def day(self) -> date:
        """The day at the location."""
        return self.start.date()

    @property
    def is_booked(self) -> bool:
        """Tell whether it stands: not canceled, kept or missed."""
        return self.status is AppointmentStatus.SCHEDULED


@needs(Permission.SEND)
def book(session: Session, reference: str, visit: Visit, moment: datetime | None = None) -> AppointmentRecord:
    """Book a visit for a referral, by its id or reference number, and return it.

    `moment` is when that is done, with a time zone. Raises InvalidInput by field (start, kind, location_id, surgeon_id,
    arrive_minutes_before; "" where the referral is over), NotFound, Denied.
    """
    row = referral_rows.row(session, reference)
    made = Appointment(referral_id=row.id, status=AppointmentStatus.SCHEDULED, kind=visit.kind)
    _write(session, row, made, visit, moment or now())
    session.add(made)
    session.flush()
    _note(session, AuditAction.CREATED, row, made)
    return _one(session, made.id)


@needs(Permission.SEND)
def change(
    session: Session, appointment_id: str, visit: Visit, version: int = 0, moment: datetime | None = None
) -> AppointmentRecord:
    """Write a booked visit anew and return it; raises as `book`, and Conflict where it was changed since `version`."""
    made, row = _booked(session, appointment_id)
    if version and version != made.version:
        raise Conflict("Someone else changed this visit in the meantime. Open it again.")
    _write(session, row, made, visit, moment or now())
    session.flush()
    _note(session, AuditAction.CHANGED, row, made)
    return _one(session, made.id)


@needs(Permission.SEND)
def cancel(session: Session, appointment_id: str, why: str) -> AppointmentRecord:
    """Cancel a booked visit with a reason, which stands before its note; it stays in the store. Raises InvalidInput."""
    if not why.strip():
        raise InvalidInput({"why": "Enter why the visit is canceled."})
    made, row = _booked(session, appointment_id)
    made.status = AppointmentStatus.CANCELED
    made.note = "\n".join(part for part in (why.strip(), made.note) if part)
    session.flush()
    _note(session, AuditAction.CANCELED, row, made)
    return _one(session, made.id)


@needs(Permission.SEE_PATIENTS)
def of_referral(session: Session, reference: str) -> list[AppointmentRecord]:
    """Return all visits of a referral that is open, in order of time, canceled ones included."""
    row = referral_rows.row(session, reference)
    return _records(session, _whole().where(Appointment.referral_id == row.id))


@needs(Permission.SEE_PATIENTS)
def next_of(
    session: Session, reference: str, kind: AppointmentKind, today: date | None = None
) -> AppointmentRecord | None:
    """Return the first booked visit of a kind that is today or later, None where none is."""
    today = today or date.today()
    found = of_referral(session, reference)
    return next((one for one in found if one.kind is kind and one.is_booked and one.day >= today), None)


@needs(Permission.SEE_PATIENTS)
def on_day(session: Session, day: date, *, canceled: bool = False) -> list[AppointmentRecord]:
    """Return the visits of a day, as it is at their locations, in order of time; canceled ones where asked for."""
    midnight = datetime.combine(day, time(), UTC)
    wanted = _whole().where(
        Appointment.start >= midnight - WIDEST_ZONE,
        Appointment.start < midnight + timedelta(days=1) + WIDEST_ZONE,
        in_scope(session, Referral.practice_id),
    )
    if not canceled:
        wanted = wanted.where(Appointment.status != AppointmentStatus.CANCELED)
    return [one for one in _records(session, wanted) if one.day == day]


def _whole() -> Select[*tuple[Any, ...]]:
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


def _records(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[AppointmentRecord]:
    return [_record(*values) for values in session.execute(wanted)]


def _one(session: Session, appointment_id: str) -> AppointmentRecord:
    return _records(session, _whole().where(Appointment.id == appointment_id))[0]


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
        status=row.status, note=row.note, version=row.version,
    )  # fmt: skip


def _booked(session: Session, appointment_id: str) -> tuple[Appointment, Referral]:
    """Return a visit that stands, with its referral; raises NotFound, InvalidInput, Denied."""
    made = session.get(Appointment, appointment_id)
    if made is None:
        raise NotFound("This visit is not there any more.")
    row = session.get_one(Referral, made.referral_id)
    ask_scope(session, row.practice_id, "referral", row.id)
    if made.status is not AppointmentStatus.SCHEDULED:
        raise InvalidInput({"": f"This visit is already {made.status.label.lower()}."})
    return made, row


def _write(session: Session, row: Referral, made: Appointment, visit: Visit, moment: datetime) -> None:
    """Write what was entered, or say what is wrong with it."""
    if row.state in referral_writing.OVER:
        raise InvalidInput({"": f"This referral is {row.state.label.lower()}."})
    intake = referral_rows.current(session, row) or {}
    surgeon = _surgeon(session, row, intake, visit.surgeon_id or made.surgeon_id)
    places = {place.location.id: place.location for place in surgeon.placements}
    place = places.get(visit.location_id)
    stays = bool(made.location_id) and visit.location_id == made.location_id
    if visit.location_id and place is None and not stays:
        raise InvalidInput({"location_id": f"{surgeon.name} is not at this location. Choose another."})
    zone = made.time_zone if stays else time_zones.of_place(place.state, place.zip) if place else ""
    start = time_zones.at(visit.start, zone)
    others = [one for one in _of_person(session, row) if one.id != made.id and one.is_booked]
    problems = _problems(visit, others, row.id, moment)
    if made.start != start:
        problems |= _time_problem(start, others, _written_on(intake), moment)
    if problems:
        raise InvalidInput(problems)
    made.kind, made.start, made.time_zone = visit.kind, start, zone
    made.surgeon_id, made.location_id = surgeon.id, visit.location_id or None
    made.arrive_minutes_before, made.interpreter_booked = (
        visit.arrive_minutes_before,
        visit.interpreter_booked,
    )
    made.note = visit.note.strip()


def _surgeon(session: Session, row: Referral, intake: dict[str, Any], surgeon_id: str) -> SurgeonRecord:
    """Return the surgeon of a visit: the one named, else the referral's; raises InvalidInput where there is none."""
    name = surgeon_id or row.surgeon_id or given(intake, "request.surgeon")
    found = surgeons.find_by(session, name) if isinstance(name, str) else None
    if found is None:
        raise InvalidInput({"surgeon_id": "Choose a surgeon in the referral first."})
    return found


def _of_person(session: Session, row: Referral) -> list[AppointmentRecord]:
    """Return all visits of a referral's patient, of this referral alone where the patient is not on file yet."""
    mine = Referral.id == row.id if row.patient_id is None else Referral.patient_id == row.patient_id
    return _records(session, _whole().where(mine))


def _written_on(intake: dict[str, Any]) -> date | None:
    said = given(intake, "referrer.date")
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _time_problem(
    start: datetime, others: Sequence[AppointmentRecord], written_on: date | None, moment: datetime
) -> dict[str, str]:
    """Return what is wrong with the time to which a visit is moved."""
    said = ""
    if start < moment:
        said = f"{dates.say(start.date())}, {clock.say(start)}, has passed. Enter a later time."
    elif written_on and start.date() < written_on:
        said = f"The referral is of {dates.say(written_on)}. Enter that day or a later one."
    elif same := next((one for one in others if one.start == start), None):
        said = f"This patient has another visit then, with {same.surgeon}. Enter another time."
    return {"start": said} if said else {}


def _problems(
    visit: Visit, others: Sequence[AppointmentRecord], referral_id: str, moment: datetime
) -> dict[str, str]:
    """Return what is wrong with a visit whenever it is, by field."""
    problems: dict[str, str] = {}
    consults = [one for one in others if one.referral_id == referral_id and _is_consult(one, moment)]
    if visit.kind is AppointmentKind.CONSULT and consults:
        on = dates.say(consults[0].day)
        problems["kind"] = f"A consultation is booked already, on {on}. Change or cancel that one."
    if not 0 <= visit.arrive_minutes_before <= MOST_MINUTES:
        problems["arrive_minutes_before"] = f"Enter minutes from 0 to {MOST_MINUTES}."
    return problems


def _is_consult(one: AppointmentRecord, moment: datetime) -> bool:
    return one.kind is AppointmentKind.CONSULT and one.start >= moment


def _note(session: Session, action: AuditAction, row: Referral, made: Appointment) -> None:
    """Note what was done with a visit, under the referral's reference number and with its kind and time."""
    events.record(
        session, action, "appointment", made.id, row.patient_id,
        reference=row.reference, visit=str(made.kind), start=made.start.astimezone(UTC).isoformat(),
    )  # fmt: skip
