"""The place of the head sketch, which a later version draws."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.referrals.control import Control
from referral_app.ui.widgets import buttons, labels

ON_PAPER = "Sent on paper with this referral"


class SketchControl(Control):
    """A quiet line that says what to do until then."""

    def __init__(self) -> None:
        """Make it; a sketch that came in with an import is kept."""
        super().__init__()
        self._value: Any = None
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=6)
        self.words = labels.muted("The head sketch comes in a later version. Until then send it on paper.")
        column.addWidget(self.words)
        self.paper_button = buttons.outlined("It is sent on paper", "pain.sketch.on_paper", "fax")
        column.addWidget(self.paper_button, 0, Qt.AlignmentFlag.AlignLeft)

    def read(self) -> Any:
        """Return the sketch that came in."""
        return self._value

    def fill(self, value: Any) -> None:
        """Keep the sketch that came in."""
        self._value = value
        here = value is not None
        self.words.setText(
            "A sketch came with this referral; it is kept."
            if here
            else "The head sketch comes in a later version. Until then send it on paper."
        )
        self.paper_button.setVisible(not here)

    def targets(self) -> list[QWidget]:
        """Return the button."""
        return [self.paper_button]

    def call(self, name: str, path: str) -> None:
        """Name the button by the field and its words."""
        self.paper_button.setAccessibleName(f"{name}: {self.paper_button.text()}")
