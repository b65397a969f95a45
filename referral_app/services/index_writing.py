"""Writing the search index of the directory for some entries, each row of the index once; see `directory_index`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from referral_app.models.directory_index import (
    IndexAbsence,
    IndexColumn,
    IndexRow,
    IndexState,
    IndexTerm,
    IndexWord,
)
from referral_app.services import index_columns
from referral_app.services.directory_index import CHUNK, WRITTEN, generation, is_ready
from referral_app.services.index_columns import BLOCK, MORE, TYPES
from referral_app.services.index_entries import Entry, all_terms

_SOME = 500
_WORD = re.compile("[no][a-z]{3,}")


@dataclass(frozen=True)
class Change:
    """One entry as the index held it and as it is to hold it; None where there was, or is to be, none."""

    number: int
    before: Entry | None
    after: Entry | None


def write(session: Session, changes: Iterable[Change]) -> None:
    """Bring the index to what the entries are after changes; each row of the index is written once.

    Where the index is not made yet this does nothing: making it reads the entries.
    """
    made = [change for change in changes if change.before != change.after]
    if not made or not is_ready(session):
        return
    at = touch(session)
    _write_terms(session, made)
    _write_columns(session, made, at)
    _write_more(session, made, at)
    _write_rows(session, made)
    add_words(session, {term for one in made if one.after for term in one.after.terms()})


def touch(session: Session) -> int:
    """Count a write, so that nobody goes on with what was read before; return the new generation."""
    session.info[WRITTEN] = True
    session.execute(update(IndexState).values(generation=IndexState.generation + 1))
    return generation(session)


def _replace(session: Session, table: type, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        session.connection().execute(insert(table).prefix_with("OR REPLACE"), rows)


def _write_terms(session: Session, made: Sequence[Change]) -> None:
    gone: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    come: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for change in made:
        before, after = all_terms(change.before), all_terms(change.after)
        for terms, into in ((before - after, gone), (after - before, come)):
            for term in terms:
                into[change.number // CHUNK][term].append(change.number)
    for chunk in gone.keys() | come.keys():
        _write_chunk(session, chunk, gone[chunk], come[chunk])


def _write_chunk(
    session: Session, chunk: int, gone: dict[str, list[int]], come: dict[str, list[int]]
) -> None:
    terms = sorted(gone.keys() | come.keys())
    held: dict[str, BitMap] = {}
    for at in range(0, len(terms), _SOME):
        of = IndexTerm.term.in_(terms[at : at + _SOME])
        rows = session.execute(select(IndexTerm.term, IndexTerm.numbers).where(of, IndexTerm.chunk == chunk))
        held |= {term: BitMap.deserialize(content) for term, content in rows}
    full: list[dict[str, object]] = []
    empty: list[str] = []
    for term in terms:
        numbers = held.get(term, BitMap())
        numbers.difference_update(BitMap(gone.get(term, ())))
        numbers.update(BitMap(come.get(term, ())))
        if numbers:
            full.append({"term": term, "chunk": chunk, "numbers": numbers.serialize()})
        elif term in held:
            empty.append(term)
    _replace(session, IndexTerm, full)
    for at in range(0, len(empty), _SOME):
        of = IndexTerm.term.in_(empty[at : at + _SOME])
        session.execute(delete(IndexTerm).where(of, IndexTerm.chunk == chunk))


def _by_block(made: Sequence[Change]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = defaultdict(list)
    for change in made:
        found[change.number // BLOCK].append(change)
    return found


def _write_columns(session: Session, made: Sequence[Change], at: int) -> None:
    told = [(one.number, index_columns.numbers(one.before), index_columns.numbers(one.after)) for one in made]
    for place, name in enumerate(TYPES):
        changed: dict[int, dict[int, int]] = defaultdict(dict)
        for number, before, after in told:
            if before[place] != after[place]:
                changed[number // BLOCK][number % BLOCK] = after[place]
        rows: list[dict[str, object]] = []
        for block, values in changed.items():
            array = index_columns.from_bytes(name, _content(session, name, block))
            for where, value in values.items():
                array[where] = value
            rows.append({"name": name, "block": block, "generation": at, "content": array.tobytes()})
        _replace(session, IndexColumn, rows)


def _write_more(session: Session, made: Sequence[Change], at: int) -> None:
    told = [one for one in made if _further(one.before) != _further(one.after)]
    for block, changes in _by_block(told).items():
        further = index_columns.unpacked_more(_content(session, MORE, block) or b"")
        for one in changes:
            further.pop(one.number % BLOCK, None)
            if codes := _further(one.after):
                further[one.number % BLOCK] = list(codes)
        content = index_columns.packed_more(further)
        _replace(session, IndexColumn, [{"name": MORE, "block": block, "generation": at, "content": content}])


def _further(entry: Entry | None) -> tuple[int, ...]:
    return entry.zips[1:] if entry else ()


def _content(session: Session, name: str, block: int) -> bytes | None:
    return session.scalar(
        select(IndexColumn.content).where(IndexColumn.name == name, IndexColumn.block == block)
    )


def _write_rows(session: Session, made: Sequence[Change]) -> None:
    numbers = [one.number for one in made]
    for at in range(0, len(numbers), _SOME):
        some = numbers[at : at + _SOME]
        session.execute(delete(IndexRow).where(IndexRow.number.in_(some)))
        session.execute(delete(IndexAbsence).where(IndexAbsence.number.in_(some)))
    rows = [{"number": one.number, "shown": one.after.row} for one in made if one.after]
    absences = [
        {"number": one.number, "first": first, "last": last}
        for one in made
        if one.after
        for first, last in one.after.absent
    ]
    _replace(session, IndexRow, rows)
    _replace(session, IndexAbsence, absences)


def add_words(session: Session, terms: Iterable[str]) -> None:
    """Add words to those among which the one is sought that was meant."""
    if rows := word_rows(terms):
        session.connection().execute(insert(IndexWord).prefix_with("OR IGNORE"), rows)


def word_rows(terms: Iterable[str]) -> list[dict[str, object]]:
    """Return the rows of the terms that are words of letters; numbers and very short words are left out."""
    return [{"term": term} for term in sorted(terms) if _WORD.fullmatch(term)]
