"""Making the whole search index anew from the entries, after an upgrade or where its layout changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from referral_app.models.directory_index import (
    IndexAbsence,
    IndexColumn,
    IndexRow,
    IndexStage,
    IndexState,
    IndexTerm,
)
from referral_app.models.surgeon import Surgeon
from referral_app.services import directory_index, index_staging, index_writing, surgeon_parts
from referral_app.services.directory_index import CHUNK
from referral_app.services.index_entries import entry_of

Progress = Callable[[int, int], None]

_AT_ONCE = 500


def make(session: Session, progress: Progress | None = None) -> None:
    """Make the index of all entries, in one transaction; `progress` is told how many of how many are done."""
    _clear(session)
    of = session.scalar(select(func.count()).select_from(Surgeon)) or 0
    last = session.scalar(select(func.max(Surgeon.number)))
    out_of_view = set(session.scalars(select(IndexStage.first).where(IndexStage.live.is_(False))))
    done = 0
    for first in range(0, -1 if last is None else last + 1, CHUNK):
        staged = index_staging.Staged(first, live=first not in out_of_view)
        for row in _rows(session, first):
            staged.add(row.number, entry_of(surgeon_parts.record(row)))
            done += 1
            if progress and done % _AT_ONCE == 0:
                progress(done, of)
        for part in staged.parts():
            index_staging.put(session, part)
    if progress:
        progress(done, of)


def _clear(session: Session) -> None:
    """Empty the index; numbers are not given again, and words stay: one that nobody has any more finds nobody."""
    last = session.scalar(select(func.max(Surgeon.number)))
    reserved = session.scalar(select(func.max(IndexStage.last)))
    known = session.scalar(select(IndexState.next_number)) or 0
    following = max(known, -1 if last is None else last + 1, -1 if reserved is None else reserved + 1)
    count = directory_index.generation(session)
    for table in (IndexTerm, IndexColumn, IndexRow, IndexAbsence, IndexState):
        session.execute(delete(table))
    session.execute(
        insert(IndexState).values(
            id=1, layout=directory_index.LAYOUT, generation=count, next_number=max(following, 0)
        )
    )
    index_writing.touch(session)


def _rows(session: Session, first: int) -> Iterator[Surgeon]:
    """Yield the entries of a chunk by number, some at a time, and let go of them."""
    for start in range(first, first + CHUNK, _AT_ONCE):
        within = Surgeon.number.between(start, min(start + _AT_ONCE, first + CHUNK) - 1)
        yield from session.scalars(
            select(Surgeon).where(within).order_by(Surgeon.number).options(*surgeon_parts.loading())
        )
        session.expunge_all()
