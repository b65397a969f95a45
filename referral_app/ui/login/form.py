"""Login and passphrase: the form of the login page and of the page over a locked window."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.database import StoreProblem
from referral_app.database.problems import TooManyAttempts
from referral_app.services.errors import InvalidInput
from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.login import passphrases
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.notice import Advice

Clock = Callable[[], float]
BUSY = "Checking the passphrase…"


class LoginForm(QWidget):
    """`submitted(login, passphrase)`; whoever takes it calls `refuse` or `clear`."""

    submitted = Signal(str, str)
    asked_keychain = Signal(str)

    def __init__(self, name: str, action: str, now: Clock = time.time) -> None:
        """Make it; `name` begins the object names, `action` is what its button says."""
        super().__init__()
        self._now, self._action, self._until = now, action, 0.0
        self.login, self.passphrase = (
            LineEdit(f"{name}Login", chars=32),
            passphrases.line(f"{name}Passphrase"),
        )
        self.problem = Advice("emergency", f"{name}Problem")
        self.button = buttons.primary(action, f"{name}Submit")
        self.keychain = buttons.outlined("Use this computer’s keychain", f"{name}Keychain")
        self.keychain.hide()
        self.keychain.clicked.connect(self._ask_keychain)
        self._blocks = Field("Login", self.login), Field("Passphrase", self.passphrase)
        self._ticking = QTimer(self, interval=500)
        self._ticking.timeout.connect(self._count)
        self.button.clicked.connect(self.submit)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=14)
        for block in self._blocks:
            column.addWidget(block)
        column.addWidget(passphrases.Shown(f"{name}Show", self.passphrase))
        column.addWidget(self.problem)
        column.addLayout(row(self.keychain, None, self.button))

    def begin(self, login: str = "") -> None:
        """Show a login, and put the focus where typing begins."""
        self.clear()
        self.login.setText(login)
        (self.passphrase if login else self.login).setFocus()

    def submit(self) -> None:
        """Hand on what was typed."""
        if not self.button.isEnabled():
            return
        empty = {self._blocks[0]: self.login, self._blocks[1]: self.passphrase}
        for block, line in empty.items():
            block.set_error("" if line.text().strip() else f"Enter your {line.accessibleName().lower()}.")
        missing = next((line for line in empty.values() if not line.text().strip()), None)
        if missing:
            missing.setFocus()
            return
        self.problem.say("")
        self._set_busy(True)
        self.submitted.emit(self.login.text().strip(), self.passphrase.text())

    def _ask_keychain(self) -> None:
        login = self.login.text().strip()
        self._blocks[0].set_error("" if login else "Enter your login.")
        if login:
            self._set_busy(True)
            self.asked_keychain.emit(login)

    def refuse(self, error: Exception) -> None:
        """Say why nothing was opened; a fault of ours goes on to the crash handler."""
        self._set_busy(False)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
        if isinstance(error, TooManyAttempts):
            self._until = self._now() + error.seconds
            self._ticking.start()
            self._count()
        elif isinstance(error, StoreProblem):
            self._say(str(error))
        elif isinstance(error, InvalidInput):
            self._say(" ".join(error.fields.values()))
        else:
            raise error

    def clear(self) -> None:
        """Forget the passphrase."""
        self.passphrase.clear()
        self.problem.say("")
        for block in self._blocks:
            block.set_error("")
        self._set_busy(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit with Enter from every field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _set_busy(self, busy: bool) -> None:
        self.button.setText(BUSY if busy else self._action)
        self.button.setEnabled(not busy)
        self.keychain.setEnabled(not busy)
        self.login.setReadOnly(busy)
        self.passphrase.setReadOnly(busy)

    def _say(self, sentence: str) -> None:
        self.problem.say(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.problem, sentence))

    def _count(self) -> None:
        """Count down until the next try."""
        left = math.ceil(self._until - self._now())
        self.button.setEnabled(left <= 0)
        if left <= 0:
            self._ticking.stop()
            self.problem.say("You can try again now.")
            return
        minutes, seconds = divmod(left, 60)
        self.problem.say(f"This login failed several times. Next try in {minutes}:{seconds:02}.")
