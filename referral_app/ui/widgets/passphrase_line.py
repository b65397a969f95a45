"""A line for a passphrase: dots, and nothing of it learned by an input method."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from referral_app.ui.widgets.inputs import LineEdit

_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhHiddenText
)


def line(name: str, chars: int = 32) -> LineEdit:
    """Return a line that shows dots; spaces belong to a passphrase, and pasting is welcome."""
    made = LineEdit(name, chars=chars)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(_HINTS)
    return made
