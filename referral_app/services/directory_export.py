"""The entries of a search, some at a time, for a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.models.surgeon import Surgeon
from referral_app.services import events, surgeon_parts
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import Query, SurgeonRecord


@needs(Permission.ADMINISTER)
def chosen(session: Session, query: Query, today: date | None = None) -> Sequence[int]:
    """Return the numbers of the entries that fit, best first; raises InvalidInput for a ZIP code that is unknown."""
    from referral_app.services import directory_search  # NumPy is read in when it is needed

    answer = directory_search.answer(session, query, today or date.today())
    return answer.page(answer.count, 0)


@needs(Permission.ADMINISTER)
def numbers_of(session: Session, ids: Sequence[str]) -> list[int]:
    """Return the numbers of some entries, in the order of their names."""
    return list(
        session.scalars(select(Surgeon.number).where(Surgeon.id.in_(ids)).order_by(Surgeon.sort_name))
    )


@needs(Permission.ADMINISTER)
def entries(session: Session, numbers: Sequence[int]) -> list[SurgeonRecord]:
    """Return entries in the order of their numbers; those that are gone by now are left out."""
    wanted = [int(number) for number in numbers]
    rows = session.scalars(
        select(Surgeon).where(Surgeon.number.in_(wanted)).options(*surgeon_parts.loading())
    )
    found = {row.number: surgeon_parts.record(row) for row in rows}
    return [found[number] for number in wanted if number in found]


@needs(Permission.ADMINISTER)
def note(session: Session, count: int, query: Query) -> None:
    """Note that so many entries went into a file, and which search they came from."""
    told = {"words": query.said} if query.said else {}
    events.record(session, AuditAction.EXPORTED, "surgeons", count=count, **told)
