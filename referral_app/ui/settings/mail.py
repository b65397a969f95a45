"""The office's mail server under Settings, for administrators: which it is, and a test message."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from referral_app.choices import Permission
from referral_app.jobs import sending as job
from referral_app.services import mail_server
from referral_app.services.errors import InvalidInput
from referral_app.services.mail_server import MailServerRecord
from referral_app.ui import ask, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.settings.mail_dialog import MailDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.flow import Flow

WORDS = (
    "Referrals go by mail only as an encrypted PDF, through your own server and over an encrypted connection. Ask "
    "whoever looks after your mail for these settings."
)
NONE = "No mail server is set up. Nothing goes out by mail."


class MailCard(Card):
    """Shows the server without its password."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__("Mail server")
        self._desk = desk
        self._record: MailServerRecord | None = None
        self.state = labels.body(NONE)
        self.edit_button = buttons.outlined("Set up…", "mailEdit", "mail")
        self.test_button = buttons.outlined("Send a test message", "mailTest", "send")
        self.forget_button = buttons.danger("Forget…", "mailForget")
        self.edit_button.clicked.connect(self._edit)
        self.test_button.clicked.connect(self.test)
        self.forget_button.clicked.connect(self._ask_forget)
        flow = Flow(8)
        for button in (self.edit_button, self.test_button, self.forget_button):
            flow.add(button)
        for part in (labels.muted(WORDS), self.state, flow):
            self.add(part)

    def reload(self) -> None:
        """Read the settings, for those who may."""
        if self._desk.may(Permission.ADMINISTER):
            transaction.read(self._desk, self, mail_server.get, self.show_server)

    def show_server(self, record: MailServerRecord | None) -> None:
        """Show a server, None where there is none."""
        self._record = record
        login = f", login {record.login}" if record and record.login else ""
        self.state.setText(
            f"{record.host}, port {record.port}, from {record.sender}{login}" if record else NONE
        )
        self.edit_button.setText("Change…" if record else "Set up…")
        for button in (self.test_button, self.forget_button):
            button.setVisible(record is not None)

    def test(self) -> None:
        """Send a message to the office itself, and say what came of it."""
        self.test_button.setEnabled(False)
        self.test_button.setText("Sending…")
        act = partial(job.try_mail, self._desk.db, self._desk.background.is_closing)
        self._desk.background.run(self, act, self._tested, self._not_tested)

    def _tested(self, to: str) -> None:
        self._ready()
        ask.tell(self, f"The mail server took a test message to {to}.", "Look whether it arrives.")

    def _not_tested(self, error: Exception) -> None:
        self._ready()
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, " ".join(error.fields.values()), warning=True)

    def _ready(self) -> None:
        self.test_button.setEnabled(True)
        self.test_button.setText("Send a test message")

    def _edit(self) -> None:
        dialog = MailDialog(self._desk, self, self._record)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, record: MailServerRecord) -> None:
        self.show_server(record)
        self.said.emit("Mail server saved")

    def _ask_forget(self) -> None:
        detail = "Its password is forgotten too. Referrals go out in the other ways."
        ask.confirm(self, "Forget the mail server?", detail, "Forget it", self._forget, danger=True)

    def _forget(self) -> None:
        transaction.write(self._desk, self, mail_server.forget, self._forgotten)

    def _forgotten(self, _answer: object) -> None:
        self.show_server(None)
        self.said.emit("Mail server forgotten")
