"""What each open referral waits for, kept beside it so that worklists count and list a million in milliseconds.

A row says since when; whether that is late is asked of the day and of the rule (`worklist_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from referral_app.choices import ReferralState, RequestStatus, Step, TaskKind, Urgency
from referral_app.clinical import transitions
from referral_app.models.base import Base
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.waiting import Waiting, WaitingCount

_NO_VISIT = frozenset({
    RequestStatus.RECEIVED, RequestStatus.ACCEPTED, RequestStatus.ACTIVE, RequestStatus.UNATTENDED,
    RequestStatus.VISIT_CANCELED, RequestStatus.CANCEL_ASKED,
})  # fmt: skip
Wait = tuple[Step, date, bool, str, str]
"""Step, since when, urgent or not, owner, practice."""

TOTAL = date.min
"""Stands in the counts for every day: of what has waited for years, only what is not due yet is added up each time."""

_COLUMNS = ("step", "since", "urgent", "owner_id", "practice_id")
_ROWS, _COUNTS = (Base.metadata.tables[one.__tablename__] for one in (Waiting, WaitingCount))
_COUNT = _COUNTS.c
_SAME = [_COUNT[name] == bindparam(f"the_{name}") for name in _COLUMNS]
_LAST = delete(_COUNTS).where(*_SAME, _COUNT.number <= 1)
_ONE_LESS = update(_COUNTS).where(*_SAME).values(number=_COUNT.number - 1)
_ONE_MORE = upsert(_COUNTS).on_conflict_do_update(
    index_elements=[_COUNT[name] for name in _COLUMNS], set_={"number": _COUNT.number + 1}
)
_GONE = delete(_ROWS).where(Waiting.step == bindparam("the_step"), Waiting.serial == bindparam("the_serial"))
_HERE = insert(_ROWS)
_STORED = select(Waiting.step, Waiting.since, Waiting.urgent, Waiting.owner_id, Waiting.practice_id).where(
    Waiting.serial == bindparam("the_serial")
)


def follow(session: Session, row: Referral, request: Request | None = None) -> None:
    """Write what a referral waits for as it stands now; `request` is its latest one, read where it is not given.

    Of a referral that goes to another surgeon now, what was asked before waits for nothing.
    """
    with session.no_autoflush:
        if row.sent_number is None:
            request = None
        elif request is None:
            request = latest(session, row.id)
        asked = asked_on(session, [row.id]) if request is not None and request.information_owed else {}
        due = due_on(session, [row.id]) if row.version else {}
        wanted = {one[0]: one for one in waits(row, request, asked.get(row.id), due.get(row.id))}
        stored: dict[Step, Wait] = {}
        if row.version:
            stored = {one[0]: (*one,) for one in session.execute(_STORED, {"the_serial": row.serial})}
        for step in stored.keys() | wanted.keys():
            if stored.get(step) != wanted.get(step):
                _change(session, row.serial, stored.get(step), wanted.get(step))


def forget(session: Session, serial: int) -> None:
    """Take out all that a referral waits for, by its serial number; it is deleted."""
    for one in session.execute(_STORED, {"the_serial": serial}).all():
        _change(session, serial, (*one,), None)


def latest(session: Session, referral_id: str) -> Request | None:
    """Return the request of a referral that was sent last, None where nothing was."""
    mine = select(Request).where(Request.referral_id == referral_id)
    return session.scalar(mine.order_by(Request.number.desc()).limit(1))


def state_of(request: Request | None) -> ReferralState:
    """Return where a referral stands by its latest request; one of which only a receipt is known is not answered."""
    if request is None or request.status in (RequestStatus.SENT, RequestStatus.RECEIVED):
        return ReferralState.SENT
    if request.status is RequestStatus.CANCELED:
        return ReferralState.CANCELED
    is_told = request.status in transitions.OVER and request.told_on is not None
    return ReferralState.CLOSED if is_told else ReferralState.ANSWERED


def asked_on(session: Session, referral_ids: Sequence[str]) -> dict[str, date]:
    """Return since when information is asked for, of those referrals of which a task says so."""
    from referral_app.models.work import Task  # the first look of Home asks for no task

    mine = Task.referral_id.in_(referral_ids), Task.kind == TaskKind.INFORMATION, Task.done_at.is_(None)
    first = select(Task.referral_id, func.min(Task.created)).where(*mine).group_by(Task.referral_id)
    return {referral_id: _day(created) for referral_id, created in session.execute(first)}


def due_on(session: Session, referral_ids: Sequence[str]) -> dict[str, date]:
    """Return by when the first open task is to be done, of those referrals of which one has a day."""
    from referral_app.models.work import Task

    mine = Task.referral_id.in_(referral_ids), Task.due.is_not(None), Task.done_at.is_(None)
    first = select(Task.referral_id, func.min(Task.due)).where(*mine).group_by(Task.referral_id)
    return {referral_id: due for referral_id, due in session.execute(first) if due is not None}


def waits(
    row: Referral, request: Request | None, asked: date | None = None, due: date | None = None
) -> Iterator[Wait]:
    """Yield what a referral waits for; `request` is its latest one, the days are those of `asked_on` and `due_on`.

    A task with a day is followed up on it, as what somebody wants to look at again.
    """
    whose = str(row.urgency) in (Urgency.URGENT, Urgency.EMERGENCY), row.owner_id or "", row.practice_id or ""
    for step, since in _steps(row, request, asked, due):
        yield (step, since, *whose)


def _steps(
    row: Referral, request: Request | None, asked: date | None, due: date | None
) -> Iterator[tuple[Step, date]]:
    if row.state in (ReferralState.CANCELED, ReferralState.CLOSED):
        return
    if days := [day for day in (row.follow_up_on, due) if day is not None]:
        yield Step.FOLLOW_UP, min(days)
    elif request is not None and request.on_hold:  # in no other list, and nothing is to be in none
        yield Step.FOLLOW_UP, request.sent_on
    if row.state is ReferralState.SIGNED and row.signed_at is not None:
        yield Step.TO_SEND, _day(row.signed_at)
    elif row.asked_at is not None and row.returned_at is None:
        yield Step.TO_SIGN, _day(row.asked_at)
    elif row.state is ReferralState.DRAFT:
        yield Step.DRAFT, _day(row.returned_at or row.updated)
    if request is not None and not request.on_hold:
        yield from _of_request(request, asked)


def _of_request(request: Request, asked: date | None) -> Iterator[tuple[Step, date]]:
    is_over = request.status in transitions.OVER  # nobody waits for information after the end
    if request.information_owed and not is_over:
        yield Step.INFORMATION, asked or _day(request.updated)
    if request.status is RequestStatus.SENT and request.undelivered is not None:
        yield Step.NOT_DELIVERED, request.undelivered_on or request.sent_on
    elif request.status is RequestStatus.SENT:
        yield Step.NO_RECEIPT, request.sent_on
    elif request.status in _NO_VISIT:
        yield Step.NO_VISIT, request.accepted_on or request.received_on or request.sent_on
    elif request.status is RequestStatus.SCHEDULED:
        yield Step.NO_OUTCOME, request.visit_on or request.booked_on or request.sent_on
    elif request.status is RequestStatus.SEEN:
        yield Step.NO_NOTE, request.seen_on or request.sent_on
    elif request.told_on is None and request.status in (RequestStatus.COMPLETED, RequestStatus.DECLINED):
        yield Step.NOT_TOLD, request.ended_on or request.sent_on


def _day(moment: datetime) -> date:
    """Return the day of a moment where the office is."""
    return moment.astimezone().date()


def _change(session: Session, serial: int, old: Wait | None, new: Wait | None) -> None:
    if old is not None:
        session.execute(_GONE, {"the_step": old[0], "the_serial": serial})
        _count_out(session, old)
    if new is not None:
        session.execute(_HERE, {"serial": serial, **dict(zip(_COLUMNS, new, strict=True))})
        _count_in(session, new)
    if old is not None and (new is None or total(old) != total(new)):
        _count_out(session, total(old))
    if new is not None and (old is None or total(old) != total(new)):
        _count_in(session, total(new))


def total(one: Wait) -> Wait:
    """Return what stands for the same in the counts of every day together."""
    return one[0], TOTAL, *one[2:]


def _count_in(session: Session, new: Wait) -> None:
    session.execute(_ONE_MORE, {"number": 1, **dict(zip(_COLUMNS, new, strict=True))})


def _count_out(session: Session, old: Wait) -> None:
    """Count one less; what is counted down to nothing goes, so that the counts stay as few as what waits."""
    same = {f"the_{name}": value for name, value in zip(_COLUMNS, old, strict=True)}
    if not session.execute(_LAST, same).rowcount:  # pyright: ignore[reportAttributeAccessIssue]
        session.execute(_ONE_LESS, same)
