"""When somebody was last at work, by the wall clock: a timer that counts sleeps while the computer does."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from referral_app.ui.login.form import Clock

TICK = 5.0
"""Seconds between two looks at the clock; the lock is late by no more."""
JUMP = 60.0
"""Seconds by which the clock may run ahead or back between two looks; beyond, the computer slept or was set."""
INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip


class Idle(QObject):
    """Says `due` when nobody was at work for as long as `minutes()` says, at a tick, at any input and at waking up.

    Input is seen at Qt's native windows, which get it first: watching the application would slow every event down.
    """

    due = Signal()

    def __init__(self, minutes: Callable[[], int], now: Clock = time.time) -> None:
        """Begin to count."""
        super().__init__()
        self._minutes, self._now = minutes, now
        self._last = self._looked = now()
        self._timer = QTimer(self, interval=int(TICK * 1000))
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)
            app.applicationStateChanged.connect(self._woke)
        for window in QGuiApplication.topLevelWindows():
            self._follow(window)
        self._timer.start()

    def restart(self) -> None:
        """Count from now on."""
        self._last = self._looked = self._now()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        self.blockSignals(True)

    def look(self) -> bool:
        """Look at the clock; return whether it was too long, after saying so."""
        at = self._now()
        jumped = not -JUMP <= at - self._looked <= JUMP + TICK
        self._looked = at
        if jumped or at - self._last >= 60 * self._minutes():
            self.due.emit()
            return True
        return False

    def touched(self) -> bool:
        """Note that somebody is at work; return True where it was too late, so that what they did is not done."""
        if self.look():
            return True
        self._last = self._looked
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take input as a sign of work."""
        return event.type() in INPUT and self.touched()

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _woke(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()
