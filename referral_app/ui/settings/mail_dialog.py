"""Setting up the mail server: host, port, the address mail comes from, login and password."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.services import mail_server
from referral_app.services.mail_server import PORT, MailServerRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, passphrase_line
from referral_app.ui.widgets.inputs import LineEdit, NumberBox

KEPT = "Left empty, the password that is stored stays. It lies in the encrypted store."
NEW = "It lies in the encrypted store and is never shown."


class MailDialog(Framed):
    """`saved(record)` once it is stored."""

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, record: MailServerRecord | None) -> None:
        """Show what is stored, but for the password."""
        sentence = "Only servers that encrypt the connection (STARTTLS) are used."
        super().__init__(parent, "mailDialog", "Mail server", sentence)
        self._desk, self._known = desk, record is not None and record.has_password
        shown = record or MailServerRecord()
        self.host, self.port = LineEdit("mailHost", chars=36), NumberBox("mailPort", 1, 65535)
        self.address, self.login = LineEdit("mailSender", chars=36), LineEdit("mailLogin", chars=28)
        self.password = passphrase_line.line("mailPassword", chars=28)
        self.blocks = {
            "host": Field("Server", self.host, "Such as mail.example.org"),
            "port": Field("Port", self.port, f"Usual is {PORT}"),
            "sender": Field("Mail comes from", self.address, "The address of your office"),
            "login": Field("Login", self.login, optional=True),
            "password": Field("Password", self.password, KEPT if self._known else NEW, optional=True),
        }
        self.host.setText(shown.host)
        self.port.setValue(shown.port)
        self.address.setText(shown.sender)
        self.login.setText(shown.login)
        for block in self.blocks.values():
            self.body.addWidget(block)
        self.save_button = buttons.primary("Save", "mailSave", "save")
        no = buttons.outlined("Cancel", "mailCancel")
        self.close_with((520, 600), self.save_button, no)

    def accept(self) -> None:
        """Store it, or say what is wrong."""
        typed = self.password.text()
        record = MailServerRecord(
            self.host.text().strip(),
            self.port.value(),
            self.address.text().strip(),
            self.login.text().strip(),
        )
        password = None if self._known and not typed and record.login else typed
        self.save_button.setEnabled(False)
        act = partial(mail_server.save, record=record, password=password)
        transaction.write(self._desk, self, act, self._saved, self._refused)

    def _saved(self, record: MailServerRecord) -> None:
        self.password.clear()
        self.saved.emit(record)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.failed(error)
