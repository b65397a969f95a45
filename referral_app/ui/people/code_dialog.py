"""The one-time code of a person: shown once, to be handed over."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from referral_app.database.keys import RESET_LASTS
from referral_app.services.people import PersonRecord
from referral_app.ui import moments
from referral_app.ui.widgets import buttons, labels, secret
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.scroll import fit, scrolled
from referral_app.ui.widgets.secret import Secret

WIDTH = 510


class CodeDialog(QDialog):
    """Shows the code in large groups; it can be copied, and is gone when the dialog closes."""

    def __init__(self, person: PersonRecord, code: str, parent: QWidget) -> None:
        """Show a code that was just made."""
        super().__init__(parent)
        self.setObjectName("codeDialog")
        self.setWindowTitle("One-time code")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._code = code
        until = moments.say(datetime.now(UTC) + RESET_LASTS)
        self._shown = Secret("oneTimeCode")
        self._shown.show_groups(code, "One-time code", in_a_line=2)
        self._copied = labels.muted("")
        words = labels.body(
            f"{person.name} logs in with the name “{person.login}” and this code, and then chooses a passphrase that "
            f"nobody else knows. The code counts once, until {until}. A signature that {person.name} kept cannot be "
            "opened any more: they draw or type it anew."
        )
        once = labels.muted("Write it down and hand it over yourself; it is not shown again.")
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        title = labels.title(f"One-time code for {person.name}")
        title.setWordWrap(True)
        for part in (title, words, self._shown, once, self._copied):
            lines.addWidget(part)
        lines.addStretch(1)
        inside.setLayout(lines)
        self._copied.hide()
        self._area = scrolled(inside, "codeArea")
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._buttons())
        self.setLayout(whole)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the words: only now do they have the style of the window."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
        super().showEvent(event)

    def _buttons(self) -> QHBoxLayout:
        copy = buttons.outlined("Copy", "copyCode", "copy")
        done = buttons.primary("It is written down", "codeDone", "check")
        copy.clicked.connect(self._copy)
        done.clicked.connect(self.accept)
        done.setDefault(True)
        return row(copy, None, done, margins=(24, 8, 24, 16))

    def _copy(self) -> None:
        secret.copy(self._code)
        self._copied.setText("Copied. The clipboard is emptied in 30 seconds.")
        self._copied.show()
        fit(self, self._area, WIDTH)
