"""Setting up again: what the first run left, each part when it suits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.ui.desk import Desk
from referral_app.ui.login import sheet
from referral_app.ui.login.directory_card import DirectoryCard
from referral_app.ui.recovery_card import RecoveryCard
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.scroll import fit

WIDTH = 680


class SetUpDialog(QDialog):
    """Recovery key, directory and office; `go` carries the page that the person wants next."""

    said = Signal(str)
    go = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make it for an administrator."""
        super().__init__(parent)
        self.setObjectName("setUpDialog")
        self.setWindowTitle("Set up")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.recovery, self.directory = RecoveryCard(desk), DirectoryCard(desk)
        if desk.db.may_store_patients:
            self.recovery.show_confirmed()
        self.recovery.confirmed.connect(self.directory.take_focus)
        self._said = labels.muted("")
        for card in (self.recovery, self.directory):
            card.said.connect(self._said.setText)
            card.said.connect(self.said)
        close = buttons.primary("Close", "closeSetUp")
        close.clicked.connect(self.accept)
        parts = (labels.title("Set up"), self.recovery, self.directory, self._office(), self._said)
        self._area = sheet.dialog_area(self, "setUpArea", parts, close)
        self.directory.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the cards."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
        super().showEvent(event)

    def _office(self) -> Card:
        card = Card("Our office")
        enter = buttons.outlined("Enter our office", "setUpOurOffice", "office")
        enter.clicked.connect(self._go_office)
        card.add(labels.body("Its name, address and phone head every letter and stand on every packet."))
        card.add(row(enter, None))
        return card

    def _go_office(self) -> None:
        self.go.emit("office")
        self.accept()
