"""What people do with visits, each with what it means for the request: booked, moved, canceled, missed, kept.

A consultation with the surgeon who was asked is a step of the request; an operation or a follow-up visit is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from sqlalchemy import literal_column
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AppointmentStatus, Permission, RequestAct
from referral_app.clinical import clock, dates, transitions
from referral_app.clinical.fields import given
from referral_app.models.base import now
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import (
    appointment_records,
    appointments,
    referral_rows,
    request_words,
    requests,
    visit_rules,
)
from referral_app.services.appointment_records import AppointmentRecord, Visit, whole
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import in_scope, needs
from referral_app.services.request_records import Happened, RequestRecord, StepRecord

CONFIRM = "confirm"
"""The field by which a time is refused that is booked all the same once a person says so."""
Confirmed = bool | str
"""Whether a person confirmed what is unusual: the words that they were shown, or True for whatever it is."""
NO_INTERPRETER = "The patient needs an interpreter, and none is booked. Ask the surgeon’s office for one."
_SURGEON = literal_column("+appointment.surgeon_id", Appointment.surgeon_id.type)
"""Kept from its index: few visits are at a time, while a surgeon may have thousands."""
_STEPS = {
    AppointmentStatus.NO_SHOW: RequestAct.NO_SHOW, AppointmentStatus.KEPT: RequestAct.INTERIM_NOTE,
    AppointmentStatus.CANCELED: RequestAct.CANCEL_VISIT,
}  # fmt: skip


@needs(Permission.SEND)
def book(
    session: Session,
    reference: str,
    visit: Visit,
    *,
    confirmed: Confirmed = False,
    moment: datetime | None = None,
) -> AppointmentRecord:
    """Book a visit and enter the step of the request with it; raises as `appointments.book`, and as `ask`."""
    made = appointments.book(session, reference, visit, moment)
    ask(session, made, confirmed)
    return _scheduled(session, made, moment)


@needs(Permission.SEND)
def move(
    session: Session,
    appointment_id: str,
    visit: Visit,
    version: int = 0,
    *,
    why: str = "",
    confirmed: Confirmed = False,
    moment: datetime | None = None,
) -> AppointmentRecord:
    """Write a visit anew; one that goes to another time leaves its history and is a step of the request."""
    before = appointments.get(session, appointment_id)
    made = appointments.change(session, appointment_id, visit, version, moment, why)
    if made.start == before.start:
        return made
    ask(session, made, confirmed, before)
    return _scheduled(session, made, moment)


@needs(Permission.SEND)
def cancel(
    session: Session, appointment_id: str, why: str, by: str = "", moment: datetime | None = None
) -> AppointmentRecord:
    """Cancel a visit with a reason and by whom (the patient, the surgeon's office), and enter it for the request."""
    said = f"{by.strip()}: {why.strip()}" if by.strip() and why.strip() else why
    gone = appointments.cancel(session, appointment_id, said)
    _enter(session, gone, _day(moment), said)
    return gone


@needs(Permission.SEND)
def miss(
    session: Session, appointment_id: str, why: str = "", moment: datetime | None = None
) -> AppointmentRecord:
    """Enter that the patient did not come; raises InvalidInput before the hour of the visit."""
    return _ended(session, appointment_id, AppointmentStatus.NO_SHOW, why, moment)


@needs(Permission.SEND)
def keep(session: Session, appointment_id: str, moment: datetime | None = None) -> AppointmentRecord:
    """Enter that the visit happened: the request waits for its note. Raises InvalidInput before its hour."""
    return _ended(session, appointment_id, AppointmentStatus.KEPT, "", moment)


@needs(Permission.SEND)
def enter_past(
    session: Session, reference: str, visit: Visit, *, came: bool, moment: datetime | None = None
) -> AppointmentRecord:
    """Enter a visit that happened before anybody booked it here, of which the paper comes late."""
    status = AppointmentStatus.KEPT if came else AppointmentStatus.NO_SHOW
    made = appointments.enter_past(session, reference, visit, status, moment)
    if (request := _request(session, made)) and made.day < request.first_sent_on:
        raise InvalidInput({"start": request_words.before_sending(request.first_sent_on)})
    _enter(session, made, made.day, "", moment)
    return made


@needs(Permission.SEND)
def take_back(session: Session, appointment_id: str, why: str) -> AppointmentRecord:
    """Take back what was done with a visit last, and undo the step of the request with it.

    One that was canceled, missed or kept is booked again; one that was rescheduled is booked for its earlier time.
    Raises InvalidInput without a reason, and where something was entered for the request since.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why this is taken back."})
    before = appointments.get(session, appointment_id)
    if before.is_booked:
        back = appointments.move_back(session, appointment_id, why)
        act = RequestAct.SCHEDULE if back.start != before.start else None  # another place alone is no step
    else:
        back = appointments.reopen(session, appointment_id, why)
        act = _STEPS.get(before.status)
    mine = [
        one
        for one in (requests.steps(session, back.referral_id) if _request(session, back) else [])
        if one.appointment_id == back.id and one.undone_at is None
    ]
    if mine and mine[-1].act is act:
        requests.undo(session, back.referral_id, mine[-1].entry, why)
        requests.expect_visit(session, back.referral_id, back.day)
    return back


@needs(Permission.WRITE)
def follow_undo(session: Session, name: str, gone: Sequence[StepRecord], why: str, number: int = 0) -> None:
    """Let visits follow steps of a request that were taken back: part of undoing them, which asked already.

    A visit that came with a step is canceled, one that was moved by it goes back, one that ended with it stands again;
    one that was entered as past with it never was.
    """
    left = [one for one in requests.steps(session, name, number) if one.undone_at is None]
    standing = {one.appointment_id for one in left if one.act is RequestAct.SCHEDULE}
    told_of = {one.appointment_id for one in left if one.act is not RequestAct.SCHEDULE}
    visits = [(one, appointments.get(session, one.appointment_id)) for one in gone if one.appointment_id]
    for step, visit in visits:
        if step.act is not RequestAct.SCHEDULE:
            if visit.id in told_of:
                continue
            if visit.version == 1 and visit.status in (AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW):
                appointments.discard(session, visit.id, why)  # what is booked first has changed since
            elif not visit.is_booked and visit.status is not AppointmentStatus.MOVED:
                appointments.reopen(session, visit.id, why)
        elif visit.is_booked and visit.id in standing:
            appointments.move_back(session, visit.id)
        elif visit.is_booked:
            appointments.cancel(session, visit.id, f"Entered by mistake: {why.strip()}")
    for step in gone:
        _stand_again(session, name, step, why)
    if visits:
        last = appointments.get(session, visits[-1][1].id)
        stands = last.is_booked or last.id in told_of
        requests.expect_visit(session, name, last.day if stands else None, number)


@needs(Permission.SEE_PATIENTS)
def is_moved(session: Session, made: AppointmentRecord) -> bool:
    """Tell whether a visit is booked for another time or place than first, so that that can be taken back."""
    mine = appointments.of_referral(session, made.referral_id)
    return any(one.id == made.id and appointments.earlier(mine, one) for one in mine)


@needs(Permission.SEE_PATIENTS)
def ask(
    session: Session, made: AppointmentRecord, confirmed: Confirmed, before: AppointmentRecord | None = None
) -> None:
    """Refuse by "confirm" what is unusual about a booked visit, unless a person confirmed it; a part of booking.

    That is a weekend or federal holiday (where it was on another day `before`), and another patient with that surgeon
    at the time. What was confirmed counts for those words alone: what comes to it is asked anew.
    """
    day = visit_rules.unusual(made.day) if before is None or made.day != before.day else ""
    said = " ".join(words for words in (day, _taken(session, made)) if words)
    if said and confirmed is not True and confirmed != said:
        raise InvalidInput({CONFIRM: said})


@needs(Permission.SEE_PATIENTS)
def notes(session: Session, made: AppointmentRecord) -> tuple[str, ...]:
    """Return what a person should know of a visit that is booked; part of an opened referral."""
    row = referral_rows.row(session, made.referral_id)
    intake = referral_rows.current(session, row) or {}
    wants = given(intake, "patient.interpreter_needed") is True
    found = [NO_INTERPRETER] if wants and made.is_booked and not made.interpreter_booked else []
    if made.is_booked:
        found += [said for said in (visit_rules.unusual(made.day), _taken(session, made)) if said]
    return tuple(found)


def _taken(session: Session, made: AppointmentRecord) -> str:
    """Return which other patient the same surgeon sees at the time of a visit, "" for none that is in view."""
    widest = max(visit_rules.SHORTEST.values())
    start = made.start.astimezone(UTC)
    wanted = whole().where(
        Appointment.start > start - widest, Appointment.start < start + widest,
        _SURGEON == made.surgeon_id,  # noqa: SIM300 - a column on the left is one of SQL
        Appointment.status == AppointmentStatus.SCHEDULED, in_scope(session, Referral.practice_id),
    )  # fmt: skip
    for one in appointment_records.find(session, wanted):
        if one.referral_id != made.referral_id and visit_rules.overlap(made, one):
            at = f"{dates.say(one.day)}, {clock.say(one.start)}"
            whom = one.patient or "without a name"
            return f"{one.surgeon} has another patient at that time: {whom}, {at}."
    return ""


def _stand_again(session: Session, name: str, step: StepRecord, why: str) -> None:
    """Let visits stand again that a refusal or a cancellation ended which was none, where their time is still free."""
    said = ": ".join(part for part in (step.act.label, step.why) if part)
    for one in appointments.of_referral(session, name) if step.act in requests.ENDS else ():
        if one.status is AppointmentStatus.CANCELED and one.why == said and one.start > now():
            with suppress(InvalidInput):
                appointments.reopen(session, one.id, why)


def _ended(
    session: Session, appointment_id: str, status: AppointmentStatus, why: str, moment: datetime | None
) -> AppointmentRecord:
    made = appointments.get(session, appointment_id)
    if made.is_booked and made.start > (moment or now()):
        at = f"{dates.say(made.day)}, {clock.say(made.start)}"
        raise InvalidInput({"": f"This visit is on {at}, which has not come yet."})
    made = appointments.close(session, appointment_id, status, why)
    _enter(session, made, made.day, why, moment)
    return made


def _scheduled(session: Session, made: AppointmentRecord, moment: datetime | None) -> AppointmentRecord:
    """Enter that a visit is given, on the day on which that is entered, with when it is."""
    request = _request(session, made)
    if request is None:
        return made
    on = max(_day(moment), request.sent_on)
    note = f"{dates.say(made.day)}, {clock.say(made.start)}"
    happened = Happened(RequestAct.SCHEDULE, on, note=note, appointment_id=made.id)
    try:
        requests.enter(session, made.referral_id, happened, today=on)
    except InvalidInput as refused:
        raise InvalidInput({"": " ".join(refused.fields.values())}) from refused
    requests.expect_visit(session, made.referral_id, made.day)
    session.get_one(Appointment, made.id).request_id = request.id
    session.flush()
    return appointments.get(session, made.id)


def _enter(
    session: Session, made: AppointmentRecord, on: date, why: str, moment: datetime | None = None
) -> None:
    """Enter what became of a visit for the request, where it can still be entered there."""
    request, act = _request(session, made), _STEPS[made.status]
    if request is None or not transitions.path(request.status, act):
        return
    on, today = max(on, request.sent_on), max(_day(moment), request.sent_on)
    happened = Happened(act, min(on, today), why, appointment_id=made.id)
    requests.enter(session, made.referral_id, happened, today=today)
    kept = made.day if made.status is AppointmentStatus.KEPT else None
    requests.expect_visit(session, made.referral_id, kept)


def _request(session: Session, made: AppointmentRecord) -> RequestRecord | None:
    """Return the request of which a visit is a step, None for one that is none or where nothing was sent."""
    if made.kind is not AppointmentKind.CONSULT:
        return None
    row = session.get_one(Referral, made.referral_id)
    if row.sent_number is None:
        return None
    found = requests.current(session, made.referral_id)
    same = found is not None and found.surgeon_id in ("", made.surgeon_id)
    return found if same else None


def _day(moment: datetime | None) -> date:
    return (moment or now()).astimezone().date()
