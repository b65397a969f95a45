"""What covers a locked window: who locked it, and the way back. Nothing of the work shows, no job either."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.ui import theme
from referral_app.ui.login import sheet
from referral_app.ui.login.form import Clock, LoginForm
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card


class LockPage(QWidget):
    """`submitted(login, passphrase)` by the person who locked it, or by another."""

    submitted = Signal(str, str)

    def __init__(self, name: str, login: str, now: Clock = time.time) -> None:
        """Make it for the person at work."""
        super().__init__()
        self.setObjectName("lockPage")
        self.setAccessibleName("Locked")
        self._login = login
        self.form = LoginForm("lock", "Unlock", now)
        self.form.submitted.connect(self.submitted)
        self.words = labels.body(
            f"Everything waits as {name} left it. Somebody else may log in here too; what was typed is kept as a draft."
        )
        card = Card("Locked")
        theme.scale(card.column, spacing=14)
        card.add(self.words)
        card.add(self.form)
        sheet.lay_out(self, "lockScroll", card)

    def begin(self) -> None:
        """Wait for a passphrase."""
        self.form.begin(self._login)

    def close_up(self) -> None:
        """Say that another person's window opens as soon as what was begun has ended."""
        self.words.setText("What was begun is being finished. Then your window opens.")
