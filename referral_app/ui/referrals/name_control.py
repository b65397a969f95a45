"""A line that knows names: what was typed stands, and the Down arrow completes it to a known one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from referral_app.clinical import drug_names
from referral_app.ui.referrals.text_controls import LineControl

Names = Callable[[], Sequence[str]]

KNOWN: dict[str, Names] = {
    "treatments.name": drug_names.treatment_names,
    "safety.medications.name": drug_names.medication_names,
    "safety.allergies.substance": lambda: drug_names.ALLERGENS,
    "injections.agent": lambda: drug_names.AGENTS,
    "injections.site": lambda: drug_names.SITES,
}
"""The fields of tables that know names, by their path without row numbers."""


class NameControl(LineControl):
    """A line with completions; each further press of the Down arrow shows the next one, Up what was typed."""

    def __init__(self, names: Names) -> None:
        """Make the line for a list of names."""
        super().__init__()
        self._names = names
        self._typed = ""
        self._offered: list[str] = []
        self._at = -1
        self.edit.installEventFilter(self)

    def _edited(self, text: str) -> None:
        if self._at < 0 or text != self._offered[self._at]:
            self._typed, self._at = text, -1
            self._offered = drug_names.completions(text, self._names())
        super()._edited(text)

    def fill(self, value: Any) -> None:
        """Show a name; nothing is offered for what stands there already."""
        super().fill(value)
        self._typed, self._offered, self._at = self.edit.text(), [], -1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the completions with the arrow keys."""
        if event.type() != QEvent.Type.KeyPress or cast(QKeyEvent, event).modifiers() or not self._offered:
            return False
        key = cast(QKeyEvent, event).key()
        if key == Qt.Key.Key_Down and self._at + 1 < len(self._offered):
            self._show(self._at + 1)
            return True
        if key == Qt.Key.Key_Up and self._at >= 0:
            self._show(self._at - 1)
            return True
        return False

    def _show(self, at: int) -> None:
        self._at = at
        self.edit.setText(self._offered[at] if at >= 0 else self._typed)

    def echo(self) -> str:
        """Say what the Down arrow completes to."""
        further = self._offered[self._at + 1 : self._at + 4]
        if not further:
            return ""
        more = len(self._offered) - self._at - 2
        return f"↓ completes: {further[0]}" + (f" (and {more} more)" if more > 0 else "")
