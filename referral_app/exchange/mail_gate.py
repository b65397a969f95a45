"""Canceling a mail under way: the line is cut at once while its last part is not handed over, and never after that.

A server that did not get the end of a message throws it away (RFC 5321 4.1.1.4); one that has it may send it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from types import TracebackType

LOOK_SECONDS = 0.1
"""So often somebody who waits for the server's answer is asked whether they gave up."""


class Gate:
    """Stands between a mail and its server, as a context: `is_cut` tells that it was canceled in time."""

    def __init__(self, canceled: Callable[[], bool]) -> None:
        """Ask `canceled` until the message is handed over."""
        self._canceled = canceled
        self._lock, self._over = Lock(), Event()
        self._line: socket.socket | None = None
        self._is_handed = self._is_cut = False
        self._thread = Thread(target=self._watch, name="mail-gate", daemon=True)

    def __enter__(self) -> Gate:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def follow(self, line: socket.socket | None) -> None:
        """Take the line that is in use now: it is another one once it is encrypted."""
        with self._lock:
            self._line = line

    @property
    def is_cut(self) -> bool:
        """Whether it was canceled before the message was handed over; asked anew."""
        self._look()
        return self._is_cut

    def pass_on(self) -> bool:
        """Let the last part pass, and tell whether it may: from then on nothing cancels it."""
        self._look()
        with self._lock:
            self._is_handed = not self._is_cut
            return self._is_handed

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS) and not (self._is_cut or self._is_handed):
            self._look()

    def _look(self) -> None:
        if not self._canceled():
            return
        with self._lock:
            if self._is_handed or self._is_cut:
                return
            self._is_cut = True
            if (
                self._line is not None
            ):  # whoever waits for an answer stops waiting; the plain shutdown keeps TLS whole
                with suppress(OSError):
                    socket.socket.shutdown(self._line, socket.SHUT_RDWR)
