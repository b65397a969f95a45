"""Where the focus goes when a dialog closes: back to where it was opened from."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class FocusBack(QObject):
    """Remembers what had the focus when a dialog was opened, and gives it back when the dialog is done."""

    def __init__(self, dialog: QDialog, otherwise: QWidget | None = None) -> None:
        """Follow a dialog; `otherwise` takes the focus where what had it is gone or cannot take it any more."""
        super().__init__(dialog)
        self._was, self._otherwise = QApplication.focusWidget(), otherwise
        dialog.finished.connect(self._give)

    def _give(self) -> None:
        for widget in (self._was, self._otherwise):
            if widget is not None and shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled():
                widget.window().activateWindow()
                widget.setFocus()
                return
