"""One release of ICD-10-CM, packed: leaf codes and headings with titles, unpacked part by part when they are asked for.

A release of 74,719 leaves takes 8 MB unpacked; codes alone, which the check needs, take under 1 MB and 3 ms.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from referral_app.clinical.code_words import Words, fold

WIDTH = 7
"""Characters of the longest code without its dot."""
PARTS = ("codes", "leaves", "starts", "titles", "words", "word_starts", "postings")
TERM_PARTS = ("term_words", "term_starts", "terms")
_MAGIC = b"ICD10CM1"
_MOST_UNPACKED = 64 << 20


@dataclass(frozen=True)
class Entry:
    """A code as it is written, with its official title; a heading is no leaf and cannot be used alone."""

    code: str
    title: str
    leaf: bool = True


def dotted(plain: str) -> str:
    """Return a code with its dot, "M54.81" from "M5481"."""
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain


def undotted(code: str) -> str:
    """Return a code as it is sorted and compared: capitals without dot and spaces."""
    return re.sub(r"[\s.]", "", code).upper()


@dataclass(eq=False)
class Release:
    """A release by its name and the days on which it holds, first and last one included; `ends` may be open."""

    label: str
    starts: date
    ends: date | None
    packed: dict[str, bytes] = field(repr=False)
    _places: dict[tuple[str, ...], list[int]] = field(
        default_factory=dict[tuple[str, ...], list[int]], repr=False
    )

    @cached_property
    def _codes(self) -> bytes:
        return self._part("codes")

    @cached_property
    def _leaves(self) -> bytes:
        return self._part("leaves")

    @cached_property
    def _starts(self) -> array[int]:
        return numbers(self._part("starts"))

    @cached_property
    def _titles(self) -> bytes:
        return self._part("titles")

    @cached_property
    def words(self) -> Words:
        """The words of the titles, by which codes are found."""
        return self._words("words", "word_starts", "postings")

    @cached_property
    def terms(self) -> Words:
        """Further words of the official list, such as "medication overuse headache"; only the bundled one has them."""
        return self._words(*TERM_PARTS)

    def _words(self, *names: str) -> Words:
        words, starts, postings = (self._part(name) if name in self.packed else b"" for name in names)
        return Words(words.decode().split("\n") if words else [], numbers(starts), postings)

    def _part(self, name: str) -> bytes:
        unpacking = zlib.decompressobj()
        part = unpacking.decompress(self.packed[name], _MOST_UNPACKED)
        if not unpacking.eof:
            raise ValueError(f"The list of diagnosis codes {self.label} is damaged.")
        return part

    def __len__(self) -> int:
        """Return how many codes and headings there are."""
        return len(self._codes) // WIDTH

    @property
    def leaves(self) -> int:
        """How many codes can be used."""
        return self._leaves.count(1)

    def at(self, place: int) -> Entry:
        """Return the entry at a place of the list, which is sorted by code."""
        return Entry(dotted(self._plain(place)), self._title(place), self.leaf_at(place))

    def leaf_at(self, place: int) -> bool:
        """Tell whether the code at a place can be used."""
        return self._leaves[place] == 1

    def entries(self) -> Iterator[Entry]:
        """Yield the whole list in the order of its codes."""
        return map(self.at, range(len(self)))

    def codes(self) -> dict[str, bool]:
        """Return whether each code is a leaf, by the code without dot."""
        listed = self._codes.decode()
        cut = (listed[at : at + WIDTH].rstrip() for at in range(0, len(listed), WIDTH))
        return dict(zip(cut, map(bool, self._leaves), strict=True))

    def find(self, code: str) -> Entry | None:
        """Return a code of the list, with or without its dot, or None."""
        plain = undotted(code)
        place = self.first(plain)
        known = place < len(self) and self._plain(place) == plain
        return self.at(place) if known else None

    def leaf(self, code: str) -> bool | None:
        """Tell whether a code is a leaf (True) or a heading (False), None where it is neither; reads no titles."""
        plain = undotted(code)
        place = self.first(plain)
        return self.leaf_at(place) if place < len(self) and self._plain(place) == plain else None

    def first(self, plain: str) -> int:
        """Return the place of the first code that is not below these letters."""
        wanted, codes = plain[:WIDTH].ljust(WIDTH).encode("ascii", "replace"), self._codes
        return bisect_left(range(len(self)), wanted, key=lambda at: codes[at * WIDTH : (at + 1) * WIDTH])

    def places(self, codes: tuple[str, ...]) -> list[int]:
        """Return the places of those codes that are leaves here, in their order; asked for once, they are kept."""
        if codes not in self._places:
            self._places[codes] = [self.first(undotted(code)) for code in codes if self.leaf(code)]
        return self._places[codes]

    def below(self, beginning: str, limit: int) -> list[int]:
        """Return the places of up to `limit` leaves whose code begins so."""
        plain, found = undotted(beginning), list[int]()
        place = self.first(plain)
        while place < len(self) and len(found) < limit and self._plain(place).startswith(plain):
            if self.leaf_at(place):
                found.append(place)
            place += 1
        return found

    def titled(self, title: str) -> Entry | None:
        """Return the leaf that has exactly this title, or None."""
        wanted, at = title.encode(), self._titles.find(title.encode()) if title else -1
        while at >= 0:
            place = bisect_right(self._starts, at) - 1  # headings without a title begin at the same letter
            if (
                self._starts[place] == at
                and self._starts[place + 1] == at + len(wanted)
                and self.leaf_at(place)
            ):
                return self.at(place)
            at = self._titles.find(wanted, at + 1)
        return None

    def _plain(self, place: int) -> str:
        return self._codes[place * WIDTH : (place + 1) * WIDTH].decode().rstrip()

    def _title(self, place: int) -> str:
        return self._titles[self._starts[place] : self._starts[place + 1]].decode()


def numbers(stored: bytes) -> array[int]:
    """Return what was stored as unsigned numbers of four bytes, lowest first."""
    found = array("I", stored)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def stored(values: Iterable[int]) -> bytes:
    """Return numbers as `numbers` reads them."""
    found = array("I", values)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def pack(
    label: str, starts: date, ends: date | None, entries: Iterable[Entry], terms: dict[str, str] | None = None
) -> bytes:
    """Return a release as `unpack` reads it; `terms` are further words by code, searched after the titles."""
    listed = sorted(entries, key=lambda one: undotted(one.code))
    titles = [one.title.encode() for one in listed]
    parts = {
        "codes": b"".join(undotted(one.code).ljust(WIDTH).encode("ascii") for one in listed),
        "leaves": bytes(one.leaf for one in listed),
        "starts": stored(_ends_of(titles)),
        "titles": b"".join(titles),
        **dict(zip(PARTS[4:], _indexed([one.title if one.leaf else "" for one in listed]), strict=True)),
    }
    if terms:
        further = [terms.get(one.code, "") if one.leaf else "" for one in listed]
        parts |= dict(zip(TERM_PARTS, _indexed(further), strict=True))
    packed = {name: zlib.compress(part, 9) for name, part in parts.items()}
    about = {
        "label": label, "starts": starts.isoformat(), "ends": ends and ends.isoformat(),
        "parts": {name: len(part) for name, part in packed.items()},
    }  # fmt: skip
    return _MAGIC + json.dumps(about).encode() + b"\n" + b"".join(packed.values())


def unpack(content: bytes) -> Release:
    """Return a release; its parts are unpacked later. Raises ValueError for what `pack` did not write."""
    if not content.startswith(_MAGIC):
        raise ValueError("This is no list of diagnosis codes.")
    end = content.index(b"\n")
    about = json.loads(content[len(_MAGIC) : end])
    packed, at = dict[str, bytes](), end + 1
    for name, length in about["parts"].items():
        packed[name] = content[at : at + length]
        at += length
    ends = about["ends"] and date.fromisoformat(about["ends"])
    return Release(about["label"], date.fromisoformat(about["starts"]), ends, packed)


def _ends_of(parts: Iterable[bytes]) -> Iterator[int]:
    at = 0
    yield at
    for part in parts:
        at += len(part)
        yield at


def _indexed(texts: list[str]) -> tuple[bytes, bytes, bytes]:
    """Return the words of texts, sorted, where the places of each begin, and all places."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        for word in set(fold(text)):
            places.setdefault(word, []).append(place)
    words = sorted(places)
    starts, flat = [0], list[int]()
    for word in words:
        flat.extend(places[word])
        starts.append(len(flat))
    return "\n".join(words).encode(), stored(starts), stored(flat)
