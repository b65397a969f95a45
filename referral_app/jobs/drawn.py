"""Documents that were drawn a moment ago, or ahead of the click: the same record is never drawn twice.

A document depends on its record alone (same record, same bytes), so that nothing here can be out of date. They lie in
memory, where the store keeps what goes with a lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, cast

from referral_app.database import Database

MOST = 8
"""How many documents are kept: those that somebody goes back and forth between."""
LARGEST = 4_000_000
"""Bytes of a document that is too large to be kept."""


@dataclass(eq=False)
class _One:
    kind: str
    record: Any
    content: bytes | None = None
    lock: Lock = field(default_factory=Lock)


class _Kept:
    """The documents, the latest last."""

    def __init__(self) -> None:
        self._all: list[_One] = []
        self._lock = Lock()

    def take(self, kind: str, record: Any) -> _One:
        """Return the place of a document, where it is or will be."""
        with self._lock:
            found = next((one for one in self._all if one.kind == kind and one.record == record), None)
            if found is None:
                found = _One(kind, record)
            else:
                self._all.remove(found)
            self._all = [*self._all[1 - MOST :], found]
            return found

    def drop(self, one: _One) -> None:
        """Keep a document no longer."""
        with self._lock:
            self._all = [other for other in self._all if other is not one]


def once(db: Database, kind: str, record: Any, draw: Callable[[Any], bytes]) -> bytes:
    """Return what `draw` makes of a record, drawn now unless it was before; raises as `draw` does.

    Whoever asks while another thread draws it waits for that one.
    """
    kept = _kept(db)
    one = kept.take(kind, record)
    with one.lock:
        if one.content is None:
            try:
                one.content = draw(record)
            except BaseException:
                kept.drop(one)
                raise
        if len(one.content) > LARGEST:
            kept.drop(one)
        return one.content


def _kept(db: Database) -> _Kept:
    with db.read() as session:
        return cast(_Kept, session.info["kept"].setdefault("drawn", _Kept()))
