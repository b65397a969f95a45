"""Changing one's passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.database import StoreProblem
from referral_app.database.wrapping import Cost
from referral_app.jobs import people
from referral_app.services.errors import InvalidInput
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.login import passphrases, sheet
from referral_app.ui.login.passphrases import NewPassphrase
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.scroll import fit

WIDTH = 460


class ChangeDialog(QDialog):
    """The passphrase there is, and the new one twice; `said` once it is changed."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, cost: Cost | None = None) -> None:
        """Make it for the person at work."""
        super().__init__(parent)
        self.setObjectName("changePassphraseDialog")
        self.setWindowTitle("Change passphrase")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._cost = desk, cost
        self.old, self.new = passphrases.line("oldPassphrase"), NewPassphrase()
        self.new.know(desk.db.rights.name, desk.db.rights.login)
        self.blocks = {"old": Field("The passphrase you have now", self.old), **self.new.blocks}
        self._keep = buttons.primary("Change passphrase", "keepPassphrase")
        cancel = buttons.outlined("Cancel", "cancelPassphrase")
        self._keep.clicked.connect(self.accept)
        self._keep.setDefault(True)
        cancel.clicked.connect(self.reject)
        parts = (labels.title("Change passphrase"), self.blocks["old"], self.new)
        self._area = sheet.dialog_area(self, "passphraseArea", parts, cancel, self._keep)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the fields."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
        super().showEvent(event)

    def accept(self) -> None:
        """Change it in the background, or say what is wrong."""
        problems = {} if self.old.text() else {"old": "Enter the passphrase you have now."}
        problems |= self.new.problems()
        fields.show_errors(self.blocks, problems)
        if problems:
            self.blocks[next(iter(problems))].widget.setFocus()
            return
        self._keep.setEnabled(False)
        db, old, new, cost = self._desk.db, self.old.text(), self.new.text(), self._cost
        self._desk.background.run(
            self, lambda: people.change_passphrase(db, old, new, cost), self._changed, self._refused
        )

    def _changed(self, _answer: object) -> None:
        self.said.emit("Your passphrase was changed")
        super().accept()

    def _refused(self, error: Exception) -> None:
        self._keep.setEnabled(True)
        if isinstance(error, InvalidInput):
            fields.show_errors(self.blocks, {"passphrase": " ".join(error.fields.values())})
        elif isinstance(error, StoreProblem):
            fields.show_errors(
                self.blocks, {"old": "This is not the passphrase you have now. Nothing was changed."}
            )
            self.old.setFocus()
        else:
            raise error
