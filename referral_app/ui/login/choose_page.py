"""Choosing a passphrase of one's own, which has to be done before anything opens."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.services.errors import InvalidInput
from referral_app.ui import fields, theme
from referral_app.ui.login import sheet
from referral_app.ui.login.passphrases import NewPassphrase
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row

WHY = (
    "The one-time code has done its work. From now on only this passphrase lets you in; nobody else knows it."
)


class ChoosePage(QWidget):
    """`chosen` carries the passphrase, `left` that it was given up."""

    chosen = Signal(str)
    left = Signal()
    help_topic = "login"

    def __init__(self) -> None:
        """Make it."""
        super().__init__()
        self.setObjectName("choosePage")
        self.passphrase = NewPassphrase()
        self._keep = buttons.primary("Keep this passphrase", "choosePassphrase")
        leave = buttons.outlined("Back", "leaveChoosing")
        self._keep.clicked.connect(self._choose)
        leave.clicked.connect(self.left)
        card = Card("Choose your passphrase")
        theme.scale(card.column, spacing=14)
        for part in (labels.body(WHY), self.passphrase, row(leave, None, self._keep)):
            card.add(part)
        self.passphrase.first.returnPressed.connect(self.passphrase.second.setFocus)
        self.passphrase.second.returnPressed.connect(self._choose)
        sheet.lay_out(self, "chooseScroll", card)

    def begin(self, *known: str) -> None:
        """Wait for the passphrase of somebody with this name and login."""
        self.passphrase.know(*known)
        self.passphrase.clear()
        self._keep.setEnabled(True)
        self.passphrase.first.setFocus()

    def refuse(self, error: Exception) -> None:
        """Say why it was not taken."""
        self._keep.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self.passphrase.blocks["passphrase"].set_error(" ".join(error.fields.values()))

    def _choose(self) -> None:
        problems = self.passphrase.problems()
        fields.show_errors(self.passphrase.blocks, problems)
        if problems:
            (self.passphrase.second if "again" in problems else self.passphrase.first).setFocus()
            return
        self._keep.setEnabled(False)
        self.chosen.emit(self.passphrase.text())
