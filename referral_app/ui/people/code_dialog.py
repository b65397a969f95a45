"""The one-time code of a person: shown once, to be handed over."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from referral_app.database.keys import RESET_LASTS
from referral_app.services.people import PersonRecord
from referral_app.ui import moments, theme
from referral_app.ui.widgets import buttons, labels, secret
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.secret import Secret


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
        self._shown.show_groups(code, "One-time code")
        self._copied = labels.muted("")
        words = labels.body(
            f"{person.name} logs in with the name “{person.login}” and this code, and then chooses a passphrase that "
            f"nobody else knows. The code counts once, until {until}."
        )
        once = labels.muted(
            "Write it down and hand it over yourself. It is not shown again and nothing keeps it."
        )
        theme.scale(words, min_width=420)
        lines = QVBoxLayout(self)
        theme.scale(lines, margins=24, spacing=16)
        title = labels.title(f"One-time code for {person.name}")
        title.setWordWrap(True)
        for part in (title, words, self._shown, once):
            lines.addWidget(part)
        lines.addStretch(1)
        lines.addLayout(self._buttons())

    def _buttons(self) -> QVBoxLayout:
        copy = buttons.outlined("Copy", "copyCode", "copy")
        done = buttons.primary("It is written down", "codeDone", "check")
        copy.clicked.connect(self._copy)
        done.clicked.connect(self.accept)
        done.setDefault(True)
        lines = QVBoxLayout()
        theme.scale(lines, spacing=8)
        lines.addWidget(self._copied)
        lines.addLayout(row(copy, None, done))
        self._copied.hide()
        return lines

    def _copy(self) -> None:
        secret.copy(self._code)
        self._copied.setText("Copied. The clipboard is emptied in 30 seconds.")
        self._copied.show()
