"""The worklists: how many referrals wait at each step and how many are due, and the lists themselves, page by page.

Rows and counts are kept with each change (`waiting`); a page is read along an index, never the whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, select, true
from sqlalchemy.orm import Session

from referral_app.choices import BounceReason, Permission, RequestStatus, Step, TaskKind
from referral_app.clinical import usual_steps
from referral_app.clinical.standings import Standing
from referral_app.models.base import Base
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.services import drafts, referral_words, waiting, worklist_rules
from referral_app.services.permissions import actor, in_scope, needs
from referral_app.services.referral_records import ReferralRow, row_values
from referral_app.services.worklist_rules import Rule

if TYPE_CHECKING:
    from numpy import uint32
    from numpy.typing import NDArray

MINE, OFFICE, ALL = "mine", "office", "all"
"""Whose a list is: of the person who acts, of the practice, of all that are in view; as in `tasks`."""

ONLY_PASSED = frozenset({Step.NO_OUTCOME})
"""Steps that wait for a day to pass: what is ahead stands in the calendar, not in a list of what passed."""

FEW = 5_000
"""Up to so many rows are joined and sorted; of more, the order is read from an index (as `worklists.FEW`)."""

_BY = {"patient": (Referral.patient_name,), "surgeon": (Referral.surgeon_name,)}
SORTS = ("since", *_BY)
_SHOWN = [
    one for one in Base.metadata.tables[Referral.__tablename__].c if one.name not in ("marks", "folded")
]
"""What rows show of a referral, read as columns: half the time of reading whole objects."""


@dataclass(frozen=True)
class Pile:
    """How many wait at a step, how many of them are due today or were before, and since when the oldest waits.

    Of a step in ONLY_PASSED what is still ahead counts only where a rule makes it due already.
    """

    step: Step
    due: int
    all: int
    oldest: date | None


class _Request(Protocol):
    """What rows show of a request."""

    status: RequestStatus
    information_owed: bool
    on_hold: bool
    undelivered: BounceReason | None
    visit_on: date | None
    reason: str


@dataclass(frozen=True)
class Which:
    """Which rows of a worklist are shown, and in which order: `sort` is one of SORTS."""

    step: Step
    whose: str = ALL
    due_only: bool = False
    sort: str = "since"
    descending: bool = False


@dataclass(frozen=True)
class WaitingRow(ReferralRow):
    """A referral that waits: since when, when that is due, whose it is, why it waits and what comes next."""

    step: Step
    since: date
    due: date
    owner_id: str
    owner: str
    next_step: str
    reason: str
    follow_up_on: date | None
    status: RequestStatus | None


@needs(Permission.SEE_PATIENTS)
def counts(session: Session, whose: str = ALL, today: date | None = None) -> dict[Step, Pile]:
    """Return the pile of each step that is shown by its rule, in the order of the work, empty ones too."""
    rules = {step: rule for step, rule in worklist_rules.find(session).items() if rule.shown}
    mine = _whose(session, WaitingCount, whose)
    numbers = _numbers(session, rules.values(), mine, today or date.today())
    oldest = _oldest(session, [step for step, (_due, number) in numbers.items() if number], mine)
    return {step: Pile(step, *numbers[step], oldest.get(step)) for step in rules}


@needs(Permission.SEE_PATIENTS)
def oldest(session: Session, step: Step) -> date | None:
    """Return since when the oldest waits at a step, as the piles say it; None where nothing does."""
    return _oldest(session, [step], _whose(session, WaitingCount, ALL))[step]


@needs(Permission.SEE_PATIENTS)
def unsaved(session: Session, today: date | None = None) -> Pile:
    """Return the pile of what was typed and never saved, of the person who acts; due as drafts are."""
    cutoff = worklist_rules.find(session)[Step.DRAFT].cutoff(today or date.today())
    days = [one.updated.astimezone().date() for one in drafts.find(session, mine=True)]
    return Pile(Step.DRAFT, sum(day <= cutoff for day in days), len(days), min(days, default=None))


@needs(Permission.SEE_PATIENTS)
def count(session: Session, which: Which, today: date | None = None) -> int:
    """Return how many rows a worklist has."""
    rule = worklist_rules.find(session)[which.step]
    mine = _whose(session, WaitingCount, which.whose)
    due, number = _numbers(session, [rule], mine, today or date.today())[which.step]
    return due if which.due_only else number


@needs(Permission.SEE_PATIENTS)
def find(
    session: Session, which: Which, limit: int = 200, offset: int = 0, today: date | None = None
) -> list[WaitingRow]:
    """Return a page of a worklist; the oldest come first unless another order is asked for."""
    rule = worklist_rules.find(session)[which.step]
    conditions = _conditions(session, which, rule, today or date.today())
    if which.sort not in _BY:
        order = [Waiting.since, Waiting.serial]
        ordered = [one.desc() if which.descending else one for one in order]
        page = select(Waiting.serial).where(*conditions).order_by(*ordered).limit(limit).offset(offset)
        return _rows(session, which.step, rule, session.scalars(page).all())
    some = select(Waiting.serial).where(*conditions).limit(FEW + 1).subquery()
    if (session.scalar(select(func.count()).select_from(some)) or 0) > FEW:
        numbers = _far(session, which, conditions)[offset : offset + limit].tolist()
    else:
        few = select(Referral.serial).where(Referral.serial.in_(select(some.c.serial)))
        numbers = session.scalars(few.order_by(*_order(which)).limit(limit).offset(offset)).all()
    return _rows(session, which.step, rule, numbers)


def _whose(session: Session, table: Any, whose: str) -> ColumnElement[bool]:
    """Return the condition of rows that the actor sees and asks for."""
    who = actor(session)
    seen = who.sees_every_practice or table.practice_id.in_(
        {who.practice_id, *([""] if who.own_office else [])}
    )
    parts: list[Any] = [] if seen is True else [seen]
    if whose == MINE:
        parts.append(table.owner_id == who.person_id)
    elif whose == OFFICE and who.practice_id:
        parts.append(table.practice_id == who.practice_id)
    return and_(true(), *parts)


def _is_due(table: Any, rule: Rule, today: date) -> ColumnElement[bool]:
    usual, urgent = rule.cutoff(today), rule.cutoff(today, urgent=True)
    if usual == urgent:
        return table.since <= usual
    return and_(table.since <= max(usual, urgent), table.since <= case((table.urgent, urgent), else_=usual))


def _is_ahead(table: Any, rule: Rule, today: date) -> ColumnElement[bool]:
    """Return the condition that what a step asks after has not passed yet, and no rule asks for it before."""
    return and_(table.since >= today, not_(_is_due(table, rule, today)))


def _numbers(
    session: Session, rules: Iterable[Rule], mine: ColumnElement[bool], today: date
) -> dict[Step, tuple[int, int]]:
    """Return how many are due of each step, and how many wait: all of them, less those not due yet or still ahead."""
    table, asked = WaitingCount, list(rules)
    parts: list[Any] = []
    for rule in asked:
        every_day = table.since == waiting.TOTAL
        first = min(rule.cutoff(today), rule.cutoff(today, urgent=True))
        not_yet = and_(table.since > first, not_(_is_due(table, rule, today)))
        ahead = _is_ahead(table, rule, today) if rule.step in ONLY_PASSED else None
        parts += [
            literal(0) if which is None
            else select(func.coalesce(func.sum(table.number), 0)).where(table.step == rule.step, mine, which)
            .scalar_subquery()
            for which in (every_day, not_yet, ahead)
        ]  # fmt: skip
    found = list(session.execute(select(*parts)).one()) if parts else []
    each = zip(asked, found[::3], found[1::3], found[2::3], strict=True)
    return {rule.step: (number - later, number - ahead) for rule, number, later, ahead in each}


def _oldest(session: Session, steps: Sequence[Step], mine: ColumnElement[bool]) -> dict[Step, date]:
    """Return since when the oldest waits at each of some steps at which something does."""
    table = WaitingCount
    firsts = [
        select(table.since).where(table.step == step, table.since > waiting.TOTAL, mine).order_by(table.since).limit(1)
        for step in steps
    ]  # fmt: skip
    found = session.execute(select(*(one.scalar_subquery() for one in firsts))).one() if firsts else ()
    return dict(zip(steps, found, strict=True))


def _conditions(session: Session, which: Which, rule: Rule, today: date) -> list[ColumnElement[bool]]:
    found = [Waiting.step == which.step, _whose(session, Waiting, which.whose)]
    if which.due_only:
        return [*found, _is_due(Waiting, rule, today)]
    return [*found, not_(_is_ahead(Waiting, rule, today))] if which.step in ONLY_PASSED else found


def _order(which: Which) -> list[Any]:
    columns = (*_BY[which.sort], Referral.serial)
    return [one.desc() if which.descending else one.asc() for one in columns]


def _far(session: Session, which: Which, conditions: Sequence[ColumnElement[bool]]) -> NDArray[uint32]:
    """Return the serial numbers of a long list in the order of an index on referrals."""
    import numpy

    ordered = referral_words.ordered(session, (in_scope(session, Referral.practice_id),), _order(which))
    wanted = referral_words.numbers(session, select(Waiting.serial.label("serial")).where(*conditions))
    fits = numpy.zeros(1 + max(int(ordered.max(initial=0)), int(wanted.max(initial=0))), dtype=bool)
    fits[wanted] = True
    return ordered[fits[ordered]]


def _rows(session: Session, step: Step, rule: Rule, numbers: Sequence[int]) -> list[WaitingRow]:
    """Return the rows of some serial numbers, in their order, with what is known of their requests."""
    here = Waiting.step == step, Waiting.serial.in_(numbers)
    joined = select(Waiting.since.label("waits_since"), Waiting.urgent, *_SHOWN)
    found = session.execute(joined.join(Referral, Referral.serial == Waiting.serial).where(*here)).all()
    ids = [one.id for one in found]
    requests = _latest(session, ids)
    asked = _asked(session, ids, step) if step in (Step.INFORMATION, Step.FOLLOW_UP) else {}
    rows: dict[int, WaitingRow] = {}
    for one in found:
        days = one.waits_since, rule.due(one.waits_since, one.urgent)
        rows[one.serial] = _row(cast(Referral, one), requests.get(one.id), step, days, asked.get(one.id, ""))
    return [rows[number] for number in numbers if number in rows]


def _row(
    row: Referral, request: _Request | None, step: Step, days: tuple[date, date], asked: str
) -> WaitingRow:
    status = request.status if request else None
    standing = _standing(request) if request else None
    values = row_values(row, standing)
    owed, undelivered = (standing.information_owed, standing.is_undelivered) if standing else (False, False)
    usual = usual_steps.of(row.state, status, owed, undelivered, standing.visit_on if standing else None)
    return WaitingRow(
        **values, step=step, since=days[0], due=days[1], owner_id=row.owner_id, owner=row.owner,
        next_step=row.next_step or usual, reason=asked or _reason(row, request), follow_up_on=row.follow_up_on,
        status=status,
    )  # fmt: skip


def _standing(request: _Request) -> Standing:
    owed, rests = request.information_owed, request.on_hold
    return Standing(request.status, owed, rests, request.undelivered, request.visit_on)


def _reason(row: Referral, request: _Request | None) -> str:
    if row.returned_at is not None:
        return row.returned_why
    return request.reason if request is not None else ""


def _latest(session: Session, referral_ids: Sequence[str]) -> dict[str, _Request]:
    """Return what is shown of the latest request of each of some referrals."""
    shown = Request.status, Request.information_owed, Request.on_hold, Request.undelivered, Request.visit_on
    columns = Request.referral_id, *shown, Request.reason
    mine = select(*columns).where(Request.referral_id.in_(referral_ids)).order_by(Request.number)
    return {one.referral_id: cast(_Request, one) for one in session.execute(mine)}


def _asked(session: Session, referral_ids: Sequence[str], step: Step) -> dict[str, str]:
    """Return what open tasks of each of some referrals ask for, or are to do by a day where that is followed up."""
    from referral_app.models.work import Task  # the first look of Home asks for no task

    kind = Task.kind == TaskKind.INFORMATION if step is Step.INFORMATION else Task.due.is_not(None)
    about = Task.referral_id.in_(referral_ids), kind, Task.done_at.is_(None)
    said: dict[str, list[str]] = {}
    for referral_id, what in session.execute(
        select(Task.referral_id, Task.what).where(*about).order_by(Task.created)
    ):
        said.setdefault(referral_id, []).append(what)
    return {referral_id: "; ".join(parts) for referral_id, parts in said.items()}
