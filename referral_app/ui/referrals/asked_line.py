"""The line over a group in which the surgeon's office asked for something."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import row

ASKED = "Asked for by the surgeon’s office"


class AskedLine(QWidget):
    """Says what was asked for; made only where something was."""

    def __init__(self, group: str, words: str) -> None:
        """Show the words of the task."""
        super().__init__()
        self.setObjectName(f"{group}.asked_for")
        text = labels.strong(f"{ASKED}: {words}")
        text.setWordWrap(True)
        picture = labels.picture("note", 16, "info")
        line = row(picture, text, spacing=8)
        line.setStretch(1, 1)
        line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setAccessibleName(text.text())


def of_group(asked: Mapping[str, str], group: str) -> str:
    """Return what was asked for in a group, "" where nothing was."""
    mine = (words for path, words in asked.items() if path == group or path.startswith(f"{group}."))
    return "; ".join(dict.fromkeys(mine))
