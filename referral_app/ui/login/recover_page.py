"""When every administrator is locked out: the recovery key gives one of them a one-time code."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import StoreProblem
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from referral_app.ui import theme
from referral_app.ui.background import Background
from referral_app.ui.fields import Field
from referral_app.ui.login import sheet
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.secret import Secret

WHY = (
    "Type the recovery key from the printed sheet, and the login of an administrator. You get a one-time code; log in "
    "with it, and choose a new passphrase. The audit notes it."
)
NEXT = "This code takes the place of the passphrase once, within a day. It is not shown again."


class RecoverPage(QWidget):
    """`left(login)` goes back to the login page, with the login that got a code."""

    left = Signal(str)
    help_topic = "login"

    def __init__(self, paths: Paths, background: Background) -> None:
        """Make it for a store that is closed."""
        super().__init__()
        self.setObjectName("recoverPage")
        self._paths, self._background = paths, background
        self.key, self.login = LineEdit("recoverKey", chars=40), LineEdit("recoverLogin", chars=32)
        self._blocks = (
            Field("Recovery key", self.key, "Small letters and missing hyphens are fine"),
            Field("Login of an administrator", self.login),
        )
        self.problem, self.code = Advice("emergency", "recoverProblem"), Secret("recoverCode")
        self._next = labels.body(NEXT)
        self._go, leave = (
            buttons.primary("Get a one-time code", "recoverNow"),
            buttons.outlined("Back", "leaveRecover"),
        )
        self._go.clicked.connect(self.recover)
        leave.clicked.connect(self._leave)
        self.key.returnPressed.connect(self.login.setFocus)
        self.login.returnPressed.connect(self.recover)
        card = Card("Use the recovery key")
        theme.scale(card.column, spacing=14)
        for part in (
            labels.body(WHY),
            *self._blocks,
            self.problem,
            self.code,
            self._next,
            row(leave, None, self._go),
        ):
            card.add(part)
        self.code.hide()
        self._next.hide()
        sheet.lay_out(self, "recoverScroll", card)

    def begin(self) -> None:
        """Wait for the key."""
        self.key.setFocus()

    def recover(self) -> None:
        """Open the key file with the recovery key and start the reset, in the background."""
        if not self._go.isEnabled():
            return
        self.problem.say("")
        self._go.setEnabled(False)
        paths, key, login = self._paths, self.key.text(), self.login.text().strip()
        self._background.run(
            self, lambda: people.reset_with_recovery(paths, key, login), self._done, self._refused
        )

    def _done(self, code: str) -> None:
        self.key.clear()
        for block in self._blocks:
            block.hide()
        self._go.hide()
        self.code.show_groups(code, "One-time code")
        self.code.show()
        self._next.show()
        self.code.setFocus()

    def _refused(self, error: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(error, InvalidInput):
            self.problem.say(" ".join(error.fields.values()))
        elif isinstance(error, StoreProblem):
            self.problem.say(str(error))
        else:
            raise error

    def _leave(self) -> None:
        self.left.emit(self.login.text().strip() if self.code.text() else "")
