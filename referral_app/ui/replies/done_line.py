"""A line in which somebody says how a task was done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.inputs import LineEdit


class DoneLine(QWidget):
    """`done(how)` once there are words."""

    done = Signal(str)

    def __init__(self, name: str, says: str) -> None:
        """Make it empty; `says` is its accessible name."""
        super().__init__()
        self.edit = LineEdit(f"{name}How", says)
        self.edit.setPlaceholderText("How it was done")
        self.button = buttons.outlined("Done", name, "ok")
        self.button.setAccessibleName(says.replace("How it was done", "Done"))
        line = row(self.edit, self.button, spacing=8)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.button.clicked.connect(self._say)
        self.edit.returnPressed.connect(self._say)

    def _say(self) -> None:
        if words := self.edit.text().strip():
            self.done.emit(words)
        else:
            self.edit.setFocus()
