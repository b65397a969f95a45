"""Looking for garbage on the user's thread alone.

Python collects cycles on whichever thread happens to reach its threshold. On any but the user's it would take Qt's
objects apart beside the thread they live in: timers that cannot be stopped, and now and then the end of the process.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY = 250
"""Milliseconds between two looks at Python's own counts."""


class Garbage(QObject):
    """Collects what Python's thresholds ask for, between two events; Python itself no longer does."""

    def __init__(self, parent: QObject) -> None:
        """Take over from Python."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_EVERY)

    def _look(self) -> None:
        """Collect the oldest generation that is due, with which the younger ones go."""
        due = [
            at
            for at, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(max(due))
