"""Writing the search index of the directory: in the transaction of each change, or by the chunk for a large import.

One entry, or some thousand at once, in one transaction:

    number = directory_index.next_number(session)            the number of a new entry (`Surgeon.number`)
    directory_index.follow(session, number, None, record)
    directory_index.follow_all(session, [(number, before, after), ...])

These make an `index_writing.Change` of each pair of records and `index_writing.write` them.
`entry_of` (services/index_entries.py) makes from a record what the index holds of it; a job that has the parts at hand
may make an `Entry` itself. `before` has to be what was written last, `after` is None where the entry is deleted; an
archived entry is written with `shown=False`.

A large import, in many short transactions, out of everybody's view until the last:

    first = directory_index.reserve(session, import_id)      CHUNK numbers from `first` on belong to the import
    staged = index_staging.Staged(first)                     kept in memory by the job, at most CHUNK entries
    staged.add(number, entry)                                any numbers of the chunk, rising, gaps are fine
    for part in staged.parts():                              each part is small enough for a short transaction
        with db.begin() as session: index_staging.put(session, part)
    index_staging.show(session, import_id)                   one short statement: all entries of the import are live
    index_staging.hide(session, import_id)                   the way back; `forget` gives up a chunk out of view

`is_staged` tells whether a number belongs to an import that is out of view: services that look entries up by id or
NPI treat such an entry as not there.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from referral_app.models.directory_index import IndexStage, IndexState
from referral_app.models.surgeon import Surgeon
from referral_app.services.surgeon_records import SurgeonRecord

CHUNK = 1 << 16
LAYOUT = 2
"""Raise it, also in migration 0004, when the terms or columns of an entry change; an index of another is made anew."""

WRITTEN = "directory index written"
"""Marks a session that wrote to the index: what it reads is not kept for others before it is committed."""


def is_ready(session: Session) -> bool:
    """Tell whether the index holds what the directory holds; it does not right after an upgrade, until `rebuild`."""
    return session.scalar(select(IndexState.layout)) == LAYOUT


def generation(session: Session) -> int:
    """Return how often the index was written; it changes with every write."""
    return session.scalar(select(IndexState.generation)) or 0


def next_number(session: Session) -> int:
    """Return the number for a new entry and count on."""
    found = _following(session)
    session.execute(update(IndexState).values(next_number=found + 1))
    return found


def reserve(session: Session, import_id: str) -> int:
    """Return the first of CHUNK numbers that no one else is given; their entries are in nobody's view until `show`."""
    first = -(-_following(session) // CHUNK) * CHUNK
    session.execute(update(IndexState).values(next_number=first + CHUNK))
    session.execute(
        insert(IndexStage).values(first=first, last=first + CHUNK - 1, import_id=import_id, live=False)
    )
    return first


def _following(session: Session) -> int:
    """Return the number after the last that was given out; where there is no index yet, the entries tell."""
    found = session.scalar(select(IndexState.next_number))
    if found is not None:
        return found
    last = session.scalar(select(func.max(Surgeon.number)))
    return 0 if last is None else last + 1


def is_staged(session: Session, number: int) -> bool:
    """Tell whether an entry belongs to an import that is out of view."""
    found = session.scalar(
        select(IndexStage.live).where(IndexStage.first <= number, IndexStage.last >= number)
    )
    return found is False


def reserved(session: Session, import_id: str) -> list[int]:
    """Return the first numbers of the chunks that an import reserved."""
    return list(
        session.scalars(
            select(IndexStage.first).where(IndexStage.import_id == import_id).order_by(IndexStage.first)
        )
    )


def follow(session: Session, number: int, before: SurgeonRecord | None, after: SurgeonRecord | None) -> None:
    """Bring the index to what an entry is after a change."""
    follow_all(session, [(number, before, after)])


def follow_all(
    session: Session, changes: Iterable[tuple[int, SurgeonRecord | None, SurgeonRecord | None]]
) -> None:
    """Bring the index to what entries are after changes: their number, what they were and what they are."""
    from referral_app.services import index_writing  # NumPy is read in when it is needed, not at the start
    from referral_app.services.index_entries import entry_of

    index_writing.write(
        session,
        (
            index_writing.Change(number, before and entry_of(before), after and entry_of(after))
            for number, before, after in changes
        ),
    )
