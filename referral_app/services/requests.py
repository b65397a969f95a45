"""Requests to surgeons: what happened to each, entered as paper comes; skipped steps are filled in and undone too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Party, Permission, ReferralState, RequestAct, RequestStatus
from referral_app.clinical import dates, transitions
from referral_app.clinical.transitions import Transition
from referral_app.models.base import new_id, now
from referral_app.models.referral import Referral
from referral_app.models.request import Request, RequestEvent
from referral_app.services import events, referral_rows, waiting
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, needs

NEEDS_WHY = frozenset({RequestAct.DECLINE, RequestAct.ASK_CANCEL, RequestAct.CANCEL_VISIT})
"""What is not entered without a reason; the contract asks for that of a decline."""
CHANGED = "Someone else entered something for this request in the meantime. Look at it before you enter more."
_REACHED = {
    RequestStatus.RECEIVED: "received_on", RequestStatus.ACCEPTED: "accepted_on", RequestStatus.SCHEDULED: "booked_on",
    RequestStatus.SEEN: "seen_on", RequestStatus.DECLINED: "ended_on", RequestStatus.CANCELED: "ended_on",
    RequestStatus.COMPLETED: "ended_on",
}  # fmt: skip
"""The column that says when a status was first reached."""


@dataclass(frozen=True)
class RequestRecord:
    """A request as it stands; `acts` are what may be entered now, skipped steps allowed for."""

    id: str
    referral_id: str
    reference: str
    number: int
    surgeon_id: str
    surgeon: str
    status: RequestStatus
    information_owed: bool
    on_hold: bool
    their_number: str
    reason: str
    sent_on: date
    visit_on: date | None
    ended_on: date | None
    told_on: date | None
    version: int

    @property
    def acts(self) -> tuple[RequestAct, ...]:
        """What may be entered where it stands."""
        return transitions.acts(self.status)

    @property
    def is_over(self) -> bool:
        """Whether nothing leads out of where it stands."""
        return self.status in transitions.OVER


@dataclass(frozen=True)
class StepRecord:
    """One step of a request: what happened when, who entered it when, and whether it was taken back."""

    id: str
    entry: str
    act: RequestAct
    before: RequestStatus
    after: RequestStatus
    happened_on: date
    recorded_at: datetime
    recorded_by: str
    why: str
    note: str
    inferred: bool
    undone_at: datetime | None
    undone_by: str
    undone_why: str
    attachment_id: str = ""
    appointment_id: str = ""

    @property
    def by(self) -> Party:
        """Which side acted."""
        found = transitions.find(self.before, self.act)
        return found.side if found else Party.RECIPIENT


@dataclass(frozen=True)
class Happened:
    """What is entered: the act, its day, and what belongs to it."""

    act: RequestAct
    on: date
    why: str = ""
    note: str = ""
    attachment_id: str = ""
    appointment_id: str = ""


def begin(session: Session, row: Referral, sent_on: date) -> Request:
    """Begin the request of a referral that is sent now; called by `referrals.mark_sent`, which asked already.

    Sent again to the same surgeon while nothing is known of it, it stays the same request.
    """
    last = waiting.latest(session, row.id)
    if last is not None and last.surgeon_id == row.surgeon_id and last.status not in transitions.OVER:
        last.sent_on = sent_on if last.status is RequestStatus.SENT else last.sent_on
        last.information_owed = False
        return last
    made = Request(
        id=new_id(), referral_id=row.id, number=1 + (last.number if last else 0), surgeon_id=row.surgeon_id,
        surgeon_name=row.surgeon_name, practice_id=row.practice_id, status=RequestStatus.SENT, sent_on=sent_on,
    )  # fmt: skip
    session.add(made)
    return made


@needs(Permission.SEE_PATIENTS)
def current(session: Session, name: str) -> RequestRecord | None:
    """Return the request of a referral that was sent last, None where nothing was; part of an opened referral.

    Raises NotFound, InvalidInput for a mistyped number, Denied.
    """
    row = referral_rows.row(session, name)
    found = waiting.latest(session, row.id)
    return _record(row, found) if found else None


@needs(Permission.SEE_PATIENTS)
def find(session: Session, name: str) -> list[RequestRecord]:
    """Return all requests of a referral, the latest first; part of an opened referral."""
    row = referral_rows.row(session, name)
    mine = select(Request).where(Request.referral_id == row.id).order_by(Request.number.desc())
    return [_record(row, one) for one in session.scalars(mine)]


@needs(Permission.SEE_PATIENTS)
def steps(session: Session, name: str, number: int = 0) -> list[StepRecord]:
    """Return the steps of a request, the latest by default, in their order; those taken back are among them."""
    row = referral_rows.row(session, name)
    request = _request(session, row, number)
    mine = select(RequestEvent).where(RequestEvent.request_id == request.id)
    return [_step(one) for one in session.scalars(mine.order_by(RequestEvent.sequence))]


@needs(Permission.WRITE)
def enter(
    session: Session, name: str, happened: Happened, version: int = 0, today: date | None = None
) -> RequestRecord:
    """Enter what happened to the latest request of a referral, and return it.

    Steps that were skipped on paper are filled in before it as inferred. What was entered already for the same day is
    not entered twice. Raises InvalidInput by field (act, on, why), Conflict since `version`, NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    request = _request(session, row)
    if version and version != request.version:
        raise Conflict(CHANGED)
    _refuse(request, happened, today or date.today())
    if _is_entered(session, request, happened):
        return _record(row, request)
    way = transitions.path(request.status, happened.act)
    if not way:
        raise InvalidInput({"act": _impossible(request, happened.act)})
    entry, by, sequence = new_id(), actor(session).name, _last_sequence(session, request.id)
    for number, step in enumerate(way, start=1):
        session.add(_event(request, step, happened, entry, sequence + number, by, number < len(way)))
        _reach(request, step.after, happened)
    _follow(session, row, request)
    _note(session, row, happened.act)
    return _record(row, request)


@needs(Permission.WRITE)
def undo(session: Session, name: str, entry: str, why: str) -> RequestRecord:
    """Take back what was entered last, its inferred steps with it, and return the request.

    Raises InvalidInput without a reason and for what is not the last entry, NotFound, Denied.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why this is taken back."})
    row = referral_rows.row(session, name)
    request = _request(session, row)
    mine = RequestEvent.request_id == request.id, RequestEvent.undone_at.is_(None)
    standing = list(session.scalars(select(RequestEvent).where(*mine).order_by(RequestEvent.sequence)))
    if not standing or standing[-1].entry != entry:
        raise InvalidInput({"": "Only what was entered last can be taken back. Look at the request again."})
    gone = [one for one in standing if one.entry == entry]
    for one in gone:
        one.undone_at, one.undone_by, one.undone_why = now(), actor(session).name, why.strip()
    kept = standing[: len(standing) - len(gone)]
    _replay(request, kept)
    _follow(session, row, request)
    _note(session, row, gone[-1].act, undone=True)
    return _record(row, request)


@needs(Permission.WRITE)
def tell_patient(session: Session, name: str, on: date, today: date | None = None) -> RequestRecord:
    """Record that the patient was told the plan, which closes a referral whose request is over, and return it.

    Raises InvalidInput for a day that cannot be, NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    request = _request(session, row)
    if problem := _day_problem(request, on, today or date.today()):
        raise InvalidInput({"on": problem})
    request.told_on = on
    _follow(session, row, request)
    events.record(
        session,
        AuditAction.CHANGED,
        "referral",
        row.id,
        row.patient_id,
        reference=row.reference,
        fields=["told_on"],
    )
    return _record(row, request)


@needs(Permission.WRITE)
def hold(session: Session, name: str, on_hold: bool, why: str) -> RequestRecord:
    """Let a request rest because the patient wants that, or go on, and return it; raises InvalidInput by "why"."""
    if not why.strip():
        raise InvalidInput({"why": "Enter why."})
    row = referral_rows.row(session, name)
    request = _request(session, row)
    request.on_hold, request.reason = on_hold, why.strip()
    _follow(session, row, request)
    events.record(
        session,
        AuditAction.CHANGED,
        "referral",
        row.id,
        row.patient_id,
        reference=row.reference,
        fields=["on_hold"],
    )
    return _record(row, request)


@needs(Permission.WRITE)
def owe_information(session: Session, name: str, owed: bool) -> RequestRecord:
    """Note that the surgeon's office waits for information, or has it now; the task says what. Part of such an act."""
    row = referral_rows.row(session, name)
    request = _request(session, row)
    request.information_owed = owed
    _follow(session, row, request)
    return _record(row, request)


def _request(session: Session, row: Referral, number: int = 0) -> Request:
    if number:
        mine = Request.referral_id == row.id, Request.number == number
        found = session.scalar(select(Request).where(*mine))
    else:
        found = waiting.latest(session, row.id)
    if found is None:
        raise (
            InvalidInput({"": "This referral was not sent yet."})
            if not number
            else NotFound("No such request.")
        )
    return found


def _refuse(request: Request, happened: Happened, today: date) -> None:
    problems: dict[str, str] = {}
    if happened.act in NEEDS_WHY and not happened.why.strip():
        problems["why"] = "Enter the reason."
    if problem := _day_problem(request, happened.on, today):
        problems["on"] = problem
    if problems:
        raise InvalidInput(problems)


def _day_problem(request: Request, on: date, today: date) -> str:
    if on < request.sent_on:
        return f"The referral was sent on {dates.say(request.sent_on)}. Enter that day or a later one."
    return "This day has not come yet." if on > today else ""


def _is_entered(session: Session, request: Request, happened: Happened) -> bool:
    """Tell whether the same was entered last, by whom ever: two people may hold the same sheet of paper."""
    mine = RequestEvent.request_id == request.id, RequestEvent.undone_at.is_(None)
    last = session.scalar(select(RequestEvent).where(*mine).order_by(RequestEvent.sequence.desc()).limit(1))
    return (
        last is not None
        and (last.act, last.happened_on) == (happened.act, happened.on)
        and (last.appointment_id or "") == happened.appointment_id
        and last.note == happened.note.strip()
    )


def _impossible(request: Request, act: RequestAct) -> str:
    at = request.status.label.lower()
    if request.status in transitions.OVER:
        return f"This request is over: {at}. To ask again, send the referral anew."
    return (
        f"“{act.label}” cannot follow “{at}”. Take back what was entered wrongly, or enter what comes first."
    )


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
    if status in (RequestStatus.DECLINED, RequestStatus.CANCEL_ASKED, RequestStatus.CANCELED):
        request.reason = happened.why.strip() or request.reason


def _replay(request: Request, kept: Sequence[RequestEvent]) -> None:
    """Let a request stand where the steps that are kept lead."""
    for column in set(_REACHED.values()):
        setattr(request, column, None)
    request.status, request.reason = RequestStatus.SENT, ""
    for one in kept:
        _reach(request, one.after, Happened(one.act, one.happened_on, one.why))


def _follow(session: Session, row: Referral, request: Request) -> None:
    """Let the referral and the worklists follow a request that changed."""
    if row.state not in (ReferralState.SIGNED, ReferralState.DRAFT):
        row.state = _state(request)
    row.updated = request.updated = now()
    session.flush()
    waiting.follow(session, row, request)


def _state(request: Request) -> ReferralState:
    if request.status is RequestStatus.SENT:
        return ReferralState.SENT
    if request.status is RequestStatus.CANCELED:
        return ReferralState.CANCELED
    is_told = request.status in transitions.OVER and request.told_on is not None
    return ReferralState.CLOSED if is_told else ReferralState.ANSWERED


def _last_sequence(session: Session, request_id: str) -> int:
    return (
        session.scalar(
            select(func.coalesce(func.max(RequestEvent.sequence), 0)).where(
                RequestEvent.request_id == request_id
            )
        )
        or 0
    )


def _note(session: Session, row: Referral, act: RequestAct, undone: bool = False) -> None:
    details: dict[str, Any] = {"undone": True} if undone else {}
    events.record(
        session, AuditAction.ANSWERED, "referral", row.id, row.patient_id, reference=row.reference, act=str(act),
        **details,
    )  # fmt: skip


def _record(row: Referral, one: Request) -> RequestRecord:
    return RequestRecord(
        one.id, row.id, row.reference, one.number, one.surgeon_id or "", one.surgeon_name, one.status,
        one.information_owed, one.on_hold, one.their_number, one.reason, one.sent_on, one.visit_on, one.ended_on,
        one.told_on, one.version,
    )  # fmt: skip


def _step(one: RequestEvent) -> StepRecord:
    return StepRecord(
        one.id, one.entry, one.act, one.before, one.after, one.happened_on, one.recorded_at, one.recorded_by, one.why,
        one.note, one.inferred, one.undone_at, one.undone_by, one.undone_why, one.attachment_id or "",
        one.appointment_id or "",
    )  # fmt: skip
