"""Which entries of the directory a query means, and in which order: sets of the index, ranked a page at a time.

Who stands first: all words in the name, then words elsewhere in the entry, then words spelled otherwise; among these
who accepts new patients, is nearest and has the shortest wait; then the alphabet. Nobody can buy a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Accepting
from referral_app.models.directory import Favorite
from referral_app.models.surgeon import Surgeon
from referral_app.services import (
    distance,
    index_columns,
    index_reading,
    query_text,
    shortlists,
    spelling,
    wanted_values,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.folding import fold
from referral_app.services.index_columns import Array
from referral_app.services.index_entries import UNKNOWN, value
from referral_app.services.index_reading import FAR, Reading, as_array
from referral_app.services.ranking import Key, window
from referral_app.services.surgeon_records import Query

FEW = 50
"""Where fewer than a page are found as typed, words spelled otherwise are looked for too."""

_MOST_FORGIVEN = 8
"""In longer lists of words no slip is looked for."""

_FEW_NAMES = 128
"""So many names are read outright rather than the column with the beginnings of all."""

_NPI_FROM = 7
"""From so many digits on, a number is looked for among the NPIs."""

NONE: BitMap = BitMap()


@dataclass(frozen=True)
class Spelled:
    """What one typed word may mean: entries with a word of the directory, and how many letters are wrong."""

    word: str
    wrong: int
    entries: BitMap


@dataclass
class Answer:
    """The entries that fit, in groups of falling rank, and how to order each group."""

    reading: Reading
    query: Query
    today: date
    tiers: list[BitMap] = field(default_factory=list[BitMap])
    typed: list[BitMap] = field(default_factory=list[BitMap])
    slips: list[list[Spelled]] = field(default_factory=list[list[Spelled]])
    tenths: Array | None = None

    @property
    def count(self) -> int:
        """How many entries fit."""
        return sum(len(tier) for tier in self.tiers)

    def miles(self, number: int) -> float | None:
        """Return how far away an entry is, None where that is not known or not asked."""
        tenths = FAR if self.tenths is None else int(self.tenths[number])
        return None if tenths == FAR else tenths / 10

    def page(self, limit: int, offset: int) -> list[int]:
        """Return the numbers of the entries at some places of the whole order."""
        found: list[int] = []
        skip, want = offset, limit
        keys = list(self._keys())
        for group in self._groups():
            size = len(group)
            if skip >= size:
                skip -= size
                continue
            numbers = window(as_array(group), keys, self._by_name, skip, skip + want)
            found += numbers.tolist()
            want, skip = want - len(numbers), 0
            if want <= 0:
                break
        return found

    def _groups(self) -> Iterator[BitMap]:
        if self.query.sort != "match":
            yield from self.tiers
            return
        absent = self.reading.absent(self.today) | self.reading.missed(self.today)
        yes = _accepting(self.reading, Accepting.YES) - absent
        unknown = _accepting(self.reading, Accepting.UNKNOWN) - absent
        existing = _accepting(self.reading, Accepting.EXISTING) - absent
        for tier in self.tiers:
            for group in (yes, unknown, existing):
                yield tier & group
            yield tier - yes - unknown - existing

    def _keys(self) -> Iterator[Key]:
        sort, down = self.query.sort, self.query.descending
        if sort in ("match", "distance") and self.tenths is not None:
            yield _key(self.tenths, down and sort == "distance", FAR)
        if sort in ("match", "wait"):
            yield _key(self.reading.column("wait"), down and sort == "wait", UNKNOWN)
        if sort == "surgery":
            yield _key(self.reading.column("surgery"), down, UNKNOWN)
        if sort == "verified":
            column = self.reading.column("verified")
            yield (lambda numbers: column[numbers]) if down else (lambda numbers: ~column[numbers])
        initials = self.reading.column("initials")
        yield (lambda numbers: ~initials[numbers]) if self._backwards else (lambda numbers: initials[numbers])

    def _by_name(self, numbers: Array, first: int, last: int) -> Array:
        """Order entries by their names: by more letters of these, or by the whole where that is less to read."""
        if len(numbers) <= _FEW_NAMES and not self.reading.columns.has("name"):
            return self._by_whole_name(numbers, first, last)
        names = self.reading.column("name")
        key: Key = (lambda some: ~names[some]) if self._backwards else (lambda some: names[some])
        return window(numbers, [key], self._by_whole_name, first, last)

    def _by_whole_name(self, numbers: Array, first: int, last: int) -> Array:
        if self.reading.columns.has("name"):
            labels = self.reading.column("name")[numbers]
            if index_columns.is_whole(int(labels[0])) and (labels == labels[0]).all():
                return np.sort(numbers)[first:last]
        names = self.reading.names(numbers.tolist())
        ordered = sorted(sorted(numbers.tolist()), key=lambda number: names[number], reverse=self._backwards)
        return np.array(ordered, dtype=numbers.dtype)[first:last]

    @property
    def _backwards(self) -> bool:
        return self.query.descending and self.query.sort == "name"


def answer(session: Session, query: Query, today: date) -> Answer:
    """Return what a query means; raises InvalidInput for a ZIP code that is unknown, or while there is no index."""
    reading = index_reading.opened(session)
    query = replace(query, zip=query.zip.strip())
    found = Answer(reading, query, today, tenths=_tenths(reading, query))
    within = reading.shown
    for condition in _conditions(found):
        within = within & condition
    words = typed_words(query.text)
    if not words:
        found.tiers = [within]
        return found
    exact: list[tuple[BitMap, BitMap]] = []
    everywhere = within
    for word in words:
        name, other = _exact(reading, word)
        exact.append((name, other))
        found.typed.append(name | other)
        everywhere = everywhere & found.typed[-1]
        if not everywhere and len(words) > _MOST_FORGIVEN:
            return found  # a whole page of text was pasted
    names = _all(everywhere, [name for name, _ in exact])
    found.tiers = [names, everywhere - names] if query.sort == "match" else [everywhere]
    if len(everywhere) < FEW:
        _add_slips(found, words, within, everywhere)
    return found


def typed_words(text: str) -> list[str]:
    """Return the words to find, each once; a phone number, however it is written, is its three parts."""
    digits = "".join(re.findall(r"\d", text, re.ASCII))
    if re.fullmatch(r"[\d\s().+/-]+", text, re.ASCII) and len(digits) == 11 and digits[0] == "1":
        text = digits[1:]
    return list(dict.fromkeys(fold(text).split()))


def _exact(reading: Reading, word: str) -> tuple[BitMap, BitMap]:
    """Return the entries with a word that begins so in the name, and elsewhere."""
    name, other = reading.beginning(word)
    if word.isascii() and word.isdigit() and len(word) > 5:
        other = other | _with_number(reading, word)
    return name, other


def _with_number(reading: Reading, digits: str) -> BitMap:
    """Return the entries with a phone or fax number, or an NPI, that begins so; seven digits may lack the area code."""
    found = _parts(reading, [digits[:3], digits[3:6], digits[6:]]) if len(digits) <= 10 else NONE
    if len(digits) == 7:
        found = found | _parts(reading, [digits[:3], digits[3:]])
    if _NPI_FROM <= len(digits) <= 10:
        end = digits + ":"
        of = select(Surgeon.number).where(Surgeon.npi >= digits, Surgeon.npi < end)
        found = found | BitMap(reading.session.scalars(of).all())
    return found


def _parts(reading: Reading, parts: list[str]) -> BitMap:
    sets = [reading.beginning(part)[1] for part in parts if part]
    return sets[0].intersection(*sets[1:])


def _all(within: BitMap, sets: list[BitMap]) -> BitMap:
    for one in sorted(sets, key=len):
        within = within & one
    return within


def _add_slips(found: Answer, words: list[str], within: BitMap, everywhere: BitMap) -> None:
    """Add the entries that fit where up to two letters of a word are wrong, fewer wrong ones first."""
    for word in words:
        found.slips.append(found.reading.remember(("slips", word), lambda word=word: _slips(found, word)))
    taken = everywhere
    for most in (1, 2):
        sets = [
            typed.union(*(one.entries for one in slips if one.wrong <= most))
            for typed, slips in zip(found.typed, found.slips, strict=True)
        ]
        tier = _all(within, sets) - taken
        found.tiers.append(tier)
        taken = taken | tier


def _slips(found: Answer, word: str) -> list[Spelled]:
    """Return what a word may mean, and the entries with each of these words."""
    meant = found.reading.words().meant(word) if spelling.slips(word) else []
    having = found.reading.having_each([term for term, _ in meant])
    return [Spelled(term[1:], wrong, having[term]) for term, wrong in meant]


def _accepting(reading: Reading, state: Accepting) -> BitMap:
    return reading.having("f" + value("accepting", str(state)))


def _tenths(reading: Reading, query: Query) -> Array | None:
    if not query.zip:
        return None
    code = distance.number(query.zip)
    if code is None:
        raise InvalidInput({"zip": f"{query.zip} is not a ZIP code of the United States."})
    return reading.tenths(code)


def _conditions(found: Answer) -> Iterator[BitMap]:
    """Yield the entries that each filter lets through."""
    reading, query = found.reading, found.query
    for values in wanted_values.values(reading.session, query):
        yield NONE.union(*(reading.having("f" + one) for one in values))
    if query.accepting:
        yield _accepting(reading, Accepting.YES) - reading.absent(found.today) - reading.missed(found.today)
    if query.favorites_of:
        whose = query.favorites_of
        person = shortlists.person(reading.session) if whose == query_text.MINE else whose
        of = select(Surgeon.number).join(Favorite, Favorite.surgeon_id == Surgeon.id)
        mine = of.where(Favorite.person_id == person)
        yield BitMap(reading.session.scalars(mine).all())
    yield from _measured(found)


def _measured(found: Answer) -> Iterator[BitMap]:
    """Yield the entries that each filter by a number lets through."""
    reading, query, tenths = found.reading, found.query, found.tenths
    if query.age is not None:
        age = query.age
        yield reading.where(
            ("age", age),
            lambda: (reading.column("age_min") <= age) & (reading.column("age_max") >= age),
        )
    if query.max_wait is not None:
        most = min(query.max_wait, UNKNOWN - 1)
        yield reading.where(("wait", most), lambda: reading.column("wait") <= most)
    if query.stale_days is not None:
        before = index_columns.day(max(found.today.toordinal() - query.stale_days, 1))
        yield reading.where(("stale", before), lambda: reading.column("verified") <= before)
    if query.within is not None and tenths is not None:
        most = min(round(query.within * 10), FAR - 1)
        yield reading.where(("within", query.zip[:5], most), lambda: tenths <= most)


def _key(column: Array, down: bool, unknown: int) -> Key:
    """Return a key by a column, the largest first where `down`; what is not known is last either way."""
    if not down:
        return lambda numbers: column[numbers]

    def turned(numbers: Array) -> Array:
        values = column[numbers]
        return np.where(values == unknown, values, values.dtype.type(unknown - 1) - values)

    return turned
