"""The way to people, texts, audit and backups, for administrators."""

from __future__ import annotations

from PySide6.QtCore import Signal

from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.rows import RowButton

PLACES = (
    ("people", "person", "People", "Who has an account here, and what each may do"),
    ("texts", "edit", "Texts and notices", "What patients read, the paragraphs of letters, your own notices"),
    ("audit", "history", "Audit", "What was done and seen, by whom and when"),
    ("retention", "history", "How long records are kept", "Years, and deleting what has outlived them"),
    ("backups", "lock", "Backups and keys", "Copies of the store, restoring, the recovery key, checks"),
)


class AdministrationCard(Card):
    """A line for each page; `go` carries its key."""

    go = Signal(str)

    def __init__(self) -> None:
        """Make it."""
        super().__init__("For administrators")
        for key, icon, title, detail in PLACES:
            line = RowButton(f"go_{key}Page", key, icon, title, detail)
            line.clicked.connect(self._chosen)
            self.add(line)

    def _chosen(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self.go.emit(pressed.value)
