"""Two people edited one text: what the other saved beside what is in the editor, and which of them is to count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.ui.framed import Framed
from referral_app.ui.texts import difference
from referral_app.ui.widgets import buttons

SENTENCE = (
    "A line that one of the two has alone begins with Saved or Yours. Whatever you choose, every saved version stays "
    "in the history."
)


class TextConflictDialog(Framed):
    """`theirs_taken` or `mine_kept`; closing it decides nothing."""

    theirs_taken = Signal()
    mine_kept = Signal()

    def __init__(self, title: str, theirs: str, mine: str, parent: QWidget) -> None:
        """Show what differs."""
        super().__init__(parent, "textConflict", f"Saved by somebody else: {title}", SENTENCE)
        self.difference = difference.view("textConflictDifference", "What differs")
        self.difference.setPlainText(difference.said(theirs, mine, "Saved", "Yours"))
        self.body.addWidget(self.difference)
        self.on_button = buttons.outlined("Go on editing", "conflictGoOn")
        self.theirs_button = buttons.outlined("Take the saved version", "takeTheirs")
        self.mine_button = buttons.primary("Keep mine, to save it", "keepMine")
        self.lay_out((720, 560), None, self.on_button, self.theirs_button, self.mine_button)
        self.on_button.clicked.connect(self.reject)
        self.theirs_button.clicked.connect(self._take)
        self.mine_button.clicked.connect(self._keep)

    def _take(self) -> None:
        self.theirs_taken.emit()
        self.accept()

    def _keep(self) -> None:
        self.mine_kept.emit()
        self.accept()
