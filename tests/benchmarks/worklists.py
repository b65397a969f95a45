"""How fast worklists count and list a million referrals, and what recording a reply costs, in an encrypted store.

Of the referrals, every fifth waits for something, as in an office that follows up badly; each has five events behind
it. They are invented.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import repeat

import psutil
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    AuditAction,
    ReferralState,
    ReplyKind,
    RequestAct,
    RequestStatus,
    Step,
)
from referral_app.clinical import business_days, transitions
from referral_app.database import Database, open_database
from referral_app.models.base import new_id, now
from referral_app.models.referral import Referral, StateEvent
from referral_app.models.request import Request, RequestEvent
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.models.work import Appointment
from referral_app.services import audit, referrals, replies, waiting_lists
from referral_app.services.appointments import Visit
from referral_app.services.replies import Reply
from referral_app.services.waiting import TOTAL
from referral_app.services.waiting_lists import ALL, MINE, OFFICE, SORTS, Which
from tests.benchmarks import lists, stores
from tests.benchmarks.figures import Figure, medians, seconds

SIZES = (10_000, 100_000, 1_000_000)
EVENTS = 5
LIMIT_MS = 100.0
MOST_MEMORY = 100.0
"""Megabytes: the page cache of a connection (64 MB) and half as much again."""
MOST = 2.0
TURNS = 5
PAGE = 200
_VISIT = datetime.combine(business_days.after(date.today(), 9), time(9, 30))
_ACCEPTED = Reply(ReplyKind.ACCEPTED, date.today(), "By phone")
OWNERS = 12


def measure() -> Iterator[Figure]:
    """Return the times of counting and listing for each size, what memory grew by, and those of a reply."""
    for size in SIZES:
        with stores.folder() as paths:
            db = open_database(paths)
            fill(db, size)
            db.close()
            db = open_database(paths)
            try:
                gc.collect()
                before = psutil.Process().memory_info().rss
                yield from _at(db, f"{size:,} referrals")
                taken = (psutil.Process().memory_info().rss - before) / 1e6
                yield Figure(f"memory taken by it, {size:,} referrals", taken, "MB", "limit", MOST_MEMORY)
            finally:
                db.close()
    yield from _replies()


def _at(db: Database, words: str) -> Iterator[Figure]:
    """Each is asked for as the window does: a transaction, the counts, or how many rows and one page of them."""
    for whose in (ALL, OFFICE, MINE):
        taken = _median(lambda whose=whose: _counts(db, whose))
        yield Figure(f"counting the worklists ({whose}), {words}", taken, "ms", "limit", LIMIT_MS)
    for part, share in (("first page", 0.0), ("page from the middle", 0.5)):
        for sort in SORTS:
            wanted = [
                Which(step, due_only=due, sort=sort, descending=down)
                for step in (Step.NO_RECEIPT, Step.NO_VISIT, Step.TO_SIGN) for due in (False, True)
                for down in (False, True)
            ]  # fmt: skip
            slowest = max(_median(lambda one=one, share=share: _page(db, one, share)) for one in wanted)
            name = f"worklist, {part}, by {sort}, slowest, {words}"
            yield Figure(name, slowest, "ms", "limit", LIMIT_MS)


def _median(act: Callable[[], object]) -> float:
    act()
    return statistics.median(seconds(act) for _ in range(TURNS)) * 1000


def _counts(db: Database, whose: str) -> None:
    with db.read() as session:
        waiting_lists.counts(session, whose)


def _page(db: Database, which: Which, share: float) -> None:
    with db.read() as session:
        number = waiting_lists.count(session, which)
        waiting_lists.find(session, which, PAGE, int(number * share))


def fill(db: Database, size: int) -> None:
    """Write so many referrals, each with a request and five events, and let every fifth wait for something."""
    lists.fill(db, size)
    with db.begin() as session:
        for statement in (_EVENTS, _REQUESTS, _OPEN, *_WAITING):
            session.execute(text(statement), {"today": date.today().isoformat()})


_HEX = "lower(hex(randomblob(16)))"
_NUMBERS = " UNION ALL ".join(f"SELECT {number} AS value" for number in range(1, EVENTS + 1))
_EVENTS = f"""
INSERT INTO state_event (id, referral_id, sequence, at, who, state, what, why)
SELECT {_HEX}, r.id, n.value, r.created, 'Front desk', r.state, 'Reply recorded', ''
FROM referral r, ({_NUMBERS}) n
"""
_REQUESTS = f"""
INSERT INTO request (id, referral_id, number, surgeon_name, practice_id, status, information_owed, on_hold,
    their_number, reason, sent_on, created, updated, version)
SELECT {_HEX}, r.id, 1, r.surgeon_name, r.practice_id, CASE abs(random()) % 3 WHEN 0 THEN 'requested' WHEN 1 THEN '3.0'
    ELSE '7.0' END, 0, 0, '', '', date(r.created), r.created, r.updated, 1
FROM referral r
"""
_OPEN = f"""
UPDATE referral SET owner_id = 'person ' || (serial % {OWNERS}), owner = 'Kim ' || (serial % {OWNERS}), sent_number = 1
WHERE serial % 5 = 0
"""
_WAITING = (
    """
    INSERT INTO waiting (step, serial, since, urgent, owner_id, practice_id)
    SELECT CASE WHEN serial % 100 < 45 THEN 'no_receipt' WHEN serial % 100 < 85 THEN 'no_visit'
        WHEN serial % 100 < 90 THEN 'not_told' WHEN serial % 100 < 95 THEN 'no_note' ELSE 'to_sign' END,
        serial, date(:today, '-' || (abs(random()) % 400) || ' days'), urgency = 'urgent', owner_id,
        coalesce(practice_id, '')
    FROM referral WHERE serial % 5 = 0
    """,
    """
    INSERT INTO waiting_count (step, since, urgent, owner_id, practice_id, number)
    SELECT step, since, urgent, owner_id, practice_id, count(*) FROM waiting GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT step, '0001-01-01', urgent, owner_id, practice_id, count(*) FROM waiting GROUP BY 1, 3, 4, 5
    """,
)


def _replies() -> Iterator[Figure]:
    """Recording what a surgeon's office answered, each against a commit of the rows that it writes."""
    for words, act in (("acceptance", RequestAct.ACCEPT), ("appointment", RequestAct.SCHEDULE)):
        with stores.folder() as paths, stores.filled(paths, 1000) as db:
            names = _sent(db, 230)
            ours, bare = iter(names[:110]), iter(names[110:])
            came = iter(_slots() if act is RequestAct.SCHEDULE else repeat(_ACCEPTED))
            took = medians(
                {
                    "ours": lambda db=db, ours=ours, came=came: _ours(db, next(ours), next(came)),
                    "bare": lambda db=db, act=act, bare=bare: _bare(db, next(bare), act),
                },
                turns=100,
                warm_up=5,
            )
        name = f"recording a reply: {words}"
        yield Figure(name, took["ours"], "ms", "bare commit of its rows", took["bare"], MOST)


def _slots() -> Iterator[Reply]:
    """Yield appointments at times that nobody else has."""
    for day in range(9, 30):
        for hour in range(8, 16):
            start = datetime.combine(business_days.after(date.today(), day), time(hour))
            visit = Visit(AppointmentKind.CONSULT, start)
            yield Reply(ReplyKind.APPOINTMENT, date.today(), visit=visit)


def _sent(db: Database, many: int) -> list[str]:
    """Return the ids of referrals that were sent, so many of them."""
    with db.begin() as session:
        ids = session.scalars(
            text("SELECT id FROM referral WHERE state = 'signed' ORDER BY serial LIMIT :many"), {"many": many}
        ).all()
        for one in ids:
            referrals.mark_sent(session, one, "Mail")
    return list(ids)


def _ours(db: Database, name: str, reply: Reply) -> None:
    with db.begin() as session:
        replies.record(session, name, reply)


def _bare(db: Database, name: str, act: RequestAct) -> None:
    """Write the rows of one reply: the request, its steps, the referral, its history, what waits, each event."""
    today, moment = date.today(), now()
    with db.begin() as session:
        row = session.get_one(Referral, name)
        request = session.scalars(select(Request).where(Request.referral_id == name)).one()
        way = transitions.path(RequestStatus.SENT, act)
        request.status, request.accepted_on, request.updated = way[-1].after, today, moment
        row.state, row.updated = ReferralState.ANSWERED, moment
        session.add_all(
            RequestEvent(
                request_id=request.id, sequence=at, entry=new_id(), act=one.act, tid=one.tid, before=one.before,
                after=one.after, happened_on=today, note="By phone",
            )
            for at, one in enumerate(way, start=1)
        )  # fmt: skip
        if act is RequestAct.SCHEDULE:
            _bare_visit(session, row)
        step = Step.NO_OUTCOME if act is RequestAct.SCHEDULE else Step.NO_VISIT
        session.add(StateEvent(referral_id=name, sequence=9, who="", state=row.state, what="Reply recorded"))
        session.delete(session.get_one(Waiting, (Step.NO_RECEIPT, row.serial)))
        session.add(Waiting(step=step, serial=row.serial, since=today, owner_id=row.owner_id))
        for since in (today, TOTAL):
            _recount(session, Step.NO_RECEIPT, since, row.owner_id, -1)
            _recount(session, step, since, row.owner_id, 1)
        audit.record(session, AuditAction.ANSWERED, "referral", name, row.patient_id, reference=row.reference)


def _bare_visit(session: Session, row: Referral) -> None:
    session.add(
        Appointment(
            referral_id=row.id, surgeon_id=row.surgeon_id, kind=AppointmentKind.CONSULT,
            start=_VISIT.astimezone(), status=AppointmentStatus.SCHEDULED,
        )
    )  # fmt: skip
    audit.record(session, AuditAction.CREATED, "appointment", row.id, row.patient_id, reference=row.reference)


def _recount(session: Session, step: Step, since: date, owner_id: str, by: int) -> None:
    found = session.get(WaitingCount, (step, since, False, owner_id, ""))
    if found is None:
        found = WaitingCount(
            step=step, since=since, urgent=False, owner_id=owner_id, practice_id="", number=0
        )
        session.add(found)
    found.number += by
