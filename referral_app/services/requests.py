"""Requests to surgeons: what happened to each, entered as paper comes; skipped steps are filled in and undone too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, ReferralState, RequestAct, RequestStatus, TaskKind
from referral_app.clinical import business_days, transitions
from referral_app.clinical.transitions import Transition
from referral_app.models.base import new_id, now
from referral_app.models.referral import Referral
from referral_app.models.request import Request, RequestEvent
from referral_app.services import (
    appointments,
    events,
    referral_rows,
    referral_writing,
    request_facts,
    request_words,
    tasks,
    waiting,
)
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, needs
from referral_app.services.referral_records import HELD, NOT_TOLD, RECORDED, RESUMED, TAKEN_BACK, TOLD
from referral_app.services.request_records import Happened, RequestRecord, StepRecord, record_of, step_of

__all__ = [
    "NEEDS_WHY", "Happened", "RequestRecord", "StepRecord", "ask", "ask_those_before", "ask_to_cancel", "begin",
    "current", "enter", "expect_visit", "find", "hold", "owe_information", "steps", "take_back_told", "tell_patient",
    "undo",
]  # fmt: skip

NEEDS_WHY = frozenset({RequestAct.DECLINE, RequestAct.ASK_CANCEL, RequestAct.CANCEL_VISIT})
"""What is not entered without a reason; the contract asks for that of a decline."""
ENDS = frozenset({RequestAct.DECLINE, RequestAct.ASK_CANCEL, RequestAct.CONFIRM_CANCEL})
"""With these the visits to come with the surgeon end too."""
DAYS_TO_CONFIRM, HELD_DAYS = 3, 30
CONFIRMED = "Ask whether the office of {} confirmed the cancellation"
NOT_SENT = "This referral was not sent yet."
_REACHED = {
    RequestStatus.RECEIVED: "received_on", RequestStatus.ACCEPTED: "accepted_on", RequestStatus.SCHEDULED: "booked_on",
    RequestStatus.SEEN: "seen_on", RequestStatus.DECLINED: "ended_on", RequestStatus.CANCELED: "ended_on",
    RequestStatus.COMPLETED: "ended_on",
}  # fmt: skip
"""The column that says when a status was first reached."""


def begin(session: Session, row: Referral, sent_on: date) -> ReferralState:
    """Begin the request of a referral that is sent now, and return where the referral stands with it.

    Called by `referrals.mark_sent`, which asked already. Sent again to the same surgeon before the request is over, it
    stays the same, and what was asked for is settled. Of a surgeon who was asked before and still has the request,
    it is canceled. Who sent a referral that is nobody's sees to it from now on.
    """
    with session.no_autoflush:  # the referral changes once, when it is moved
        last = waiting.latest(session, row.id)
        if not row.owner_id:
            row.owner_id, row.owner = actor(session).person_id, actor(session).name
        if last is not None and last.status not in transitions.OVER:
            if last.surgeon_id == row.surgeon_id and last.status is not RequestStatus.CANCEL_ASKED:
                last.sent_on = sent_on if last.status is RequestStatus.SENT else last.sent_on
                last.information_owed = False
                request_facts.note(session, row, last)
                tasks.settle_information(session, row, "Sent again")
                return waiting.state_of(last)
            if last.status is not RequestStatus.CANCEL_ASKED:
                why = f"Another surgeon is asked: {row.surgeon_name}"
                _write(session, last, Happened(RequestAct.ASK_CANCEL, sent_on, why))
    made = Request(
        id=new_id(), referral_id=row.id, number=1 + (last.number if last else 0), surgeon_id=row.surgeon_id,
        surgeon_name=row.surgeon_name, practice_id=row.practice_id, status=RequestStatus.SENT, sent_on=sent_on,
    )  # fmt: skip
    with session.no_autoflush:
        request_facts.note(session, row, made)
    session.add(made)
    return waiting.state_of(made)


def ask_to_cancel(session: Session, row: Referral, why: str, today: date | None = None) -> None:
    """Note that the office that has the latest request is asked to cancel it; a task asks whether it confirmed.

    Part of `referrals.cancel`.
    """
    last, today = waiting.latest(session, row.id), today or date.today()
    if last is not None and transitions.path(last.status, RequestAct.ASK_CANCEL):
        _write(session, last, Happened(RequestAct.ASK_CANCEL, today, why))
        last.updated = now()
        _ask_whether_canceled(session, row, last, today)


def ask_those_before(session: Session, row: Referral, today: date) -> None:
    """Open a task where the surgeon who was asked before is to be asked to cancel; part of `referrals.mark_sent`."""
    mine = select(Request).where(Request.referral_id == row.id).order_by(Request.number.desc())
    asked = list(session.scalars(mine.limit(2)))
    begun = len(asked) == 2 and row.sent_at is not None and asked[0].created >= row.sent_at
    if begun and asked[1].status is RequestStatus.CANCEL_ASKED:
        _ask_whether_canceled(session, row, asked[1], today)


def _ask_whether_canceled(session: Session, row: Referral, request: Request, today: date) -> None:
    what, due = CONFIRMED.format(request.surgeon_name), business_days.after(today, DAYS_TO_CONFIRM)
    tasks.begin(session, row.id, tasks.Wish(what, TaskKind.FOLLOW_UP, due=due), today)


@needs(Permission.SEE_PATIENTS)
def current(session: Session, name: str) -> RequestRecord | None:
    """Return the request of a referral that was sent last, None where nothing was; part of an opened referral.

    Raises NotFound, InvalidInput for a mistyped number, Denied.
    """
    row = referral_rows.row(session, name)
    found = waiting.latest(session, row.id)
    return record_of(row, found) if found else None


@needs(Permission.SEE_PATIENTS)
def find(session: Session, name: str) -> list[RequestRecord]:
    """Return all requests of a referral, the latest first; part of an opened referral."""
    row = referral_rows.row(session, name)
    mine = select(Request).where(Request.referral_id == row.id).order_by(Request.number.desc())
    return [record_of(row, one) for one in session.scalars(mine)]


@needs(Permission.SEE_PATIENTS)
def steps(session: Session, name: str, number: int = 0) -> list[StepRecord]:
    """Return the steps of a request, the latest by default, in their order; those taken back are among them."""
    row = referral_rows.row(session, name)
    request = _request(session, row, number)
    mine = select(RequestEvent).where(RequestEvent.request_id == request.id)
    return [step_of(one) for one in session.scalars(mine.order_by(RequestEvent.sequence))]


@needs(Permission.WRITE)
def enter(
    session: Session,
    name: str,
    happened: Happened,
    version: int = 0,
    today: date | None = None,
    number: int = 0,
) -> RequestRecord:
    """Enter what happened to a request of a referral, the latest by default, and return it.

    Steps that were skipped on paper are filled in before it as inferred. What was entered already for the same day is
    not entered twice. Raises InvalidInput by field (act, on, why), Conflict since `version`, NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    request = _request(session, row, number)
    last, sequence = _standing(session, request)
    _refuse(request, happened, today or date.today())
    if request_words.is_entered(last, happened):
        return record_of(row, request)
    if version and version != request.version:
        raise Conflict(request_words.changed(last))
    if not transitions.path(request.status, happened.act):
        raise InvalidInput({"act": request_words.impossible(request, happened.act, last)})
    _write(session, request, happened, sequence)
    request.their_number = happened.their_number.strip() or request.their_number
    _follow(session, row, request, RECORDED, request_words.in_words(happened), number)
    _note(session, row, AuditAction.ANSWERED, act=str(happened.act))
    return record_of(row, request)


@needs(Permission.WRITE)
def undo(session: Session, name: str, entry: str, why: str, number: int = 0) -> RequestRecord:
    """Take back what was entered last for a request, its inferred steps with it, and return the request.

    Was the patient told already, then of a plan that there is not: that is taken back with it. Raises InvalidInput
    without a reason and for what is not the last entry, NotFound, Denied.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why this is taken back."})
    row = referral_rows.row(session, name)
    request = _request(session, row, number)
    mine = RequestEvent.request_id == request.id, RequestEvent.undone_at.is_(None)
    standing = list(session.scalars(select(RequestEvent).where(*mine).order_by(RequestEvent.sequence)))
    if not standing or standing[-1].entry != entry:
        raise InvalidInput({"": "Only what was entered last can be taken back. Look at the request again."})
    gone = [one for one in standing if one.entry == entry]
    for one in gone:
        one.undone_at, one.undone_by, one.undone_why = now(), actor(session).name, why.strip()
    kept = standing[: len(standing) - len(gone)]
    _replay(request, kept)
    if request.told_on is not None and request.status not in transitions.OVER:
        request.told_on = None
        _note(session, row, AuditAction.CHANGED, fields=["told_on"])
    _follow(session, row, request, TAKEN_BACK, f"{gone[-1].act.label}: {why.strip()}", number)
    _note(session, row, AuditAction.ANSWERED, act=str(gone[-1].act), undone=True)
    return record_of(row, request)


@needs(Permission.WRITE)
def tell_patient(
    session: Session, name: str, on: date, today: date | None = None, how: str = ""
) -> RequestRecord:
    """Record that the patient was told the plan, which closes a referral whose request is over, and return it.

    `how` stands in the history. Raises InvalidInput for a day that cannot be or a request that is not over: nobody
    knows the plan yet; NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    request = _request(session, row)
    if request.told_on == on:
        return record_of(row, request)
    if request.status not in transitions.OVER:
        raise InvalidInput(
            {"": f"This request is not over: {request.status.label.lower()}. Enter its end first."}
        )
    if problem := request_words.day_problem(request, on, today or date.today()):
        raise InvalidInput({"on": problem})
    return _told(session, row, request, on, TOLD, how)


@needs(Permission.WRITE)
def take_back_told(session: Session, name: str, why: str) -> RequestRecord:
    """Take back with a reason that the patient was told, and return the request; raises InvalidInput by "why"."""
    row = referral_rows.row(session, name)
    request = _request(session, row)
    if not why.strip():
        raise InvalidInput({"why": "Enter why this is taken back."})
    return _told(session, row, request, None, NOT_TOLD, why)


def _told(
    session: Session, row: Referral, request: Request, on: date | None, what: str, why: str
) -> RequestRecord:
    request.told_on = on
    _follow(session, row, request, what, why.strip())
    _note(session, row, AuditAction.CHANGED, fields=["told_on"])
    return record_of(row, request)


@needs(Permission.WRITE)
def hold(session: Session, name: str, on_hold: bool, why: str) -> RequestRecord:
    """Let a request rest because the patient wants that, or go on, and return it; raises InvalidInput by "why".

    What rests waits in no worklist but that of what is to be followed up: without a day it is looked at in 30 days.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why."})
    row = referral_rows.row(session, name)
    request = _request(session, row)
    if request.status in transitions.OVER:
        raise InvalidInput({"": f"This request is over: {request.status.label.lower()}."})
    request.on_hold, request.reason = on_hold, why.strip()
    if on_hold and row.follow_up_on is None:
        row.follow_up_on = business_days.after(date.today() + timedelta(HELD_DAYS), 0)
    _follow(session, row, request, HELD if on_hold else RESUMED, why.strip())
    _note(session, row, AuditAction.CHANGED, fields=["on_hold"])
    return record_of(row, request)


@needs(Permission.WRITE)
def ask(session: Session, name: str, on: date, version: int = 0, today: date | None = None) -> RequestRecord:
    """Return the latest request where something of a day may be entered; part of an act that enters it.

    Raises InvalidInput for a day that cannot be or a request that is over, Conflict since `version`, NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    request = _request(session, row)
    if version and version != request.version:
        raise Conflict(request_words.changed(_standing(session, request)[0]))
    if problem := request_words.day_problem(request, on, today or date.today()):
        raise InvalidInput({"on": problem})
    if request.status in transitions.OVER:
        raise InvalidInput({"act": f"This request is over: {request.status.label.lower()}."})
    return record_of(row, request)


@needs(Permission.WRITE)
def expect_visit(session: Session, name: str, day: date | None, number: int = 0) -> RequestRecord:
    """Note for which day the visit is given, after which its outcome is waited for. Part of booking it."""
    row = referral_rows.row(session, name)
    request = _request(session, row, number)
    if request.visit_on != day:
        request.visit_on = day
        _follow(session, row, request, number=number)
    return record_of(row, request)


@needs(Permission.WRITE)
def owe_information(session: Session, name: str, owed: bool) -> RequestRecord:
    """Note that the surgeon's office waits for information, or has it now; the task says what. Part of such an act."""
    row = referral_rows.row(session, name)
    request = _request(session, row)
    request.information_owed = owed
    _follow(session, row, request)
    return record_of(row, request)


def _write(session: Session, request: Request, happened: Happened, sequence: int = -1) -> None:
    """Write the steps that lead to what happened, the skipped ones as inferred, behind that of a number."""
    way = transitions.path(request.status, happened.act)
    sequence = _standing(session, request)[1] if sequence < 0 else sequence
    entry, by = new_id(), actor(session).name
    request.sent_on = request_words.counted_from(request, happened.on)
    for number, step in enumerate(way, start=1):
        session.add(_event(request, step, happened, entry, sequence + number, by, number < len(way)))
        _reach(request, step.after, happened)
    if way and happened.act in ENDS:  # visits do not outlive what they were given for
        said = ": ".join(part for part in (happened.act.label, happened.why.strip()) if part)
        appointments.release(session, request.referral_id, said, request.surgeon_id or "")


def _request(session: Session, row: Referral, number: int = 0) -> Request:
    if number:
        mine = Request.referral_id == row.id, Request.number == number
        found = session.scalar(select(Request).where(*mine))
    else:
        found = waiting.latest(session, row.id)
    if found is None:
        raise (InvalidInput({"": NOT_SENT}) if not number else NotFound("No such request."))
    return found


def _refuse(request: Request, happened: Happened, today: date) -> None:
    problems: dict[str, str] = {}
    if happened.act in NEEDS_WHY and not happened.why.strip():
        problems["why"] = "Enter the reason."
    if problem := request_words.day_problem(request, happened.on, today):
        problems["on"] = problem
    if problems:
        raise InvalidInput(problems)


def _standing(session: Session, request: Request) -> tuple[RequestEvent | None, int]:
    """Return what was entered last for a request and not taken back, and the number of its latest step at all."""
    mine = select(RequestEvent).where(RequestEvent.request_id == request.id)
    mine = mine.order_by(RequestEvent.sequence.desc()).limit(1)
    newest = session.scalar(mine)
    if newest is None or newest.undone_at is None:
        return newest, newest.sequence if newest else 0
    return session.scalar(mine.where(RequestEvent.undone_at.is_(None))), newest.sequence


def _event(
    request: Request, step: Transition, happened: Happened, entry: str, sequence: int, by: str, inferred: bool
) -> RequestEvent:
    last = not inferred
    return RequestEvent(
        request_id=request.id, sequence=sequence, entry=entry, act=step.act, tid=step.tid, before=step.before,
        after=step.after, happened_on=happened.on, inferred=inferred, recorded_by=by,
        why=happened.why.strip() if last else "", note=happened.note.strip() if last else "",
        attachment_id=(happened.attachment_id or None) if last else None,
        appointment_id=(happened.appointment_id or None) if last else None,
    )  # fmt: skip


def _reach(request: Request, status: RequestStatus, happened: Happened) -> None:
    request.status = status
    column = _REACHED.get(status)
    if column and getattr(request, column) is None:
        setattr(request, column, happened.on)
    request.on_hold = request.on_hold and status not in transitions.OVER
    if status in (RequestStatus.DECLINED, RequestStatus.CANCEL_ASKED, RequestStatus.CANCELED):
        request.reason = happened.why.strip() or request.reason


def _replay(request: Request, kept: Sequence[RequestEvent]) -> None:
    """Let a request stand where the steps that are kept lead."""
    for column in set(_REACHED.values()):
        setattr(request, column, None)
    request.status, request.reason = RequestStatus.SENT, ""
    for one in kept:
        _reach(request, one.after, Happened(one.act, one.happened_on, one.why))


def _follow(
    session: Session, row: Referral, request: Request, what: str = "", why: str = "", number: int = 0
) -> None:
    """Let the referral and the worklists follow a request that changed; `what` stands in the referral's history.

    `number` is not 0 where it may not be the latest one.

    A referral changes with one event each time, by which its versions are told (`versions`).
    """
    with session.no_autoflush:
        last = (waiting.latest(session, row.id) if number else None) or request
        request.updated = now()
        if what:
            if row.state not in (ReferralState.SIGNED, ReferralState.DRAFT):
                row.state = waiting.state_of(last)
            row.updated = now()
            referral_writing.append_event(session, row, what, why)
    session.flush()
    waiting.follow(session, row, last)


def _note(session: Session, row: Referral, action: AuditAction, **details: Any) -> None:
    about = {"reference": row.reference, **details}
    events.record(session, action, "referral", row.id, row.patient_id, **about)
