"""Filling what the reports count of requests from before an upgrade noted it: a few at a time, none twice.

It is read from the answers that were sent, with the day of sending, by the figures of today. No request and no referral
changes by it: what is counted of them beside is no change that anybody made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from referral_app.clinical.thresholds import Thresholds
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.models.request import Request
from referral_app.services import referral_rows, thresholds
from referral_app.services.request_facts import Facts

_NOTED = ("missing", "headache_index", "index_on")


@dataclass(frozen=True)
class Sent:
    """A request of which nobody noted what was missing: when it was sent, and the answers that were."""

    id: str
    sent_on: date
    intake: Mapping[str, Any]


def count(session: Session) -> int:
    """Return how many requests are to be read."""
    return session.scalar(_of(select(func.count())).select_from(Request)) or 0


def find(session: Session, after: str, limit: int) -> list[Sent]:
    """Return the next requests to be read behind one, "" for the first, by their ids."""
    wanted = _of(select(Request.id, Request.sent_on, ReferralVersion.intake)).where(Request.id > after)
    rows = session.execute(wanted.order_by(Request.id).limit(limit))
    return [Sent(name, sent_on, referral_rows.answers(stored)) for name, sent_on, stored in rows]


def figures(session: Session) -> Thresholds:
    """Return the figures by which it is judged what was missing."""
    return thresholds.for_surgeon(session, None)


def write(session: Session, found: Mapping[str, Facts]) -> None:
    """Write what was read, by the id of its request; what somebody noted meanwhile by sending again stays."""
    table = Request.__table__
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _NOTED}
    new["updated"] = table.c.updated  # nobody changed the request
    wanted = update(table).where(table.c.id == bindparam("of"), table.c.missing.is_(None)).values(new)  # pyright: ignore[reportArgumentType]
    rows = [
        {"of": name, **{f"new_{noted}": getattr(one, noted) for noted in _NOTED}}
        for name, one in found.items()
    ]
    if rows:
        session.connection().execute(wanted, rows)


def _of(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a question about requests, for those with answers of which nothing was noted."""
    sent: ColumnElement[int] = func.coalesce(Referral.sent_number, Referral.number)
    return (
        wanted.join(Referral, Referral.id == Request.referral_id)
        .join(
            ReferralVersion, (ReferralVersion.referral_id == Referral.id) & (ReferralVersion.number == sent)
        )
        .where(Request.missing.is_(None))
    )
