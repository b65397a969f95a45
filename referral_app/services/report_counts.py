"""Counting the requests of a period: month by month, from two packed numbers of an index (`models.request`).

The database joins them to one text and numpy takes them apart, so that a million take a second, no row becomes an
object, and memory stays flat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, Integer, String, and_, func, literal_column, select, text
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AppointmentStatus, RequestStatus
from referral_app.models.base import now
from referral_app.models.referral import Referral
from referral_app.models.request import AFTER, BEFORE, ENDED, PLACES, READ, Request
from referral_app.models.surgeon import Surgeon
from referral_app.models.work import Appointment
from referral_app.services.permissions import in_scope
from referral_app.services.report_records import Counted, Gaps, Span, Wait, Wanted
from referral_app.services.request_facts import GAP
from referral_app.services.surgeon_records import spoken_name

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
UNKNOWN = "Surgeon not in the directory"
_WIDTH = 4096
_SEEN = f"(({AFTER}) / 4096) % 4096"
BOTH = literal_column(f"({BEFORE}) || ' ' || ({AFTER})", String)
_ENDED, _READ = text(ENDED), text(READ)
_SENT_ON = literal_column("+request.sent_on", Date)
"""The day of sending, for which SQLite uses no index: of several that would do, it takes that of a range of days."""
_VISIT = literal_column(_SEEN, Integer)
_READING = literal_column(
    "request.index_on || request.sent_on || coalesce(request.surgeon_id, printf('%32s', '')) || request.headache_index",
    String,
)
"""A reading in one text, by which the database finds the first and the latest: its days, surgeon and index."""


class Stopped(Exception):
    """The person canceled."""


def steps(session: Session, wanted: Wanted, progress: Progress, canceled: Canceled) -> Counted:
    """Return how long each step took, how many reached it, and where they stand; raises Stopped.

    The steps are begun to signed, signed to sent, sent to received, accepted, booked, seen, outcome, patient told,
    each from the one before it, and sent to seen. Reached are received, accepted, booked, seen, completed, told.
    """
    import numpy

    months = list(_months(session, wanted))
    long = numpy.zeros((9, _WIDTH), numpy.int64)
    got, stand, n = numpy.zeros(6, numpy.int64), numpy.zeros(_WIDTH, numpy.int64), 0
    for number, conditions in enumerate(months):
        if canceled():
            raise Stopped
        before, after = _pairs(session, conditions)
        n += len(before)
        place = (before >> 48) & 4095
        days = [before & 4095, (before >> 12) & 4095, (before >> 24) & 4095, (before >> 36) & 4095]
        days += [after & 4095, (after >> 12) & 4095, (after >> 24) & 4095, (after >> 36) & 4095]
        days[6] = numpy.where(place == _place(RequestStatus.COMPLETED), days[6], 0)
        for at, taken in enumerate(_taken(days)):
            long[at] += numpy.bincount(taken, minlength=_WIDTH)
        got += numpy.array([numpy.count_nonzero(one) for one in days[2:]])
        stand += numpy.bincount(place, minlength=_WIDTH)
        progress(number + 1, len(months))
    standing = {status: int(stand[place]) for place, status in PLACES.items() if stand[place]}
    return Counted(n, tuple(map(span, long)), tuple(map(int, got)), standing)


def reasons(session: Session, wanted: Wanted) -> tuple[tuple[RequestStatus, str, int], ...]:
    """Return status, reason and number of the requests that ended without an outcome, the most frequent first."""
    number = func.count()
    found = session.execute(
        select(Request.status, Request.reason, number)
        .where(*_in_any_order(session, wanted), _ENDED)
        .group_by(Request.status, Request.reason)
        .order_by(number.desc(), Request.status, Request.reason)
    )
    return tuple((status, reason, count) for status, reason, count in found)


def consultations(session: Session, wanted: Wanted, canceled: Canceled) -> list[Wait]:
    """Return the wait of each surgeon's patients from sending to the visit, by name; raises Stopped."""
    import numpy

    found: Iterable[Any] = session.execute(
        select(Request.surgeon_id, func.group_concat(_VISIT, " "))
        .where(*_in_any_order(session, wanted))
        .group_by(Request.surgeon_id)
    )
    rows: list[tuple[str | None, Span, Any, Any]] = []
    for surgeon_id, joined in found:
        if canceled():
            raise Stopped
        days = numpy.fromstring(joined, numpy.int64, sep=" ")
        taken = span(_known(numpy.bincount(days, minlength=_WIDTH)))
        if taken.n:
            first, last = _ends(session, wanted, surgeon_id)
            rows.append((surgeon_id, taken, first, last))
    return _named(session, rows)


def _ends(session: Session, wanted: Wanted, surgeon_id: str | None) -> tuple[date | None, date | None]:
    """Return when the first and the last request of a surgeon was sent whose patient was seen, along the index."""
    same = Request.surgeon_id.is_(None) if surgeon_id is None else Request.surgeon_id == surgeon_id
    seen = select(Request.sent_on).where(*conditions(session, wanted), same, _VISIT > 0).limit(1)
    orders = Request.sent_on, Request.sent_on.desc()
    first, last = (session.scalar(seen.order_by(one)) for one in orders)
    return first, last


def operations(session: Session, wanted: Wanted) -> list[Wait]:
    """Return the wait of each surgeon's patients from sending to the first operation that took place, by name."""
    import numpy

    sent_on, start = func.min(Request.sent_on), func.min(Appointment.start)
    asked = and_(
        *conditions(session, wanted), Request.referral_id == Appointment.referral_id,
        Request.surgeon_id == Appointment.surgeon_id,
    )  # fmt: skip
    of = (  # joined from the few operations outward, which an inner join would be free to turn around
        select(Appointment.surgeon_id, sent_on, start)
        .outerjoin(Request, asked)
        .where(
            Appointment.kind == AppointmentKind.SURGERY, Appointment.start <= now(),
            Appointment.status.in_((AppointmentStatus.SCHEDULED, AppointmentStatus.KEPT)),
        )
        .group_by(Appointment.referral_id, Appointment.surgeon_id)
        .having(sent_on.is_not(None))
    )  # fmt: skip
    waits: dict[str, list[tuple[int, date]]] = {}
    for surgeon_id, sent, operated in session.execute(of):
        waits.setdefault(surgeon_id, []).append(((operated.astimezone().date() - sent).days, sent))
    rows: list[tuple[str | None, Span, Any, Any]] = []
    for surgeon_id, some in waits.items():
        days = numpy.array([min(max(one, 0), _WIDTH - 2) + 1 for one, _ in some])
        sent_on = [day for _, day in some]
        rows.append(
            (surgeon_id, span(_known(numpy.bincount(days, minlength=_WIDTH))), min(sent_on), max(sent_on))
        )
    return _named(session, rows)


def gaps(session: Session, wanted: Wanted, progress: Progress, canceled: Canceled) -> Gaps:
    """Return in how many requests something of each group was missing, or not available, when it was sent."""
    met: Counter[str] = Counter()
    months, n = list(_months(session, wanted)), 0
    for number, some in enumerate(months):
        if canceled():
            raise Stopped
        joined, of = session.execute(
            select(func.group_concat(Request.missing, "|"), func.count()).where(*some)
        ).one()
        n += of
        met.update(joined.split("|") if joined is not None else [])
        progress(number + 1, len(months))
    known = sum(met.values())
    counts: Counter[str] = Counter()
    for kinds, times in met.items():
        for one in kinds.split():
            counts[one] += times
    names = sorted({one.removesuffix(GAP) for one in counts})
    return Gaps(known, n - known, tuple((one, counts[one], counts[one + GAP]) for one in names))


def readings(session: Session, wanted: Wanted, canceled: Canceled) -> list[tuple[float, float]]:
    """Return first and latest reading of the headache index of each patient whose latest was sent in the period."""
    twice = select(Referral.patient_id).where(Referral.patient_id.is_not(None))
    twice = twice.group_by(Referral.patient_id).having(func.count() > 1)
    query = (
        select(func.min(_READING), func.max(_READING))
        .select_from(Referral)
        .join(Request, Request.referral_id == Referral.id)
        .where(
            Referral.patient_id.in_(twice), _READ, _SENT_ON.between(date.min, wanted.until),
            *_whose(session, wanted, surgeon=False),
        )
        .group_by(Referral.patient_id)
    )  # fmt: skip
    pairs: list[tuple[float, float]] = []
    since, surgeon = wanted.since.isoformat(), wanted.surgeon_id.replace("-", "")
    for number, (first, latest) in enumerate(session.execute(query.execution_options(yield_per=2000))):
        if number % 2000 == 0 and canceled():
            raise Stopped
        fits = latest[:10] > first[:10] and latest[10:20] >= since
        if fits and (not surgeon or surgeon in (first[20:52], latest[20:52])):
            pairs.append((float(first[52:]), float(latest[52:])))
    return pairs


def span(days: NDArray[int64]) -> Span:
    """Return the percentiles of a histogram of whole days, by the nearest rank."""
    import numpy

    upto = numpy.cumsum(days)
    n = int(upto[-1])
    if not n:
        return Span(0)
    ranks = [max(1, -(-n * share // 100)) for share in (50, 10, 90)]
    return Span(n, *(int(numpy.searchsorted(upto, rank)) for rank in ranks))


def conditions(session: Session, wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the requests that a report counts, in the scope of who acts."""
    sent = Request.sent_on >= wanted.since, Request.sent_on <= wanted.until
    return (*sent, *_whose(session, wanted))


def _in_any_order(session: Session, wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Return the same conditions for a question that another index answers than that of the day of sending."""
    return (_SENT_ON.between(wanted.since, wanted.until), *_whose(session, wanted))


def _whose(session: Session, wanted: Wanted, surgeon: bool = True) -> tuple[ColumnElement[bool], ...]:
    found = [in_scope(session, Request.practice_id)]
    if wanted.practice_id:
        found.append(Request.practice_id == wanted.practice_id)
    if wanted.surgeon_id and surgeon:
        found.append(Request.surgeon_id == wanted.surgeon_id)
    return tuple(found)


def _months(session: Session, wanted: Wanted) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Yield the conditions of each month of the period in which something was sent."""
    ends = func.min(Request.sent_on), func.max(Request.sent_on)
    first, last = (session.scalar(select(one)) for one in ends)
    if first is None or last is None:
        return
    whose = _whose(session, wanted)
    day, until = max(first, wanted.since), min(last, wanted.until)
    while day <= until:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield (Request.sent_on >= day, Request.sent_on < min(following, until + timedelta(days=1)), *whose)
        day = following


def _pairs(session: Session, some: Sequence[ColumnElement[bool]]) -> tuple[NDArray[int64], NDArray[int64]]:
    import numpy

    joined = session.scalar(select(func.group_concat(BOTH, " ")).where(*some))
    numbers = numpy.fromstring(joined or "", numpy.int64, sep=" ").reshape(-1, 2)
    return numbers[:, 0], numbers[:, 1]


def _taken(days: list[Any]) -> Iterator[Any]:
    """Yield how long each step took of those that reached both of its ends, and from sending to the visit."""
    signed, sent, received, accepted, booked, seen, done, told = days
    yield signed[signed > 0] - 1
    yield sent[sent > 0] - 1
    yield received[received > 0] - 1
    for start, end in ((received, accepted), (accepted, booked), (booked, seen), (seen, done), (done, told)):
        both = (start > 0) & (end > 0)
        yield (end[both] - start[both]).clip(0)
    yield seen[seen > 0] - 1


def _known(days: NDArray[int64]) -> NDArray[int64]:
    """Return the histogram of those that are known, in days from 0."""
    return days[1:]


def _place(status: RequestStatus) -> int:
    return next(place for place, one in PLACES.items() if one is status)


def _named(session: Session, rows: list[tuple[str | None, Span, Any, Any]]) -> list[Wait]:
    """Return the waits by the name of the surgeon; who has none is left out."""
    known = {
        one.id: spoken_name(one.given_name, one.family_name, one.degrees)
        for one in session.execute(
            select(Surgeon.id, Surgeon.given_name, Surgeon.family_name, Surgeon.degrees).where(
                Surgeon.id.in_([surgeon_id for surgeon_id, *_ in rows if surgeon_id])
            )
        )
    }
    waits = [
        Wait(known.get(surgeon_id or "", UNKNOWN), taken, first, last)
        for surgeon_id, taken, first, last in rows
        if taken.n
    ]
    return sorted(waits, key=lambda one: one.surgeon)
