"""What each open referral waits for, kept beside it so that worklists count and list a million in milliseconds.

A row says since when; whether that is late is asked of the day and of the rule (`worklist_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from referral_app.choices import ReferralState, RequestStatus, Step, Urgency
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.waiting import Waiting, WaitingCount

_NO_VISIT = frozenset({
    RequestStatus.RECEIVED, RequestStatus.ACCEPTED, RequestStatus.ACTIVE, RequestStatus.UNATTENDED,
    RequestStatus.VISIT_CANCELED, RequestStatus.CANCEL_ASKED,
})  # fmt: skip
_Row = tuple[Step, date, bool, str, str]
"""Step, since when, urgent or not, owner, practice."""


def follow(session: Session, row: Referral, request: Request | None = None) -> None:
    """Write what a referral waits for as it stands now; `request` is its latest one, read where it is not given."""
    with session.no_autoflush:
        if request is None and row.sent_number is not None:
            request = latest(session, row.id)
        wanted = {one[0]: one for one in _rows(row, request)}
        mine = select(Waiting).where(Waiting.serial == row.serial)
        stored = {one.step: _as_row(one) for one in session.scalars(mine)} if row.version else {}
        for step in stored.keys() | wanted.keys():
            if stored.get(step) != wanted.get(step):
                _change(session, row.serial, stored.get(step), wanted.get(step))


def latest(session: Session, referral_id: str) -> Request | None:
    """Return the request of a referral that was sent last, None where nothing was."""
    mine = select(Request).where(Request.referral_id == referral_id)
    return session.scalar(mine.order_by(Request.number.desc()).limit(1))


def _rows(row: Referral, request: Request | None) -> Iterator[_Row]:
    whose = str(row.urgency) in (Urgency.URGENT, Urgency.EMERGENCY), row.owner_id or "", row.practice_id or ""
    for step, since in _steps(row, request):
        yield (step, since, *whose)


def _steps(row: Referral, request: Request | None) -> Iterator[tuple[Step, date]]:
    if row.state in (ReferralState.CANCELED, ReferralState.CLOSED):
        return
    if row.follow_up_on is not None:
        yield Step.FOLLOW_UP, row.follow_up_on
    if row.state is ReferralState.SIGNED and row.signed_at is not None:
        yield Step.TO_SEND, row.signed_at.date()
    elif row.asked_at is not None and row.returned_at is None:
        yield Step.TO_SIGN, row.asked_at.date()
    elif row.state is ReferralState.DRAFT:
        yield Step.DRAFT, (row.returned_at or row.updated).date()
    if request is not None and not request.on_hold:
        yield from _of_request(request)


def _of_request(request: Request) -> Iterator[tuple[Step, date]]:
    if request.information_owed:
        yield Step.INFORMATION, request.updated.date()
    if request.status is RequestStatus.SENT:
        yield Step.NO_RECEIPT, request.sent_on
    elif request.status in _NO_VISIT:
        yield Step.NO_VISIT, request.accepted_on or request.received_on or request.sent_on
    elif request.status is RequestStatus.SCHEDULED:
        yield Step.NO_OUTCOME, request.visit_on or request.booked_on or request.sent_on
    elif request.status is RequestStatus.SEEN:
        yield Step.NO_NOTE, request.seen_on or request.sent_on
    elif request.told_on is None and request.status in (RequestStatus.COMPLETED, RequestStatus.DECLINED):
        yield Step.NOT_TOLD, request.ended_on or request.sent_on


def _as_row(one: Waiting) -> _Row:
    return one.step, one.since, one.urgent, one.owner_id, one.practice_id


def _change(session: Session, serial: int, old: _Row | None, new: _Row | None) -> None:
    if old is not None:
        session.execute(delete(Waiting).where(Waiting.step == old[0], Waiting.serial == serial))
        _count(session, old, -1)
    if new is not None:
        values = dict(zip(("step", "since", "urgent", "owner_id", "practice_id"), new, strict=True))
        session.execute(insert(Waiting).values(serial=serial, **values))
        _count(session, new, 1)


def _count(session: Session, one: _Row, by: int) -> None:
    columns = (
        WaitingCount.step, WaitingCount.since, WaitingCount.urgent, WaitingCount.owner_id, WaitingCount.practice_id,
    )  # fmt: skip
    same = [column == value for column, value in zip(columns, one, strict=True)]
    changed = session.execute(update(WaitingCount).where(*same).values(number=WaitingCount.number + by))
    if not changed.rowcount:  # pyright: ignore[reportAttributeAccessIssue]
        values = dict(zip(("step", "since", "urgent", "owner_id", "practice_id"), one, strict=True))
        session.execute(insert(WaitingCount).values(number=by, **values))
