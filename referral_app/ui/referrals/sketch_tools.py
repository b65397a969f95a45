"""The tools above the heads: what a hand draws, and taking it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from referral_app.clinical.sketch import INTENSITIES
from referral_app.ui import theme
from referral_app.ui.referrals.flow import FlowLayout
from referral_app.ui.widgets import buttons

TOOLS = ("Starts here", *(f"Spreads, {words}" for words in INTENSITIES.values()))
_ICONS = ("sketch-start", "sketch-mild", "sketch-moderate", "sketch-severe")


class SketchTools(QWidget):
    """A start or a spread in three steps, of which one is chosen; Undo, Redo, Clear and larger heads."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Begin with the start."""
        super().__init__()
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=6)
        self._group = QButtonGroup(self)
        self.tools = [self._tool(number) for number in range(len(TOOLS))]
        self.tools[0].setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self.undo = buttons.outlined("Undo", "pain.sketch.undo")
        self.redo = buttons.outlined("Redo", "pain.sketch.redo")
        self.clear = buttons.outlined("Clear", "pain.sketch.clear")
        self.larger = buttons.outlined("Larger heads", "pain.sketch.larger")
        theme.role(self.larger, "choice")
        self.larger.setCheckable(True)
        column.addLayout(_flow(self.tools))
        column.addLayout(_flow([self.undo, self.redo, self.clear, self.larger]))

    def _tool(self, number: int) -> QPushButton:
        made = buttons.outlined(TOOLS[number], f"pain.sketch.tool{number}", _ICONS[number])
        theme.role(made, "choice")
        made.setCheckable(True)
        self._group.addButton(made, number)
        return made

    def _toggled(self, number: int, on: bool) -> None:
        """Take the tool; assistive technology toggles a button without clicking it."""
        if on:
            self.chosen.emit(number)

    def all(self) -> list[QPushButton]:
        """Return every button, those to draw with first."""
        return [*self.tools, self.undo, self.redo, self.clear, self.larger]


def _flow(some: list[QPushButton]) -> FlowLayout:
    made = FlowLayout(gap=6)
    for button in some:
        made.addWidget(button)
    return made
