"""What came of an import or its undo, where there is more to read than a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import TextArea

MOST = 600


class OutcomeDialog(Framed):
    """Sentences to read and to copy; `undone` when what was done is to be undone."""

    undone = Signal()

    def __init__(
        self, title: str, sentence: str, lines: Sequence[str], parent: QWidget, *, undo: bool = False
    ) -> None:
        """Show what was refused or kept, a line each."""
        super().__init__(parent, "outcomeDialog", title, sentence)
        self._lines = list(lines)
        self.text = TextArea("outcomeLines", "What was refused and why", rows=14)
        self.text.setReadOnly(True)
        more = len(self._lines) - MOST
        shown = [*self._lines[:MOST], *([f"… and {more:,} more"] if more > 0 else [])]
        self.text.setPlainText("\n".join(shown))
        self.undo_button = buttons.danger("Undo the import", "outcomeUndo")
        self.undo_button.setVisible(undo)
        copy = buttons.outlined("Copy", "outcomeCopy")
        close = buttons.primary("Close", "outcomeClose")
        copy.clicked.connect(self._copy)
        self.undo_button.clicked.connect(self._undo)
        close.clicked.connect(self.accept)
        self.body.addWidget(self.text)
        self.lay_out((760, 560), self.undo_button, None, copy, close)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._lines))

    def _undo(self) -> None:
        self.undone.emit()
        self.accept()
