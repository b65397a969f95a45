"""Begins what a button will ask for as soon as the pointer or the focus reaches it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

AGAIN = 2.0
"""Seconds in which a button that is reached again begins nothing anew."""
_REACHED = (QEvent.Type.Enter, QEvent.Type.FocusIn)


class Ahead(QObject):
    """Watches one button, and calls `begin` when it is reached."""

    def __init__(self, button: QWidget, begin: Callable[[], object], again: float = AGAIN) -> None:
        """Watch from now on, as long as the button lives."""
        super().__init__(button)
        self._begin, self._again, self._latest = begin, again, 0.0
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin, and let the event go on."""
        by_click = isinstance(event, QFocusEvent) and event.reason() is Qt.FocusReason.MouseFocusReason
        if event.type() in _REACHED and not by_click and time.monotonic() - self._latest > self._again:
            self._latest = time.monotonic()
            self._begin()
        return False
