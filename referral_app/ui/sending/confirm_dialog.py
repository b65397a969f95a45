"""The confirmation of an attempt: what the machine or the office said, typed or attached."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.services import sending
from referral_app.services.errors import InvalidInput
from referral_app.services.send_records import AttemptRecord
from referral_app.ui import ask, transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.sending import words
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import LineEdit, TextArea


class Scan(Protocol):
    """A file that was added to the referral, as the window lends it: screens do not import each other."""

    def attachment_id(self) -> str:
        """Return its id, "" where there is none."""
        ...

    def about(self, referral_id: str) -> None:
        """Belong to a referral."""
        ...


MISSING = "A page may be missing there. Ask the office, or record that it came back and send it again."


class ConfirmDialog(Framed):
    """`settled(words)` once it is stored."""

    settled = Signal(str)

    def __init__(
        self, desk: Desk, parent: QWidget, attempt: AttemptRecord, scan: Scan, scan_widget: QWidget
    ) -> None:
        """Ask for one attempt."""
        super().__init__(parent, "confirmDialog", "It arrived", words.title(attempt))
        self._desk, self._attempt, self.scan = desk, attempt, scan
        scan.about(attempt.referral_id)
        self.day, self.said = LineEdit("confirmDay", chars=20), TextArea("confirmWords", rows=2)
        self.day.setText(dates.say(date.today()))
        self.blocks = {
            "words": Field("What the confirmation says", self.said, words.hint(attempt), optional=True),
            "attachment": Field("The confirmation itself", scan_widget, optional=True),
            "on": Field("Day", self.day),
        }
        Echo(self.blocks["on"], dates.read_happened, typed_day.happened_hint())
        for block in self.blocks.values():
            self.body.addWidget(block)
        self.yes = buttons.primary("Record", "confirmYes", "save")
        no = buttons.outlined("Back", "confirmNo")
        self.close_with((560, 0), self.yes, no)

    def accept(self) -> None:
        """Store it, or say what is missing; ask where another number of pages arrived than was sent."""
        self._store(confirmed=False)

    def _store(self, *, confirmed: bool) -> None:
        day = words.read_day(self, self.day)
        if day is None:
            return
        self.yes.setEnabled(False)
        act = partial(
            sending.confirm, attempt_id=self._attempt.id, on=day, words=self.said.toPlainText(),
            attachment_id=self.scan.attachment_id(), confirmed=confirmed,
        )  # fmt: skip
        transaction.write(self._desk, self, act, self._stored, self._refused)

    def _stored(self, _attempt: AttemptRecord) -> None:
        self.settled.emit("Confirmation recorded")
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, InvalidInput) and "pages" in error.fields:
            act = partial(self._store, confirmed=True)
            ask.confirm(self, error.fields["pages"], MISSING, "Record it all the same", act, no="Back")
        else:
            self.failed(error)
