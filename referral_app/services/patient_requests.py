"""What patients asked for and nobody answered yet: copies and corrections, how many are late, and the first day due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.paper import Release
from referral_app.models.privacy import Amendment
from referral_app.services.permissions import in_scope, needs

COPIES, CORRECTIONS = "copies", "corrections"


@dataclass(frozen=True)
class RequestPile:
    """One kind of request: how many are open, how many of them past their day, the oldest, and the first day due."""

    kind: str
    all: int = 0
    late: int = 0
    oldest: date | None = None
    due_on: date | None = None


@needs(Permission.SEE_PATIENTS)
def counts(session: Session, today: date | None = None) -> list[RequestPile]:
    """Return both piles of what is in view; a request is late from the day after its day on."""
    today = today or date.today()
    return [
        _pile(session, COPIES, Release, (Release.given_on.is_(None), Release.refused_why == ""), today),
        _pile(session, CORRECTIONS, Amendment, (Amendment.accepted.is_(None),), today),
    ]


def _pile(
    session: Session, kind: str, table: Any, is_open: tuple[ColumnElement[bool], ...], today: date
) -> RequestPile:
    late = func.count().filter(table.due_on < today)
    asked = select(func.count(), late, func.min(table.asked_on), func.min(table.due_on))
    found = session.execute(asked.where(in_scope(session, table.practice_id), *is_open)).one()
    return RequestPile(kind, found[0], found[1], found[2], found[3])
