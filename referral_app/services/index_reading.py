"""Reading the search index in one transaction: the sets of entries under a term, and the columns.

What was read is kept between transactions in `session.info["kept"]`, which the store drops when it is locked; it
belongs to one generation of the index, so that nobody is shown what is not so any more. A session that wrote to the
index keeps what it reads to itself.
"""

from __future__ import annotations

import array
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pyroaring import BitMap
from sqlalchemy import CompoundSelect, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.directory_index import IndexAbsence, IndexRow, IndexState, IndexTerm
from referral_app.models.surgeon import Surgeon
from referral_app.services import distance, spelling
from referral_app.services.directory_index import CHUNK, LAYOUT, WRITTEN
from referral_app.services.errors import InvalidInput
from referral_app.services.index_columns import Array, Columns
from referral_app.services.index_entries import PREFIX, SHOWN, UNKNOWN, read_rows
from referral_app.services.permissions import actor
from referral_app.services.spelling import Words
from referral_app.services.surgeon_rows import SurgeonRow

NOT_READY = "The directory is being made ready for searching. Try again in a moment."

FAR = 200_000
"""Tenths of a mile, farther than anything on Earth: a distance that is not known."""


def _given(name: str) -> Select[tuple[Any]]:
    """Return the values of a list that is handed over as one JSON text, so that the statement is written once."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


_STATE = select(IndexState.layout, IndexState.generation, IndexState.next_number)
_IN_CHUNKS = IndexTerm.chunk.in_(_given("chunks"))
_OF_TERMS = select(IndexTerm.term, IndexTerm.numbers).where(_IN_CHUNKS, IndexTerm.term.in_(_given("terms")))


def _of_beginnings(kinds: str) -> CompoundSelect[int, bytes]:
    """Return the entries with words between two, of each kind; the first are those of names."""
    return union_all(
        *(
            select(literal(min(at, 1), literal_execute=True), IndexTerm.numbers).where(
                _IN_CHUNKS, IndexTerm.term >= bindparam(kind), IndexTerm.term < bindparam(kind + kind)
            )
            for at, kind in enumerate(kinds)
        )
    )


_PUBLIC, _ALL = "no", "nop"
_OF_BEGINNINGS = {kinds: _of_beginnings(kinds) for kinds in (_PUBLIC, _ALL)}
_CHUNKS_SHOWN = select(IndexTerm.chunk, IndexTerm.numbers).where(_IN_CHUNKS, IndexTerm.term == SHOWN)
_ROWS = select(IndexRow.number, IndexRow.shown).where(IndexRow.number.in_(_given("numbers")))
_NAMES = select(Surgeon.number, Surgeon.folded_name).where(Surgeon.number.in_(_given("numbers")))
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Reading:
    """The index as one transaction sees it; `chunks` are those in which entries are shown.

    `kinds` are the kinds of words that the person who acts may ask for: those of private notes are not everybody's.
    """

    session: Session
    columns: Columns
    chunks: list[int]
    shown: BitMap
    kinds: str = _PUBLIC

    def remember(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return the answer to a key at this generation."""
        return self.columns.answers.get(key, make)

    def having(self, term: str) -> BitMap:
        """Return the entries with a term."""
        return self.remember(term, lambda: self.having_each([term])[term])

    def having_each(self, terms: Sequence[str]) -> dict[str, BitMap]:
        """Return the entries with each of several terms, in one statement."""
        rows = _asked(self.session, _OF_TERMS, chunks=self.chunks, terms=terms)
        parts: dict[str, list[BitMap]] = {term: [] for term in terms}
        for term, content in rows:
            parts[term].append(BitMap.deserialize(content))
        return {term: union(some) for term, some in parts.items()}

    def beginning(self, word: str) -> tuple[BitMap, BitMap]:
        """Return the entries with a word of the name that begins so, and those with such a word elsewhere."""
        return self.remember(("beginning", self.kinds, word), lambda: self._beginning(word))

    def _beginning(self, word: str) -> tuple[BitMap, BitMap]:
        if len(word) <= PREFIX:
            names, *others = self.having_each([kind.upper() + word for kind in self.kinds]).values()
            return names, union(others)
        spans: dict[str, str] = {}
        for kind in self.kinds:
            spans |= {kind: kind + word, kind + kind: kind + word + _AFTER_ALL}
        parts: dict[int, list[BitMap]] = {0: [], 1: []}
        for kind, content in _asked(self.session, _OF_BEGINNINGS[self.kinds], chunks=self.chunks, **spans):
            parts[kind].append(BitMap.deserialize(content))
        return union(parts[0]), union(parts[1])

    def column(self, name: str) -> Array:
        """Return a column for all entries that are shown."""
        return self.columns.get(self.session, name, self.size)

    @property
    def size(self) -> int:
        """One more than the highest number of an entry that is shown."""
        return int(self.shown.max()) + 1 if self.shown else 0

    def where(self, key: Any, test: Callable[[], Array]) -> BitMap:
        """Return the entries for which a test of columns holds."""
        return self.remember(key, lambda: as_set(np.flatnonzero(test())))

    def tenths(self, zip_code: int) -> Array:
        """Return the tenths of a mile from a ZIP code to each entry's nearest location, FAR where that is not known."""
        return self.columns.distances.get(zip_code, lambda: self._nearest(zip_code))

    def absent(self, day: date) -> BitMap:
        """Return the entries that take nobody on a day although they may say that they do."""
        at = day.toordinal()
        of = select(IndexAbsence.number).where(IndexAbsence.first <= at, IndexAbsence.last >= at)
        return self.remember(("absent", at), lambda: BitMap(self.session.scalars(of).all()))

    def missed(self, day: date) -> BitMap:
        """Return the entries whose next visit would fall into an absence to come, though they take people on a day."""
        return self.remember(("missed", day.toordinal()), lambda: self._missed(day.toordinal()))

    def _missed(self, at: int) -> BitMap:
        of = select(IndexAbsence.number, IndexAbsence.first, IndexAbsence.last).where(IndexAbsence.first > at)
        rows = [tuple(row) for row in self.session.execute(of) if row.number < self.size]
        numbers, first, last = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        wait = self.column("wait")[numbers].astype(np.int64)
        found = (wait != UNKNOWN) & (first <= at + wait) & (at + wait <= last)
        return as_set(np.unique(numbers[found]))

    def words(self) -> Words:
        """Return the words of the directory, among which the one is sought that was meant."""
        if self.session.info.get(WRITTEN):
            return spelling.read(self.session, None)
        kept = _kept(self.session)
        kept["words"] = found = spelling.read(self.session, kept.get("words"))
        return found

    def rows(self, numbers: Sequence[int]) -> list[SurgeonRow]:
        """Return what a list shows of entries, in the order given."""
        found: dict[int, str] = dict(_asked(self.session, _ROWS, numbers=numbers))
        return read_rows([found[number] for number in numbers])

    def names(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the whole folded names of entries, for those that a shorter form does not tell apart."""
        return dict(_asked(self.session, _NAMES, numbers=numbers))

    def _nearest(self, zip_code: int) -> Array:
        miles = distance.miles_from(zip_code)
        tenths = np.where(np.isinf(miles), FAR, np.round(miles * 10)).astype(np.uint32)
        nearest = tenths[self.column("zip")]
        numbers, codes = self.columns.more(self.session)
        there = numbers < len(nearest)
        np.minimum.at(nearest, numbers[there], tenths[codes[there]])
        return nearest


def opened(session: Session) -> Reading:
    """Return the index as this transaction sees it; raises InvalidInput while it is not made yet."""
    state = _asked(session, _STATE)
    if not state or state[0][0] != LAYOUT:
        raise InvalidInput({"": NOT_READY})
    _, generation, following = state[0]
    columns = _columns(session, generation)
    chunks, shown = columns.answers.get(
        ("shown",), lambda: _shown(session, list(range(-(-following // CHUNK))))
    )
    kinds = _ALL if actor(session).may(Permission.CHANGE_DIRECTORY) else _PUBLIC
    return Reading(session, columns, chunks, shown, kinds)


def _asked(session: Session, statement: Any, **values: Sequence[Any] | str) -> Sequence[Any]:
    """Return all rows of a statement, past the part of the session that makes objects of rows; lists go as JSON."""
    given = {name: one if isinstance(one, str) else json.dumps(one) for name, one in values.items()}
    return session.connection().execute(statement, given).all()


def union(sets: Sequence[BitMap]) -> BitMap:
    """Return all entries of some sets, of which there may be none."""
    return BitMap.union(*sets) if sets else BitMap()


def as_set(numbers: Array) -> BitMap:
    """Return an array of numbers as a set; from an array of Python's it is six times as fast."""
    return BitMap(array.array("I", numbers.astype(np.uint32).tobytes()))


def as_array(numbers: BitMap) -> Array:
    """Return a set as an array of rising numbers."""
    return np.frombuffer(numbers.to_array(), dtype=np.uint32)


def _shown(session: Session, chunks: list[int]) -> tuple[list[int], BitMap]:
    rows = _asked(session, _CHUNKS_SHOWN, chunks=chunks)
    parts = [BitMap.deserialize(content) for _, content in rows]
    return sorted(chunk for chunk, _ in rows), union(parts)


def _kept(session: Session) -> dict[str, Any]:
    return session.info.setdefault("kept", {})


def _columns(session: Session, generation: int) -> Columns:
    """Return the columns at the generation of this transaction, going on from those kept."""
    writing = bool(session.info.get(WRITTEN))
    kept: dict[str, Any] = session.info.setdefault("own index", {}) if writing else _kept(session)
    found: Columns | None = kept.get("columns")
    if found is not None and found.generation == generation:
        return found
    fresh = Columns(generation)
    if found is not None and found.generation < generation:
        fresh = found.at(session, generation)
    if writing or found is None or found.generation < generation:
        kept["columns"] = fresh
    return fresh
