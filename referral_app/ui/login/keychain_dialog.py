"""Letting this computer's keychain log a person in: what that means, and their passphrase once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.database import StoreProblem
from referral_app.jobs import sessions
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.login import passphrases, sheet
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.scroll import fit

WIDTH = 460
WHAT = (
    "From then on the login page can let you in without your passphrase. Whoever can use this computer’s account can "
    "then work under your name: turn it on only where that is you alone. A locked window still asks for the "
    "passphrase, and so does every other computer."
)


class KeychainDialog(QDialog):
    """Asks for the passphrase; `said` once it is turned on."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make it for the person at work."""
        super().__init__(parent)
        self.setObjectName("keychainDialog")
        self.setWindowTitle("Remember me on this computer")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.passphrase = passphrases.line("keychainPassphrase")
        self._field = Field("Your passphrase", self.passphrase)
        self._keep = buttons.primary("Remember me", "keychainKeep")
        cancel = buttons.outlined("Cancel", "keychainCancel")
        self._keep.clicked.connect(self.accept)
        self._keep.setDefault(True)
        cancel.clicked.connect(self.reject)
        title = labels.title("Remember me on this computer")
        title.setWordWrap(True)
        shown = passphrases.Shown("keychainShow", self.passphrase)
        parts = (title, labels.body(WHAT), self._field, shown)
        self._area = sheet.dialog_area(self, "keychainArea", parts, cancel, self._keep)
        self.passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the words."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
        super().showEvent(event)

    def accept(self) -> None:
        """Turn it on in the background."""
        if not self.passphrase.text():
            self._field.set_error("Enter your passphrase.")
            return
        self._keep.setEnabled(False)
        db, passphrase = self._desk.db, self.passphrase.text()
        self._desk.background.run(
            self, lambda: sessions.remember_here(db, passphrase), self._done, self._refused
        )

    def _done(self, _answer: object) -> None:
        self.said.emit("This computer remembers you")
        super().accept()

    def _refused(self, error: Exception) -> None:
        self._keep.setEnabled(True)
        if not isinstance(error, StoreProblem):
            raise error
        self._field.set_error(str(error))
        self.passphrase.setFocus()
