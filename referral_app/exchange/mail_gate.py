"""Canceling a mail under way: the line is cut at once while its last part is not handed over, and never after that.

A server that did not get the end of a message throws it away (RFC 5321 4.1.1.4); one that has it may send it. Where the
whole program closes, its answer is waited for a few seconds more; after that nobody knows what became of the mail.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from types import TracebackType

LOOK_SECONDS = 0.1
"""So often somebody who waits for the server's answer is asked whether they gave up."""
LEAVE_SECONDS = 3.0
"""So long a server that has the whole message may still answer once the program closes: a usual one does by then."""


class Gate:
    """Stands between a mail and its server, as a context: `is_cut` tells that it was canceled in time."""

    def __init__(self, canceled: Callable[[], bool], leaving: Callable[[], bool]) -> None:
        """Ask `canceled` until the message is handed over, and `leaving`, whether the program closes, all the time."""
        self._canceled, self._leaving = canceled, leaving
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
        while not self._over.wait(LOOK_SECONDS) and not self._is_cut:
            if self._is_handed and self._leaving():
                if not self._over.wait(LEAVE_SECONDS):
                    self._hang_up()
                return
            self._look()

    def _look(self) -> None:
        if not (self._canceled() or self._leaving()):
            return
        with self._lock:
            if self._is_handed or self._is_cut:
                return
            self._is_cut = True
        self._hang_up()

    def _hang_up(self) -> None:
        """End the line: whoever waits for an answer stops waiting; the plain shutdown keeps TLS whole."""
        with self._lock:
            if self._line is not None:
                with suppress(OSError):
                    socket.socket.shutdown(self._line, socket.SHUT_RDWR)
