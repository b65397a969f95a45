"""The papers that go along with a letter, offered in the detail of a referral."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from referral_app.choices import PaperKind

PAPERS = (PaperKind.RESPONSE_FORM, PaperKind.FAX_COVER, PaperKind.QUESTIONNAIRE, PaperKind.RECORD_COPY)


class PapersMenu(QMenu):
    """One entry for each paper, and one for what left already; `wanted` carries a kind."""

    wanted = Signal(str)
    left_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make the entries."""
        super().__init__(parent)
        self.setObjectName("detailPapersMenu")
        for kind in PAPERS:
            action = self.addAction(kind.label)
            action.setObjectName(f"detailPaper.{kind}")
            action.setData(str(kind))
        self.addSeparator()
        left = self.addAction("Printed and sent…")
        left.setObjectName("detailPapersLeft")
        left.triggered.connect(self.left_wanted)
        self.triggered.connect(self._chosen)

    def _chosen(self, action: QAction) -> None:
        if action.data():
            self.wanted.emit(action.data())
