"""Earlier versions of a text beside what is in the editor; one can be put into it again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from referral_app.ui import moments, theme
from referral_app.ui.framed import Framed
from referral_app.ui.texts import difference
from referral_app.ui.texts.shelf import Version
from referral_app.ui.widgets import buttons, labels

SENTENCE = (
    "Choose a version to compare it with what is in the editor. A line that one of the two has alone begins with "
    "Version or Editor."
)
ALIKE = "This version says what is in the editor."


class VersionsDialog(Framed):
    """`wanted(words)` when a version is to be put into the editor; it counts once it is saved."""

    wanted = Signal(str)

    def __init__(self, title: str, versions: Sequence[Version], words: str, parent: QWidget) -> None:
        """Show the versions, the newest first, beside the words in the editor."""
        super().__init__(parent, "textVersions", f"History: {title}", SENTENCE)
        self._versions, self._words = versions, words
        self.list = QListWidget()
        self.list.setObjectName("textVersionList")
        self.list.setAccessibleName("Versions")
        theme.scale(self.list, min_height=140)
        for version in versions:
            self.list.addItem(_named(version))
        self.alike = labels.muted("")
        self.difference = difference.view("textVersionDifference", "What differs")
        self.take_button = buttons.primary("Put into the editor", "takeVersion")
        self.close_button = buttons.outlined("Close", "closeVersions")
        for part in (self.list, self.alike, self.difference):
            self.body.addWidget(part)
        self.lay_out((720, 680), None, self.close_button, self.take_button)
        self.list.currentRowChanged.connect(self._show)
        self.close_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self._take)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self._versions):
            return
        words = self._versions[at].words
        alike = difference.same(words, self._words)
        self.alike.setText(ALIKE if alike else "What differs:")
        self.take_button.setEnabled(not alike)
        self.difference.setPlainText(
            words if alike else difference.said(words, self._words, "Version", "Editor")
        )

    def _take(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._versions):
            self.wanted.emit(self._versions[at].words)
        self.accept()


def _named(version: Version) -> str:
    when = f", {moments.say(version.at)}" if version.at else ""
    number = f"Version {version.number}: " if version.number else ""
    return f"{number}{version.by or 'somebody'}{when}" + (
        "" if version.words.strip() else " (without words of its own)"
    )
