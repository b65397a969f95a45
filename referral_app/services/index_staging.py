"""Making the index of a whole chunk at once, out of view; see `directory_index` for how a large import uses it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyroaring import BitMap
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from referral_app.models.directory_index import (
    IndexAbsence,
    IndexColumn,
    IndexRow,
    IndexStage,
    IndexTerm,
    IndexWord,
)
from referral_app.services import index_columns, index_writing
from referral_app.services.directory_index import CHUNK, WRITTEN
from referral_app.services.index_columns import BLOCK, MORE, TYPES
from referral_app.services.index_entries import SHOWN, Entry, beginnings

_HEAVY = {IndexTerm: "numbers", IndexColumn: "content", IndexRow: "shown"}
"""The column of each table that may be long."""

_PART, _ROW = 400_000, 150
"""The size of a part, and what a row counts beside its content: some 20 ms of writing each."""


@dataclass(frozen=True)
class Part:
    """Some rows of the index, to be written in one short transaction."""

    table: type
    rows: Sequence[dict[str, Any]]


class Staged:
    """The index of one chunk, in memory until it is written part by part."""

    def __init__(self, first: int, *, live: bool = False) -> None:
        """Begin with an empty chunk; `live` shows its entries at once, which only making the index anew does."""
        self._first, self._live = first, live
        self._terms = {kind: defaultdict[str, list[int]](list) for kind in "nofp"}
        self._shown: list[int] = []
        self._places: list[int] = []
        self._numbers: list[tuple[int, ...]] = []
        self._more: dict[int, dict[int, list[int]]] = {}
        self._rows: list[dict[str, Any]] = []
        self._absences: list[dict[str, Any]] = []

    def __len__(self) -> int:
        """Return how many entries it holds."""
        return len(self._rows)

    def add(self, number: int, entry: Entry) -> None:
        """Add an entry; numbers have to rise."""
        names, others, values, private = self._terms.values()
        for word in set(entry.name.split()):
            names[word].append(number)
        for word in entry.words:
            others[word].append(number)
        for value in entry.values:
            values[value].append(number)
        for word in entry.private:
            private[word].append(number)
        if entry.shown:
            self._shown.append(number)
        at = number - self._first
        self._places.append(at)
        self._numbers.append(index_columns.numbers(entry))
        if len(entry.zips) > 1:
            self._more.setdefault(at // BLOCK, {})[at % BLOCK] = list(entry.zips[1:])
        self._rows.append({"number": number, "shown": entry.row})
        self._absences += [{"number": number, "first": first, "last": last} for first, last in entry.absent]

    def parts(self) -> Iterator[Part]:
        """Yield the index in parts, each for a short transaction (`put`)."""
        yield from _parts(IndexRow, self._rows)
        yield from _parts(IndexAbsence, self._absences)
        words = [kind + word for kind in "no" for word in self._terms[kind]]
        yield from _parts(IndexWord, index_writing.word_rows(words))
        yield from _parts(IndexColumn, self._column_rows())
        yield from _parts(IndexTerm, self._term_rows())

    def _term_rows(self) -> list[dict[str, Any]]:
        chunk = self._first // CHUNK
        whole = {
            kind + word: BitMap(numbers)
            for kind, words in self._terms.items()
            for word, numbers in words.items()
        }
        short: dict[str, list[BitMap]] = {}
        for term, numbers in whole.items():
            for beginning in beginnings(term):
                short.setdefault(beginning, []).append(numbers)
        whole |= {term: BitMap.union(*parts) for term, parts in short.items()}
        shown = BitMap(self._shown)
        if shown:
            whole[SHOWN if self._live else waiting(chunk)] = shown
        return [{"term": term, "chunk": chunk, "numbers": packed(whole[term])} for term in sorted(whole)]

    def _column_rows(self) -> Iterator[dict[str, Any]]:
        first = self._first // BLOCK
        places = np.array(self._places, dtype=np.intp)
        for name, values in zip(TYPES, zip(*self._numbers, strict=True), strict=bool(self._numbers)):
            array = index_columns.blanks(name, CHUNK // BLOCK)
            array[places] = np.array(values, dtype=array.dtype)
            for block in range(CHUNK // BLOCK):
                part = array[block * BLOCK : (block + 1) * BLOCK]
                if (part != TYPES[name][1]).any():
                    yield {"name": name, "block": first + block, "generation": 0, "content": part.tobytes()}
        for block, further in self._more.items():
            content = index_columns.packed_more(further)
            yield {"name": MORE, "block": first + block, "generation": 0, "content": content}


def put(session: Session, part: Part) -> None:
    """Write a part of a staged chunk; nobody sees it before `show`."""
    session.info[WRITTEN] = True
    if part.table is IndexWord:
        session.connection().execute(insert(IndexWord).prefix_with("OR IGNORE"), part.rows)
        return
    if part.table is IndexColumn:
        at = index_writing.touch(session)
        rows = [row | {"generation": at} for row in part.rows]
        _insert(session, IndexColumn, rows)
        return
    _insert(session, part.table, part.rows)


def show(session: Session, import_id: str) -> int:
    """Bring the staged entries of an import into view at once, and return how many they are."""
    chunks = _set_live(session, import_id, live=True)
    rows: list[dict[str, Any]] = []
    total = 0
    for chunk in chunks:
        ready = _numbers(session, waiting(chunk), chunk)
        total += len(ready)
        rows.append({"term": SHOWN, "chunk": chunk, "numbers": packed(ready)})
    if rows:
        _insert(session, IndexTerm, rows)
    index_writing.touch(session)
    return total


def hide(session: Session, import_id: str) -> int:
    """Take all entries of an import out of view at once, and return how many they were; `show` brings them back."""
    chunks = _set_live(session, import_id, live=False)
    total = 0
    for chunk in chunks:
        shown = _numbers(session, SHOWN, chunk)
        total += len(shown)
        _store(session, waiting(chunk), chunk, shown)
        _store(session, SHOWN, chunk, BitMap())
    index_writing.touch(session)
    return total


def forget(session: Session, first: int) -> None:
    """Give up a reserved chunk that is out of view, once its entries are deleted; its numbers are not used again."""
    chunk = first // CHUNK
    session.execute(delete(IndexTerm).where(IndexTerm.chunk == chunk))
    blocks = range(first // BLOCK, (first + CHUNK) // BLOCK)
    session.execute(delete(IndexColumn).where(IndexColumn.block.in_(blocks)))
    for table in (IndexRow, IndexAbsence):
        session.execute(delete(table).where(table.number.between(first, first + CHUNK - 1)))
    session.execute(delete(IndexStage).where(IndexStage.first == first))
    index_writing.touch(session)


def waiting(chunk: int) -> str:
    """Return the term under which staged entries of a chunk wait to be shown."""
    return f"w{chunk}"


def _set_live(session: Session, import_id: str, *, live: bool) -> list[int]:
    of = IndexStage.import_id == import_id
    firsts = session.scalars(select(IndexStage.first).where(of, IndexStage.live.is_(not live))).all()
    session.execute(update(IndexStage).where(of).values(live=live))
    return sorted(first // CHUNK for first in firsts)


def _numbers(session: Session, term: str, chunk: int) -> BitMap:
    content = session.scalar(
        select(IndexTerm.numbers).where(IndexTerm.term == term, IndexTerm.chunk == chunk)
    )
    return BitMap.deserialize(content) if content else BitMap()


def _store(session: Session, term: str, chunk: int, numbers: BitMap) -> None:
    if numbers:
        _insert(session, IndexTerm, [{"term": term, "chunk": chunk, "numbers": packed(numbers)}])
    else:
        session.execute(delete(IndexTerm).where(IndexTerm.term == term, IndexTerm.chunk == chunk))


def _insert(session: Session, table: type, rows: Sequence[dict[str, Any]]) -> None:
    session.connection().execute(insert(table).prefix_with("OR REPLACE"), rows)


def packed(numbers: BitMap) -> bytes:
    """Return a bitmap as it is stored, dense ones as runs."""
    numbers.run_optimize()
    return numbers.serialize()


def _parts(table: type, rows: Iterable[dict[str, Any]]) -> Iterator[Part]:
    """Yield rows in parts of bounded number and size."""
    heavy = _HEAVY.get(table)
    some: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        some.append(row)
        size += _ROW + (len(row[heavy]) if heavy else 0)
        if size > _PART:
            yield Part(table, some)
            some, size = [], 0
    if some:
        yield Part(table, some)
