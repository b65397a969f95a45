"""Finding referrals: lists, queues with counts and ages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission, Readiness, Step
from referral_app.models.referral import Draft, Referral
from referral_app.services import referral_words, standing_rows
from referral_app.services.folding import fold, like
from referral_app.services.permissions import actor, in_scope, needs
from referral_app.services.referral_queues import QUEUES, SENT_ON, SINCE
from referral_app.services.referral_records import Filter, Queue, ReferralRow

if TYPE_CHECKING:
    from pyroaring import BitMap

_ORDER: dict[str, tuple[Any, ...]] = {
    "updated": (Referral.updated,), "patient": (Referral.patient_name,), "surgeon": (Referral.surgeon_name,),
    "state": (Referral.state, Referral.readiness, Referral.updated), "reference": (Referral.reference,),
    "urgency": (Referral.urgency, Referral.updated), "date_of_birth": (Referral.date_of_birth,),
    "created": (Referral.created,), "asked": (Referral.readiness != Readiness.EMERGENCY, Referral.asked_at),
}  # fmt: skip
"""What a list is sorted by, each as it stands in an index; of the few to sign, emergencies first, then the oldest."""

AGED = ("signed", "sent")
"""The queues that wait since another day than that of their last change."""
FEW = 5_000
"""Up to so many referrals are read and sorted; of more, a list is read in the order of an index."""


@needs(Permission.SEE_PATIENTS)
def find(session: Session, wanted: Filter, limit: int = 200, offset: int = 0) -> list[ReferralRow]:
    """Return the referrals that a list shows, in its order."""
    narrow = _few(session, wanted)
    if narrow is None and offset > FEW:
        return _far(session, wanted, limit, offset)
    conditions = _conditions(session, wanted) if narrow is None else narrow
    return _rows(session, conditions, _order(wanted), limit, offset)


@needs(Permission.SEE_PATIENTS)
def count(session: Session, wanted: Filter) -> int:
    """Return how many referrals a list shows."""
    narrow = _few(session, wanted)
    if narrow is None and _words(wanted) and not _bounds(wanted):
        numbers = _by_text(session, wanted)
        if len(numbers) > FEW or actor(session).sees_every_practice:
            return len(numbers)
        narrow = (Referral.serial.in_(list(numbers)), in_scope(session, Referral.practice_id))
    conditions = _conditions(session, wanted) if narrow is None else narrow
    return session.scalar(select(func.count()).select_from(Referral).where(*conditions)) or 0


def _rows(
    session: Session,
    conditions: tuple[ColumnElement[bool], ...],
    order: list[Any],
    limit: int,
    offset: int = 0,
) -> list[ReferralRow]:
    rows = session.scalars(select(Referral).where(*conditions).order_by(*order).limit(limit).offset(offset))
    return standing_rows.rows(session, rows.all())


def _order(wanted: Filter) -> list[Any]:
    """Return what a list is sorted by, in one direction, as an index can be read."""
    columns = (*_ORDER.get(wanted.sort, _ORDER["updated"]), Referral.serial)
    return [one.desc() if wanted.descending else one.asc() for one in columns]


def _far(session: Session, wanted: Filter, limit: int, offset: int) -> list[ReferralRow]:
    """Return a page from far down a long list: the serial numbers come in the order of an index, without their rows."""
    import numpy

    bounds = (in_scope(session, Referral.practice_id), *_bounds(wanted))
    ordered = referral_words.ordered(session, bounds, _order(wanted))
    if _words(wanted):
        fits = numpy.zeros(int(ordered.max(initial=0)) + 1, dtype=bool)
        numbers = numpy.array(_by_text(session, wanted), dtype=numpy.uint32)
        fits[numbers[numbers < len(fits)]] = True
        ordered = ordered[fits[ordered]]
    page = ordered[offset : offset + limit].tolist()
    return _rows(session, (Referral.serial.in_(page),), _order(wanted), limit)


def _few(session: Session, wanted: Filter) -> tuple[ColumnElement[bool], ...] | None:
    """Return conditions that name the referrals of a list one by one, None where it is long.

    Of the two ways to a page, reading what fits and sorting it, or walking along an index until enough fit, each is
    slow where the other is quick, and the database cannot tell which.
    """
    bounds = _bounds(wanted)
    if bounds:
        some = select(Referral.id).where(*bounds).limit(FEW + 1)
        if (session.scalar(select(func.count()).select_from(some.subquery())) or 0) <= FEW:
            return (Referral.id.in_(some), *_conditions(session, wanted))
    if words := _words(wanted):
        if referral_words.are_frequent(session, words):
            return None
        numbers = _by_text(session, wanted)
        if len(numbers) <= FEW:
            return (Referral.serial.in_(list(numbers)), in_scope(session, Referral.practice_id), *bounds)
    return None


def _by_text(session: Session, wanted: Filter) -> BitMap:
    """Return the serial numbers of the referrals that have the words of a filter; many are those in view alone."""
    numbers = referral_words.find(session, _words(wanted))
    if len(numbers) > FEW and not actor(session).sees_every_practice:
        numbers &= referral_words.serials(session, Referral.serial, in_scope(session, Referral.practice_id))
    return numbers


@needs(Permission.SEE_PATIENTS)
def queues(session: Session) -> list[Queue]:
    """Return the queues with their counts, in the order of the work, and with the oldest where a count tells it."""
    own = (Draft.person == actor(session).name) & Draft.referral_id.is_(None)
    mine = in_scope(session, Draft.practice_id) | own
    drafts = session.execute(select(func.count(), func.min(Draft.updated)).where(mine)).one()
    found = [Queue("draft", "Draft", drafts[0], _day(drafts[1]))]
    for key, (label, conditions) in QUEUES.items():
        here = in_scope(session, Referral.practice_id), *conditions
        changed = func.min(SINCE.get(key, Referral.updated))
        number, moment = session.execute(select(func.count(), changed).where(*here)).one()
        found.append(Queue(key, label, number, None if key in AGED else _day(moment)))
    return found


@needs(Permission.SEE_PATIENTS)
def aged(session: Session, found: Sequence[Queue]) -> list[Queue]:
    """Return queues as `queues` counted them, each with its oldest."""
    return [
        replace(one, oldest=_since(session, one.key, one.count)) if one.key in AGED and one.count else one
        for one in found
    ]


def _since(session: Session, key: str, number: int) -> date | None:
    """Return the day from which the oldest of a queue of AGED counts, as its worklist says it.

    What was signed counts from its signature, what was sent from the day on which it went. Of many that were sent,
    the oldest that nobody acknowledged is taken, because it is kept.
    """
    from referral_app.services import waiting_lists  # the first look of Home asks for no age

    if key == "signed":
        return waiting_lists.oldest(session, Step.TO_SEND)
    if number > FEW:
        return waiting_lists.oldest(session, Step.NO_RECEIPT)
    here = in_scope(session, Referral.practice_id), *QUEUES[key][1]
    return session.scalar(select(func.min(SENT_ON)).select_from(Referral).where(*here))


def _day(moment: datetime | None) -> date | None:
    """Return the day of a moment where the office is."""
    return moment.astimezone().date() if moment else None


def _conditions(session: Session, wanted: Filter) -> tuple[ColumnElement[bool], ...]:
    named = (Referral.folded.like(like(word)) for word in _words(wanted))
    return (in_scope(session, Referral.practice_id), *_bounds(wanted), *named)


def _bounds(wanted: Filter) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a filter without its text."""
    parts = list(QUEUES[wanted.queue][1]) if wanted.queue in QUEUES else []
    if wanted.patient_id:
        parts.append(Referral.patient_id == wanted.patient_id)
    if wanted.surgeon_id:
        parts.append(Referral.surgeon_id == wanted.surgeon_id)
    if wanted.ids:
        parts.append(Referral.id.in_(wanted.ids))
    return tuple(parts)


def _words(wanted: Filter) -> list[str]:
    return fold(wanted.text.replace("-", "")).split()
