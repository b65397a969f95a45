"""Ending in order when the system asks for it, as it does at logout and shutdown: what was typed is kept first."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Termination(QObject):
    """Calls `end` on the user's thread when the process is asked to terminate.

    Python handles a signal between two of its own steps, and a waiting window takes none; the signal's number therefore
    arrives through a socket that Qt watches.
    """

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        """Begin to listen."""
        super().__init__(parent)
        self._end = end
        self._heard, self._told = socket.socketpair()
        self._heard.setblocking(False)
        self._told.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno())
        signal.signal(signal.SIGTERM, _nothing)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)

    def stop(self) -> None:
        """Listen no more."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._told.close()

    def _arrived(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if signal.SIGTERM in self._heard.recv(64):
                self._end()


def _nothing(*_: object) -> None:
    """Let the socket tell of the signal."""
