"""The login page: who comes in, practice with invented data, and what to do without a passphrase."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.ui import theme
from referral_app.ui.login import sheet
from referral_app.ui.login.form import Clock, LoginForm
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row

FORGOTTEN = (
    "Ask an administrator to start a reset, under Settings, People. They give you a one-time code; type it here in the "
    "place of the passphrase. It counts for a day, and you choose a new passphrase with it. The administrator does not "
    "learn your passphrase. Nobody can read a forgotten one back."
)


class LoginPage(QWidget):
    """`submitted(login, passphrase)`, `practiced` and `recovered` for the three ways on."""

    submitted = Signal(str, str)
    practiced = Signal()
    recovered = Signal()
    help_topic = "login"

    def __init__(self, now: Clock = time.time) -> None:
        """Make it."""
        super().__init__()
        self.setObjectName("loginPage")
        self.form = LoginForm("login", "Log in", now)
        self.form.submitted.connect(self.submitted)
        self._words = labels.body(FORGOTTEN)
        self._words.hide()
        self._forgotten = buttons.link("Forgotten passphrase?", "forgottenPassphrase")
        self._recover = buttons.link(
            "All administrators are locked out? Use the recovery key", "useRecoveryKey"
        )
        self._recover.hide()
        practice = buttons.outlined("Practice with invented data", "practice")
        self._forgotten.clicked.connect(self._explain)
        self._recover.clicked.connect(self.recovered)
        practice.clicked.connect(self.practiced)
        card, other = Card("Log in"), Card("New here?")
        for part in (self.form, self._forgotten, self._words, self._recover):
            card.add(part)
        other.add(labels.muted("Try everything with invented patients. Nothing of it is kept."))
        other.add(row(practice, None))
        theme.scale(card.column, spacing=12)
        sheet.lay_out(self, "loginScroll", card, other)

    def _explain(self) -> None:
        self._words.setVisible(not self._words.isVisible())
        self._recover.setVisible(self._words.isVisible())
