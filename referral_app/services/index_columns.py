"""The columns of the search index: one number for each entry, in blocks, read in when first needed and kept.

Services work on one immutable reading of them (`Columns`), which belongs to one generation of the index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.models.directory_index import IndexColumn
from referral_app.services.index_entries import OLDEST, UNKNOWN, YOUNGEST, Entry

Array = NDArray[Any]

BLOCK = 4096

TYPES: dict[str, tuple[str, int]] = {
    "name": ("<u8", 0),
    "initials": ("<u2", 0),
    "wait": ("<u2", UNKNOWN),
    "surgery": ("<u2", UNKNOWN),
    "verified": ("<u2", 0),
    "age_min": ("<u1", YOUNGEST),
    "age_max": ("<u1", OLDEST),
    "zip": ("<u4", 0),
}
"""Each column with its type and what stands for no entry, in the order of `numbers`."""

NOTHING = tuple(empty for _, empty in TYPES.values())

ANSWERS, DISTANCES = 96, 2
"""How many answers are kept: a set of a million entries takes at most 125 kB."""

MORE = "more"
"""The ZIP codes of further locations: pairs of an entry's place in the block and a ZIP code."""

_FIRST_DAY = 730_119
"""The day before January 1, 2000, as `date.toordinal` counts."""

_LETTERS, _INITIALS = 12, 3
_CODES = bytes(
    b"1"[0] if letter == 32 else b"3456789abcdefghijklmnopqrs"[letter - 97] if 97 <= letter <= 122
    else b"2"[0] if letter < 63 else b"v"[0]
    for letter in range(256)
)  # fmt: skip
"""For each letter its code as a digit of base 32: space, digits alike, a to z, everything else alike."""

_COARSE = re.compile(rb"[2v].*", re.DOTALL)


def label(name: str) -> int:
    """Return a number that sorts as the folded name does: twelve letters, of five bits each.

    Names alike in these have one label; it ends in five zero bits where it tells the whole name.
    """
    codes = name[:_LETTERS].encode("ascii", "replace").translate(_CODES)
    if b"2" in codes or b"v" in codes:  # several letters have such a code: what follows them must not count
        codes = _COARSE.sub(lambda found: found[0][:1] + b"v" * (_LETTERS - found.start() - 1), codes)
    return int(codes.ljust(_LETTERS, b"0"), 32)


def day(ordinal: int) -> int:
    """Return a day number as the column holds it; all days before 2000 are one, 0 is none."""
    return 0 if not ordinal else min(max(ordinal - _FIRST_DAY, 1), UNKNOWN)


def is_whole(of: int) -> bool:
    """Tell whether a label tells the whole name."""
    return not of & 31


def blanks(name: str, blocks: int = 1) -> Array:
    """Return some blocks of a column in which there is no entry yet."""
    kind, empty = TYPES[name]
    return np.full(blocks * BLOCK, empty, dtype=kind)


def from_bytes(name: str, content: bytes | None) -> Array:
    """Return a block of a column to write in; an empty one where none is stored."""
    return blanks(name) if content is None else np.frombuffer(content, dtype=TYPES[name][0]).copy()


def numbers(entry: Entry | None) -> tuple[int, ...]:
    """Return what the columns hold for an entry, or for none."""
    if entry is None:
        return NOTHING
    name = label(entry.name)
    return (
        name, name >> 5 * (_LETTERS - _INITIALS), entry.wait, entry.surgery, day(entry.verified), entry.age_min,
        entry.age_max, entry.zips[0] if entry.zips else 0,
    )  # fmt: skip


def unpacked_more(content: bytes) -> dict[int, list[int]]:
    """Return the further ZIP codes of a block by the place in it."""
    found: dict[int, list[int]] = {}
    for at, code in np.frombuffer(content, dtype="<u4").reshape(-1, 2).tolist():
        found.setdefault(at, []).append(code)
    return found


def packed_more(further: dict[int, list[int]]) -> bytes:
    """Return the further ZIP codes of a block as they are stored."""
    pairs = [(at, code) for at in sorted(further) for code in further[at]]
    return np.array(pairs, dtype="<u4").tobytes()


class Answers:
    """The answers given last, a bounded number of them; threads may share it."""

    def __init__(self, most: int) -> None:
        """Keep at most so many."""
        self._most, self._lock = most, Lock()
        self._kept: dict[Any, Any] = {}

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return the answer to a key, made now where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept[key] = found = self._kept.pop(key)
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return made


@dataclass
class Columns:
    """The columns at one generation; each is read when first asked for, in a transaction of that generation."""

    generation: int
    arrays: dict[str, Array] = field(default_factory=dict[str, Array])
    answers: Answers = field(default_factory=lambda: Answers(ANSWERS))
    """What was worked out at this generation and is asked for again at the next key: sets of entries."""
    distances: Answers = field(default_factory=lambda: Answers(DISTANCES))
    """The miles of every entry from the ZIP codes asked last: 4 MB each for a million."""

    def get(self, session: Session, name: str, size: int) -> Array:
        """Return a column with at least `size` entries."""
        found = self.arrays.get(name)
        if found is None:
            found = self.arrays[name] = _read(session, name)
        return found if len(found) >= size else _longer(found, name, size)

    def has(self, name: str) -> bool:
        """Tell whether a column was read in already."""
        return name in self.arrays

    def more(self, session: Session) -> tuple[Array, Array]:
        """Return the further locations: the numbers of their entries, and their ZIP codes."""
        found = self.arrays.get(MORE)
        if found is None:
            found = self.arrays[MORE] = _read_more(session)
        return found[:, 0], found[:, 1]

    def at(self, session: Session, generation: int) -> Columns:
        """Return the columns at a later generation: only blocks that were written since are read again."""
        newer = Columns(generation)
        written: dict[str, list[int]] = {}
        of = select(IndexColumn.name, IndexColumn.block).where(IndexColumn.generation > self.generation)
        for name, block in session.execute(of):
            written.setdefault(name, []).append(block)
        for name, array in self.arrays.items():
            if name not in written:
                newer.arrays[name] = array
            elif name != MORE and len(written[name]) * BLOCK * 4 <= len(array):
                newer.arrays[name] = _renewed(session, name, array, written[name])
        return newer


def _longer(array: Array, name: str, size: int) -> Array:
    rest = np.full(size - len(array), TYPES[name][1], dtype=array.dtype)
    return np.concatenate([array, rest])


def _read(session: Session, name: str) -> Array:
    rows = session.execute(
        select(IndexColumn.block, IndexColumn.content)
        .where(IndexColumn.name == name)
        .order_by(IndexColumn.block)
    ).all()
    kind, empty = TYPES[name]
    array = np.full((rows[-1][0] + 1) * BLOCK if rows else 0, empty, dtype=kind)
    for block, content in rows:
        array[block * BLOCK : (block + 1) * BLOCK] = np.frombuffer(content, dtype=kind)
    return array


def _read_more(session: Session) -> Array:
    parts: list[Array] = [np.empty((0, 2), dtype=np.uint32)]
    rows = session.execute(
        select(IndexColumn.block, IndexColumn.content)
        .where(IndexColumn.name == MORE)
        .order_by(IndexColumn.block)
    )
    for block, content in rows:
        pairs = np.frombuffer(content, dtype="<u4").reshape(-1, 2).copy()
        pairs[:, 0] += block * BLOCK
        parts.append(pairs)
    return np.concatenate(parts)


def _renewed(session: Session, name: str, array: Array, blocks: Iterable[int]) -> Array:
    kind = TYPES[name][0]
    last = max(blocks)
    fresh = _longer(array, name, (last + 1) * BLOCK) if (last + 1) * BLOCK > len(array) else array.copy()
    for block in blocks:
        content = session.execute(
            select(IndexColumn.content).where(IndexColumn.name == name, IndexColumn.block == block)
        ).scalar_one()
        fresh[block * BLOCK : (block + 1) * BLOCK] = np.frombuffer(content, dtype=kind)
    return fresh
