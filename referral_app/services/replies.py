"""Recording what came of a referral: the answer of the surgeon's office as one act, with all that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    DeclineReason,
    Permission,
    ReplyKind,
    RequestAct,
    RequestStatus,
    TaskKind,
    VisitOutcome,
)
from referral_app.clinical import clock, dates, transitions
from referral_app.models.work import Appointment
from referral_app.services import (
    appointments,
    attachments,
    referral_rows,
    request_words,
    requests,
    tasks,
    visit_acts,
    visit_rules,
)
from referral_app.services.appointments import AppointmentRecord, Visit
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.request_records import Happened, RequestRecord, StepRecord

ACTS: dict[ReplyKind, RequestAct] = {
    ReplyKind.ACCEPTED: RequestAct.ACCEPT, ReplyKind.DECLINED: RequestAct.DECLINE,
    ReplyKind.APPOINTMENT: RequestAct.SCHEDULE, ReplyKind.VISIT_CANCELED: RequestAct.CANCEL_VISIT,
    ReplyKind.NO_SHOW: RequestAct.NO_SHOW, ReplyKind.VISIT_NOTE: RequestAct.INTERIM_NOTE,
    ReplyKind.OUTCOME: RequestAct.OUTCOME, ReplyKind.RECEIPT: RequestAct.RECEIVE,
    ReplyKind.CANCEL_CONFIRMED: RequestAct.CONFIRM_CANCEL,
}  # fmt: skip
"""What each reply does to a request; what is missing here stands beside the steps of the table."""

ASKED = f"{ReplyKind.INFORMATION.label}: {{}}"
"""What stands with the receipt that asking for more shows."""

_BECAME = {
    ReplyKind.VISIT_CANCELED: AppointmentStatus.CANCELED, ReplyKind.NO_SHOW: AppointmentStatus.NO_SHOW,
    ReplyKind.VISIT_NOTE: AppointmentStatus.KEPT, ReplyKind.OUTCOME: AppointmentStatus.KEPT,
}  # fmt: skip
"""What a reply says of the visit that it is about."""

_BOOKED = (
    "A consultation is booked for {}, and nothing is recorded of it. Was it that one, leave the tick out; else change "
    "or cancel that one first."
)
TOOK_PLACE = (ReplyKind.NO_SHOW, ReplyKind.VISIT_NOTE, ReplyKind.OUTCOME)
"""Replies about a visit that has passed, which may never have been booked here: the office is heard late."""
INSTEAD = (
    f"If the visit took place, choose “{ReplyKind.VISIT_NOTE.label}” or “{ReplyKind.OUTCOME.label}” above, "
    f"if nobody came “{ReplyKind.NO_SHOW.label}”, and tick that it was not booked here. Else enter a later time."
)


@dataclass(frozen=True)
class Reply:
    """What came, on which day; what belongs to one kind alone is empty for the others.

    `fields` are paths of answers that are asked for anew; `visit` is the appointment given, or in a reply about a
    visit that has passed (`TOOK_PLACE`) that visit, where it was not booked here; `attachment_id` is the scan, added to
    the referral before; `confirmed` is of an unusual time, as `visit_acts.ask` wants it.
    """

    kind: ReplyKind
    on: date
    words: str = ""
    reason: DeclineReason | None = None
    outcome: VisitOutcome | None = None
    fields: tuple[str, ...] = ()
    due: date | None = None
    visit: Visit | None = None
    attachment_id: str = ""
    their_number: str = ""
    confirmed: visit_acts.Confirmed = False


def possible(request: RequestRecord) -> tuple[ReplyKind, ...]:
    """Return what can be recorded where a request stands, in the order of the response form."""
    acts = request.acts
    found = [kind for kind in ReplyKind if kind in ACTS and ACTS[kind] in acts]
    if not request.is_over:
        found.append(ReplyKind.INFORMATION)
    if request.is_over and request.told_on is None:
        found.append(ReplyKind.PATIENT_TOLD)
    return tuple(kind for kind in ReplyKind if kind in found)


def skipped(request: RequestRecord, kind: ReplyKind) -> tuple[str, ...]:
    """Return the steps that a reply takes for granted, in words: they are filled in as inferred."""
    act = ACTS.get(kind)
    if kind is ReplyKind.INFORMATION and request.status is RequestStatus.SENT:
        return (RequestAct.RECEIVE.label,)
    way = transitions.path(request.status, act) if act else ()
    return tuple(step.act.label for step in way[:-1])


@needs(Permission.WRITE)
def record(
    session: Session,
    name: str,
    reply: Reply,
    version: int = 0,
    today: date | None = None,
    moment: datetime | None = None,
) -> RequestRecord:
    """Record what came for the latest request of a referral, and return it; all of it or nothing.

    What somebody recorded already is not recorded twice. `version` is that of the request as it was looked at; `moment`
    is when that is done. Raises InvalidInput by field (act, on, why, reason, words, start and other fields of a visit,
    confirm as `visit_acts.ask`), Conflict, NotFound, Denied.
    """
    if problems := _problems(reply):
        raise InvalidInput(problems)
    row = referral_rows.row(session, name)  # held, so that nothing reads it again
    name = row.id
    if reply.attachment_id:
        attachments.keep(session, name, reply.attachment_id)
    if reply.kind is ReplyKind.PATIENT_TOLD:
        return requests.tell_patient(session, name, reply.on, today, reply.words)
    if reply.kind is ReplyKind.INFORMATION:
        return _ask_information(session, name, reply, version, today)
    happened = _happened(reply)
    if reply.kind is ReplyKind.APPOINTMENT and reply.visit is not None:
        return _book(session, name, reply, reply.visit, happened, version, today, moment)
    if reply.kind in TOOK_PLACE and reply.visit is not None:
        return _take_place(session, name, reply, reply.visit, version, today, moment)
    visit = _visit_meant(session, name, reply)
    if visit is not None:
        happened = replace(happened, appointment_id=visit.id)
    entered = requests.enter(session, name, happened, version, today)
    if visit is not None:
        _close_visit(session, visit, reply)
    return entered


@needs(Permission.WRITE)
def undo(session: Session, name: str, entry: str, why: str, number: int = 0) -> RequestRecord:
    """Take back what was entered last, as `requests.undo`; its visit follows (`visit_acts`)."""
    gone = [one for one in requests.steps(session, name, number) if one.entry == entry]
    back = requests.undo(session, name, entry, why, number)
    _ask_nothing(session, name, gone, why)
    visit_acts.follow_undo(session, name, gone, why, number)
    found = requests.find(session, name)
    return next((one for one in found if one.number == back.number), back)


def _ask_nothing(session: Session, name: str, gone: Sequence[StepRecord], why: str) -> None:
    """Let what was asked for with steps that were taken back be asked for no more."""
    asked = {one.note for one in gone if one.act is RequestAct.RECEIVE}
    for task in tasks.of_referral(session, name) if asked else ():
        if task.kind is TaskKind.INFORMATION and ASKED.format(task.what) in asked:
            tasks.done(session, task.id, f"Taken back: {why.strip()}")


def _problems(reply: Reply) -> dict[str, str]:
    problems: dict[str, str] = {}
    words = reply.words.strip()
    if reply.kind is ReplyKind.DECLINED and reply.reason is None:
        problems["reason"] = "Choose why it is declined."
    elif reply.kind is ReplyKind.DECLINED and reply.reason is DeclineReason.OTHER and not words:
        problems["words"] = "Enter the reason in words."
    if reply.kind is ReplyKind.INFORMATION and not (words or reply.fields):
        problems["words"] = "Choose or enter what is asked for."
    if reply.kind is ReplyKind.VISIT_CANCELED and not words:
        problems["words"] = "Enter why the visit is canceled."
    if reply.kind is ReplyKind.OUTCOME and reply.outcome is None and not words:
        problems["outcome"] = "Choose what came of the visit, or enter it in words."
    if reply.kind is ReplyKind.APPOINTMENT and reply.visit is None:
        problems["start"] = "Enter the day and time of the visit."
    return problems


def _happened(reply: Reply) -> Happened:
    """Return the step that a reply is."""
    act, scan, number = ACTS[reply.kind], reply.attachment_id, reply.their_number
    return Happened(act, reply.on, _why(reply), _note(reply), scan, their_number=number)


def _why(reply: Reply) -> str:
    """Return the reason that stands with the step, for those that need one."""
    if reply.kind is ReplyKind.DECLINED and reply.reason is not None:
        words = reply.words.strip()
        return f"{reply.reason.label}: {words}" if words else reply.reason.label
    return reply.words.strip() if reply.kind is ReplyKind.VISIT_CANCELED else ""


def _note(reply: Reply) -> str:
    """Return the words that stand with the step and are no reason."""
    if reply.kind in (ReplyKind.DECLINED, ReplyKind.VISIT_CANCELED):
        return ""
    parts = (reply.outcome.label if reply.outcome else "", reply.words.strip())
    return ": ".join(part for part in parts if part)


def _ask_information(
    session: Session, name: str, reply: Reply, version: int, today: date | None
) -> RequestRecord:
    """Open the task that says what is asked for; that it was asked shows that the referral arrived."""
    what = reply.words.strip() or "What is marked in the form"
    found = requests.current(session, name)
    if found is not None and found.status is RequestStatus.SENT:
        note = ASKED.format(what)
        happened = Happened(RequestAct.RECEIVE, reply.on, note=note, attachment_id=reply.attachment_id)
        requests.enter(session, name, happened, version, today)
    else:
        requests.ask(session, name, reply.on, version, today)
    tasks.begin(session, name, tasks.Wish(what, TaskKind.INFORMATION, reply.fields, due=reply.due), today)
    return requests.owe_information(session, name, True)


def _book(
    session: Session,
    name: str,
    reply: Reply,
    visit: Visit,
    happened: Happened,
    version: int,
    today: date | None,
    moment: datetime | None,
) -> RequestRecord:
    """Book the visit and enter that it was given; one that stands already at this time is not booked again.

    A consultation that is booked for another time is moved: the office gave a new date.
    """
    booked = [
        one for one in appointments.of_referral(session, name) if one.is_booked and one.kind is visit.kind
    ]
    same = next(
        (one for one in booked if one.start.replace(tzinfo=None) == visit.start.replace(tzinfo=None)), None
    )
    if same is not None and any(
        one.appointment_id == same.id and one.undone_at is None for one in requests.steps(session, name)
    ):
        found = requests.current(session, name)
        if found is not None:
            return found
    made = same if same is not None else _given(session, name, reply, visit, booked, moment)
    when = f"{dates.say(made.day)}, {clock.say(made.start)}"
    words = f"{when}: {happened.note}" if happened.note else when
    happened = replace(happened, appointment_id=made.id, note=words)
    entered = requests.enter(session, name, happened, version, today)
    session.get_one(Appointment, made.id).request_id = entered.id
    return requests.expect_visit(session, name, made.day)


def _given(
    session: Session,
    name: str,
    reply: Reply,
    visit: Visit,
    booked: list[AppointmentRecord],
    moment: datetime | None,
) -> AppointmentRecord:
    """Book the visit that was given, or move what is booked to it; what to do instead is said of a past time."""
    before = booked[-1] if booked and visit.kind is AppointmentKind.CONSULT else None
    try:
        if before is not None:
            made = appointments.change(session, before.id, visit, moment=moment)
        else:
            made = appointments.book(session, name, visit, moment)
    except InvalidInput as refused:
        said = {field: words.replace(visit_rules.LATER, INSTEAD) for field, words in refused.fields.items()}
        raise InvalidInput(said) from refused
    visit_acts.ask(session, made, reply.confirmed, before)
    return made


def _take_place(
    session: Session,
    name: str,
    reply: Reply,
    visit: Visit,
    version: int,
    today: date | None,
    moment: datetime | None,
) -> RequestRecord:
    """Enter a visit that has passed with what the office says of it; steps before it are filled in as inferred.

    One that is on record for that day is not entered twice, one that was booked then is closed.
    """
    found, status, day = requests.current(session, name), _BECAME[reply.kind], visit.start.date()
    if problems := _past_problems(found, reply, day):
        raise InvalidInput(problems)
    mine = [one for one in appointments.of_referral(session, name) if one.kind is AppointmentKind.CONSULT]
    open_ones = [one for one in mine if one.is_booked and one.day <= reply.on]
    made = next((one for one in mine if one.day == day and (one.is_booked or one.status is status)), None)
    if made is None and open_ones:
        raise InvalidInput({"start": _BOOKED.format(dates.say(open_ones[-1].day))})
    if made is None:
        made = appointments.enter_past(session, name, visit, status, moment)
    happened = replace(_happened(reply), appointment_id=made.id)
    seen = Happened(RequestAct.INTERIM_NOTE, day, note="Seen", appointment_id=made.id)
    if reply.kind is not ReplyKind.OUTCOME:
        happened = replace(happened, on=day)
    elif found is not None and transitions.path(found.status, seen.act):
        version = 0 if requests.enter(session, name, seen, version, today) else version
    requests.enter(session, name, happened, version, today)
    _close_visit(session, made, reply)
    return requests.expect_visit(session, name, day if status is AppointmentStatus.KEPT else None)


def _past_problems(found: RequestRecord | None, reply: Reply, day: date) -> dict[str, str]:
    """Return what is wrong with the day of a visit that has passed, by field."""
    if found is not None and day < found.first_sent_on:
        return {"start": request_words.before_sending(found.first_sent_on)}
    if reply.on < day:
        return {"on": f"The visit was on {dates.say(day)}. Enter that day or a later one."}
    return {}


def _visit_meant(session: Session, name: str, reply: Reply) -> AppointmentRecord | None:
    """Return the booked consultation that a canceled or missed visit, a note or an outcome is about."""
    if reply.kind not in _BECAME:
        return None
    found = appointments.of_referral(session, name)
    booked = [one for one in found if one.is_booked and one.kind is AppointmentKind.CONSULT]
    if reply.kind is not ReplyKind.VISIT_CANCELED:
        booked = [one for one in booked if one.day <= reply.on]
        return booked[-1] if booked else None
    return booked[0] if booked else None


def _close_visit(session: Session, visit: AppointmentRecord, reply: Reply) -> None:
    """Let the visit say what became of it, unless entering the step did already."""
    standing = {one.id for one in appointments.of_referral(session, visit.referral_id) if one.is_booked}
    if visit.id not in standing:
        return
    status = _BECAME[reply.kind]
    appointments.close(session, visit.id, status, reply.words)
