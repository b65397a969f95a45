"""Building a long page bit by bit, so that no key and no paint waits for all of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

Act = Callable[[], object]
BREATH = 3
"""Milliseconds between two things, in which keys, paints and timers have their turn."""


class Chores(QObject):
    """Does one thing whenever nothing else waits; what a thing adds comes right after it."""

    done = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with nothing to do."""
        super().__init__(parent)
        self._waiting: deque[Act] = deque()
        self._added: list[Act] | None = None
        self._timer = QTimer(self, interval=BREATH, singleShot=True)
        self._timer.timeout.connect(self._one)

    def add(self, *acts: Act) -> None:
        """Do these later, in their order."""
        if self._added is not None:
            self._added.extend(acts)
            return
        self._waiting.extend(acts)
        if self._waiting:
            self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether something waits to be done."""
        return bool(self._waiting)

    def begin(self) -> None:
        """Do the first thing now, so that there is something to see and to put the focus into."""
        if self._waiting:
            self._one()

    def finish(self) -> None:
        """Do everything that waits now, and let Qt show what was made: it does that with the next events."""
        if not self._waiting:
            return
        while self._waiting:
            self._one()
        QCoreApplication.sendPostedEvents()

    def drop(self) -> None:
        """Do nothing of what waits."""
        self._waiting.clear()
        self._timer.stop()

    def _one(self) -> None:
        act, self._added = self._waiting.popleft(), []
        try:
            act()
        finally:
            self._waiting.extendleft(reversed(self._added))
            self._added = None
        # Lay out before the next paint, or the page is seen squeezed into its old height for a moment.
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.LayoutRequest))  # type: ignore[arg-type]
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()
            self.done.emit()
