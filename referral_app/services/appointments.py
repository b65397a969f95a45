"""Consultations, operations and follow-up visits: booked, changed, canceled, and those of a referral or a day.

What a visit does to the request of its referral is `visit_acts`, which books through this.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AppointmentStatus, AuditAction, Permission
from referral_app.clinical import clock, dates
from referral_app.clinical.fields import given
from referral_app.models.base import new_id, now
from referral_app.models.location import Location
from referral_app.models.referral import Referral
from referral_app.models.surgeon import Placement
from referral_app.models.work import Appointment
from referral_app.services import (
    appointment_records,
    events,
    referral_rows,
    referral_writing,
    surgeons,
    time_zones,
    visit_rules,
)
from referral_app.services.appointment_records import AppointmentRecord, Visit, whole
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import ask_scope, in_scope, needs
from referral_app.services.visit_rules import MOST_MINUTES

__all__ = [
    "MOST_MINUTES", "AppointmentRecord", "Visit", "between", "book", "booked", "cancel", "change", "close",
    "discard", "earlier", "enter_past", "get", "move_back", "next_of", "of_referral", "on_day", "release", "reopen",
]  # fmt: skip

WIDEST_ZONE = timedelta(hours=14)
_ENDINGS = {
    AppointmentStatus.CANCELED: AuditAction.CANCELED, AppointmentStatus.NO_SHOW: AuditAction.CHANGED,
    AppointmentStatus.KEPT: AuditAction.CHANGED,
}  # fmt: skip


@needs(Permission.SEND)
def book(session: Session, reference: str, visit: Visit, moment: datetime | None = None) -> AppointmentRecord:
    """Book a visit for a referral, by its id or reference number, and return it.

    `moment` is when that is done, with a time zone. Raises InvalidInput by field (start, kind, location_id, surgeon_id,
    arrive_minutes_before; "" where the referral is over), NotFound, Denied.
    """
    row = referral_rows.row(session, reference)
    made = Appointment(referral_id=row.id, status=AppointmentStatus.SCHEDULED, kind=visit.kind)
    _write(session, row, made, visit, moment or now())
    return _added(session, row, made)


@needs(Permission.SEND)
def enter_past(
    session: Session, reference: str, visit: Visit, status: AppointmentStatus, moment: datetime | None = None
) -> AppointmentRecord:
    """Enter a visit that happened already, of which the paper comes late: kept, or the patient did not come.

    A closed day does not speak against what happened. Raises as `book`, and InvalidInput by "start" for a time to come.
    """
    row, moment = referral_rows.row(session, reference), moment or now()
    made = Appointment(referral_id=row.id, status=status, kind=visit.kind)
    _write(session, row, made, visit, moment, past=True)
    return _added(session, row, made)


@needs(Permission.SEND)
def discard(session: Session, appointment_id: str, why: str) -> AppointmentRecord:
    """Take out a visit that was entered as past and never was: it stays as canceled, with the reason."""
    made, row = _mine(session, appointment_id)
    made.status, made.why = AppointmentStatus.CANCELED, f"Entered by mistake: {why.strip()}"
    session.flush()
    _note(session, AuditAction.CANCELED, row, made)
    return appointment_records.one(session, made.id)


@needs(Permission.SEND)
def change(
    session: Session,
    appointment_id: str,
    visit: Visit,
    version: int = 0,
    moment: datetime | None = None,
    why: str = "",
) -> AppointmentRecord:
    """Write a booked visit anew and return it; raises as `book`, and Conflict where it was changed since `version`.

    One that goes to another time or place leaves behind how it was, as rescheduled, with `why`.
    """
    made, row = booked(session, appointment_id)
    if version and version != made.version:
        raise Conflict("Someone else changed this visit in the meantime. Open it again.")
    before = _copy(made)
    _write(session, row, made, visit, moment or now())
    if (made.start, made.location_id) != (before.start, before.location_id):
        before.why = _sentence(_moved_to(time_zones.at(made.start, made.time_zone)), why)
        made.reminded_at = None  # of the other time
        session.add(before)
    session.flush()
    _note(session, AuditAction.CHANGED, row, made)
    return appointment_records.one(session, made.id)


@needs(Permission.SEND)
def cancel(session: Session, appointment_id: str, why: str) -> AppointmentRecord:
    """Cancel a booked visit with a reason, which stays with it in the store. Raises InvalidInput."""
    if not why.strip():
        raise InvalidInput({"why": "Enter why the visit is canceled."})
    return close(session, appointment_id, AppointmentStatus.CANCELED, why)


@needs(Permission.SEND)
def close(
    session: Session, appointment_id: str, status: AppointmentStatus, why: str = ""
) -> AppointmentRecord:
    """Say what became of a booked visit: canceled, missed or kept. Raises InvalidInput, NotFound, Denied."""
    made, row = booked(session, appointment_id)
    made.status, made.why = status, why.strip()
    session.flush()
    _note(session, _ENDINGS[status], row, made)
    return appointment_records.one(session, made.id)


@needs(Permission.SEND)
def reopen(session: Session, appointment_id: str, why: str) -> AppointmentRecord:
    """Let a visit stand again that was canceled, missed or kept by a wrong click.

    Raises InvalidInput without a reason, where it is booked or was rescheduled, and where another has its place.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why this is taken back."})
    made, row = _mine(session, appointment_id)
    if made.status not in _ENDINGS:
        raise InvalidInput({"": f"This visit is {made.status.label.lower()}. There is nothing to take back."})
    others = [one for one in _of_person(session, row) if one.id != made.id and one.is_booked]
    record = appointment_records.one(session, made.id)
    problems = visit_rules.problems(Visit(made.kind, made.start), others, row.id, now())
    if said := visit_rules.past_problem(record.start, others, None):
        problems["start"] = said
    if problems:
        raise InvalidInput({"": " ".join(problems.values())})
    made.why = f"{made.status.label}, taken back: {why.strip()}"
    made.status = AppointmentStatus.SCHEDULED
    session.flush()
    _note(session, AuditAction.CHANGED, row, made)
    return appointment_records.one(session, made.id)


@needs(Permission.SEND)
def move_back(session: Session, appointment_id: str, why: str = "") -> AppointmentRecord:
    """Let a booked visit stand where it was before it was rescheduled last; part of taking that back, with its reason.

    Raises InvalidInput where it never was, or where the patient has another visit at that time.
    """
    made, row = booked(session, appointment_id)
    mine = Appointment.referral_id == row.id, Appointment.kind == made.kind
    moved = select(Appointment).where(*mine, Appointment.status == AppointmentStatus.MOVED)
    to = _moved_to(time_zones.at(made.start, made.time_zone))
    found = session.scalars(moved.order_by(Appointment.updated.desc()))
    before = next((one for one in found if _is_of(one.why, to)), None)
    if before is None:
        raise InvalidInput({"": "This visit was not rescheduled."})
    start = time_zones.at(before.start, before.time_zone)
    others = [one for one in _of_person(session, row) if one.id != made.id and one.is_booked]
    if said := visit_rules.past_problem(start, others, None):
        raise InvalidInput({"": said})
    made.start, made.time_zone, made.location_id = before.start, before.time_zone, before.location_id
    made.why = f"{before.why}, taken back: {why.strip()}" if why.strip() else made.why
    session.delete(before)
    session.flush()
    _note(session, AuditAction.CHANGED, row, made)
    return appointment_records.one(session, made.id)


def earlier(visits: Iterable[AppointmentRecord], visit: AppointmentRecord) -> AppointmentRecord | None:
    """Return how a booked visit was before it was rescheduled last, of those of its referral; None for never."""
    if not visit.is_booked:
        return None
    moved = (one for one in visits if one.status is AppointmentStatus.MOVED and one.kind is visit.kind)
    return next((one for one in moved if _is_of(one.why, _moved_to(visit.start))), None)


@needs(Permission.WRITE)
def release(
    session: Session, referral_id: str, why: str, surgeon_id: str = "", moment: datetime | None = None
) -> list[AppointmentRecord]:
    """Cancel the visits to come of a referral, or those with one surgeon, and return them.

    Part of what ends a request: canceled, declined, or sent to another surgeon. What has passed keeps waiting for what
    became of it.
    """
    mine = [Appointment.referral_id == referral_id, Appointment.status == AppointmentStatus.SCHEDULED]
    mine += [Appointment.surgeon_id == surgeon_id] if surgeon_id else []
    row = session.get_one(Referral, referral_id)
    with session.no_autoflush:
        gone = list(session.scalars(select(Appointment).where(*mine, Appointment.start >= (moment or now()))))
    for one in gone:
        one.status, one.why = AppointmentStatus.CANCELED, why.strip()
        _note(session, AuditAction.CANCELED, row, one)
    return [appointment_records.one(session, one.id) for one in gone]


@needs(Permission.SEE_PATIENTS)
def get(session: Session, appointment_id: str) -> AppointmentRecord:
    """Return a visit, whatever became of it; part of an opened referral. Raises NotFound, Denied."""
    made, _ = _mine(session, appointment_id)
    return appointment_records.one(session, made.id)


@needs(Permission.SEE_PATIENTS)
def of_referral(session: Session, reference: str) -> list[AppointmentRecord]:
    """Return all visits of a referral that is open, in order of time, canceled ones included."""
    row = referral_rows.row(session, reference)
    return appointment_records.find(session, whole().where(Appointment.referral_id == row.id))


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
    return between(session, day, day, canceled=canceled)


@needs(Permission.SEE_PATIENTS)
def between(session: Session, first: date, last: date, *, canceled: bool = False) -> list[AppointmentRecord]:
    """Return the visits of some days, as `on_day`; what was rescheduled or canceled where `canceled` asks for it."""
    wanted = whole().where(
        Appointment.start >= datetime.combine(first, time(), UTC) - WIDEST_ZONE,
        Appointment.start < datetime.combine(last + timedelta(days=1), time(), UTC) + WIDEST_ZONE,
        in_scope(session, Referral.practice_id),
    )
    if not canceled:
        gone = AppointmentStatus.CANCELED, AppointmentStatus.MOVED
        wanted = wanted.where(Appointment.status.not_in(gone))
    return [one for one in appointment_records.find(session, wanted) if first <= one.day <= last]


@needs(Permission.SEND)
def booked(session: Session, appointment_id: str) -> tuple[Appointment, Referral]:
    """Return a visit that stands, with its referral, to change it; raises NotFound, InvalidInput, Denied."""
    made, row = _mine(session, appointment_id)
    if made.status is not AppointmentStatus.SCHEDULED:
        raise InvalidInput({"": f"This visit is already {made.status.label.lower()}."})
    return made, row


def _mine(session: Session, appointment_id: str) -> tuple[Appointment, Referral]:
    made = session.get(Appointment, appointment_id)
    if made is None:
        raise NotFound("This visit is not there any more.")
    row = session.get_one(Referral, made.referral_id)
    ask_scope(session, row.practice_id, "referral", row.id)
    return made, row


def _added(session: Session, row: Referral, made: Appointment) -> AppointmentRecord:
    session.add(made)
    session.flush()
    _note(session, AuditAction.CREATED, row, made)
    return appointment_records.one(session, made.id)


def _copy(made: Appointment) -> Appointment:
    """Return a visit as it was, to stay beside the one that is moved; the one that stands keeps its id."""
    return Appointment(
        id=new_id(), referral_id=made.referral_id, surgeon_id=made.surgeon_id, location_id=made.location_id,
        kind=made.kind, start=made.start, time_zone=made.time_zone, note=made.note, request_id=made.request_id,
        arrive_minutes_before=made.arrive_minutes_before, interpreter_booked=made.interpreter_booked,
        status=AppointmentStatus.MOVED, reminded_at=made.reminded_at,
    )  # fmt: skip


def _write(
    session: Session, row: Referral, made: Appointment, visit: Visit, moment: datetime, past: bool = False
) -> None:
    """Write what was entered, or say what is wrong with it; `past` is of what happened already."""
    if row.state in referral_writing.OVER and not past:
        raise InvalidInput({"": f"This referral is {row.state.label.lower()}."})
    intake = referral_rows.current(session, row) or {}
    surgeon_id, name = _surgeon(session, row, intake, visit.surgeon_id or made.surgeon_id)
    start, zone = _place(session, surgeon_id, name, made, visit)
    others = [one for one in _of_person(session, row) if one.id != made.id and one.is_booked]
    problems = {} if past else visit_rules.problems(visit, others, row.id, moment)
    if made.start != start:
        said = visit_rules.skipped(start, visit.start)
        written = _written_on(intake)
        if past and start > moment:
            said = said or "This time has not come yet. Book the visit instead."
        elif past:
            said = said or visit_rules.past_problem(start, others, written)
        else:
            said = said or visit_rules.time_problem(
                session, start, visit.location_id, others, written, moment
            )
        problems |= {"start": said} if said else {}
    if problems:
        raise InvalidInput(problems)
    made.kind, made.start, made.time_zone = visit.kind, start, zone
    made.surgeon_id, made.location_id = surgeon_id, visit.location_id or None
    made.arrive_minutes_before, made.interpreter_booked = (
        visit.arrive_minutes_before,
        visit.interpreter_booked,
    )
    made.note = visit.note.strip()


def _place(
    session: Session, surgeon_id: str, name: str, made: Appointment, visit: Visit
) -> tuple[datetime, str]:
    """Return when a visit is, on the clock of its place, and that place's zone; raises InvalidInput by location."""
    if not visit.location_id:
        return time_zones.at(visit.start, ""), ""
    if visit.location_id == made.location_id:
        return time_zones.at(visit.start, made.time_zone), made.time_zone
    at = Placement.surgeon_id == surgeon_id, Placement.location_id == visit.location_id
    place = session.execute(select(Location.state, Location.zip).join(Placement).where(*at)).first()
    if place is None:
        raise InvalidInput({"location_id": f"{name} is not at this location. Choose another."})
    zone = time_zones.of_place(place.state, place.zip)
    return time_zones.at(visit.start, zone), zone


def _surgeon(session: Session, row: Referral, intake: dict[str, Any], surgeon_id: str) -> tuple[str, str]:
    """Return id and name of a visit's surgeon: the one named, else the referral's; raises InvalidInput without one."""
    name = surgeon_id or row.surgeon_id or given(intake, "request.surgeon")
    found = surgeons.known_as(session, name) if isinstance(name, str) else None
    if found is None:
        raise InvalidInput({"surgeon_id": "Choose a surgeon in the referral first."})
    return found


def _of_person(session: Session, row: Referral) -> list[AppointmentRecord]:
    """Return all visits of a referral's patient, of this referral alone where the patient is not on file yet."""
    mine = Referral.id == row.id if row.patient_id is None else Referral.patient_id == row.patient_id
    return appointment_records.find(session, whole().where(mine))


def _written_on(intake: dict[str, Any]) -> date | None:
    said = given(intake, "referrer.date")
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _moved_to(start: datetime) -> str:
    """Return what stands beside the earlier time of a visit, which says where it went."""
    return f"Rescheduled to {dates.say(start.date())}, {clock.say(start)}"


def _is_of(why: str, moved_to: str) -> bool:
    return why == moved_to or why.startswith(f"{moved_to}: ")


def _sentence(said: str, why: str) -> str:
    return f"{said}: {why.strip()}" if why.strip() else said


def _note(session: Session, action: AuditAction, row: Referral, made: Appointment) -> None:
    """Note what was done with a visit, under the referral's reference number and with its kind and time."""
    events.record(
        session, action, "appointment", made.id, row.patient_id,
        reference=row.reference, visit=str(made.kind), start=made.start.astimezone(UTC).isoformat(),
    )  # fmt: skip
