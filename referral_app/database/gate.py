"""Letting many transactions run side by side, and none at all while the file itself is exchanged."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Condition


class Gate:
    """Open for all, unless somebody closed it; closing waits until everybody inside has left."""

    def __init__(self) -> None:
        """Begin open."""
        self._changed = Condition()
        self._inside = 0
        self._shut = False

    @contextmanager
    def passing(self) -> Generator[None]:
        """Be inside for the length of the block; waits while the gate is closed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def closed(self) -> Generator[None]:
        """Be alone for the length of the block."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._shut = True
            self._changed.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
