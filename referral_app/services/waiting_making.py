"""Making what waits anew from the referrals: after an upgrade, or where the counts are not those of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Date, delete, exists, func, insert, literal, select, union_all
from sqlalchemy.orm import Session

from referral_app.choices import ReferralState
from referral_app.models.base import Base
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.services import waiting
from referral_app.services.waiting import Wait

Progress = Callable[[int, int], None]
CHUNK = 2_000
_OPEN = tuple(one for one in ReferralState if one not in (ReferralState.CLOSED, ReferralState.CANCELED))


def is_made(session: Session) -> bool:
    """Tell whether there is something that waits, or nothing that could."""
    if session.scalar(select(exists().where(Waiting.serial > 0))):
        return bool(session.scalar(select(exists().where(WaitingCount.since == waiting.TOTAL))))
    return not session.scalar(select(exists().where(Referral.state.in_(_OPEN))))


def holds(session: Session) -> bool:
    """Tell whether the counts are those of the rows."""
    whose = Waiting.urgent, Waiting.owner_id, Waiting.practice_id
    every_day = literal(waiting.TOTAL, Date).label("since")
    rows = union_all(
        select(Waiting.step, Waiting.since, *whose, func.count()).group_by(
            Waiting.step, Waiting.since, *whose
        ),
        select(Waiting.step, every_day, *whose, func.count()).group_by(Waiting.step, *whose),
    )
    columns = WaitingCount.step, WaitingCount.since, WaitingCount.urgent, WaitingCount.owner_id
    counts = select(*columns, WaitingCount.practice_id, WaitingCount.number)
    stored = counts.subquery()
    told = rows.subquery()
    return (
        not session.execute(select(told).except_(select(stored)).limit(1)).first()
        and not session.execute(select(stored).except_(select(told)).limit(1)).first()
    )


def make(session: Session, progress: Progress | None = None) -> None:
    """Write what every open referral waits for, and the counts, in one transaction; no referral changes."""
    session.execute(delete(Waiting))
    session.execute(delete(WaitingCount))
    of, done, last = _number(session), 0, -1
    counted: Counter[Wait] = Counter()
    while rows := _some(session, last):
        last, done = rows[-1].serial, done + len(rows)
        _write(session, rows, counted)
        session.expunge_all()
        if progress:
            progress(done, of)
    _insert(session, WaitingCount, [_values(one) | {"number": number} for one, number in counted.items()])


def _number(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Referral).where(Referral.state.in_(_OPEN))) or 0


def _some(session: Session, last: int) -> Sequence[Referral]:
    """Return the next open referrals by their serial number."""
    mine = Referral.serial > last, Referral.state.in_(_OPEN)
    return session.scalars(select(Referral).where(*mine).order_by(Referral.serial).limit(CHUNK)).all()


def _write(session: Session, rows: Sequence[Referral], counted: Counter[Wait]) -> None:
    sent = [one.id for one in rows if one.sent_number is not None]
    mine = select(Request).where(Request.referral_id.in_(sent)).order_by(Request.number)
    latest = {one.referral_id: one for one in session.scalars(mine)}
    asked = waiting.asked_on(session, [key for key, one in latest.items() if one.information_owed])
    due = waiting.due_on(session, [one.id for one in rows])
    values: list[dict[str, Any]] = []
    for row in rows:
        for one in waiting.waits(row, latest.get(row.id), asked.get(row.id), due.get(row.id)):
            values.append(_values(one) | {"serial": row.serial})
            counted[one] += 1
            counted[waiting.total(one)] += 1
    _insert(session, Waiting, values)


def _insert(session: Session, table: type[Base], values: list[dict[str, Any]]) -> None:
    if values:
        session.execute(insert(table), values)


def _values(one: Wait) -> dict[str, Any]:
    return dict(zip(("step", "since", "urgent", "owner_id", "practice_id"), one, strict=True))
