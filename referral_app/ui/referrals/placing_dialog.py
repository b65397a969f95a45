"""Signing with one's own signature: the passphrase that opens it, asked at the moment of signing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from referral_app.clinical.handwriting import Handwriting
from referral_app.jobs import e_signatures
from referral_app.services.errors import InvalidInput
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.passphrase_line import line

SIZE = (460, 360)


class PlacingDialog(Framed):
    """Asks for the passphrase, and hands the opened signature on; a wrong one is said, and counted."""

    def __init__(
        self, desk: Desk, parent: QWidget, name: str, detail: str, act: Callable[[Handwriting], object]
    ) -> None:
        """Make it for who signs in a name; `act` signs."""
        super().__init__(parent, "placingDialog", f"Sign as {name} with your signature?", detail)
        self._desk, self._name, self._act = desk, name, act
        self.passphrase = line("placingPassphrase")
        self.blocks = {"passphrase": Field("Your passphrase", self.passphrase, "It opens your signature.")}
        self.body.addWidget(self.blocks["passphrase"])
        self.sign_button = buttons.primary("Sign now", "placingSign", "signed")
        cancel = buttons.outlined("Cancel", "placingCancel")
        self.sign_button.clicked.connect(self.accept)
        self.sign_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.lay_out(SIZE, None, cancel, self.sign_button)
        self.passphrase.setFocus()

    def accept(self) -> None:
        """Open the signature in the background, then sign; or say what is wrong."""
        if not self.passphrase.text():
            self.say("Enter your passphrase.")
            return
        self.sign_button.setEnabled(False)
        work = partial(e_signatures.opened, self._desk.db, self.passphrase.text(), self._name)
        self._desk.background.run(self, work, self._opened, self._refused)

    def _opened(self, written: Handwriting) -> None:
        super().accept()
        self._act(written)

    def _refused(self, error: Exception) -> None:
        self.sign_button.setEnabled(True)
        if isinstance(error, InvalidInput) and "passphrase" in error.fields:
            self.say(error.fields["passphrase"])
        else:
            self.failed(error)

    def say(self, why: str) -> None:
        """Say beside the one field what is wrong, and let the passphrase be typed again."""
        self.blocks["passphrase"].set_error(why)
        self.passphrase.selectAll()
        fields.go_to(self.passphrase)
