"""States: icon, word and soft ground together, so that color alone never says anything."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from referral_app.ui import icons, theme

STATES: dict[str, tuple[str, str]] = {
    "emergency": ("emergency", "emergency"),
    "cleared": ("cleared", "ok"),
    "missing": ("missing", "warning"),
    "gap": ("gap", "warning"),
    "supports": ("supports", "ok"),
    "review": ("review", "warning"),
    "note": ("note", "info"),
    "ok": ("ok", "ok"),
    "incomplete": ("missing", "warning"),
    "draft": ("draft", "neutral"),
    "ready": ("ready", "ok"),
    "signed": ("signed", "info"),
    "sent": ("sent", "info"),
    "answered": ("answered", "ok"),
    "closed": ("closed", "neutral"),
    "canceled": ("canceled", "neutral"),
    "verified": ("verified", "ok"),
    "unverified": ("unverified", "warning"),
    "waiting": ("waiting", "neutral"),
    "accepting": ("ok", "ok"),
    "ask": ("note", "info"),
    "existing": ("gap", "warning"),
    "not_accepting": ("canceled", "neutral"),
    "invented": ("note", "warning"),
    "info": ("note", "info"),
    "warning": ("review", "warning"),
}
"""For each state its icon and its tone (ok, warning, emergency, info or neutral)."""

TONES = {"ok": "ok", "warning": "warning", "emergency": "emergency", "info": "info", "neutral": "muted"}
"""The color token of each tone."""


class StateLabel(QFrame):
    """An icon and a word on a soft ground: `StateLabel("sent", "Sent, not answered")`."""

    def __init__(self, state: str, words: str, parent: QWidget | None = None) -> None:
        """Show a state of STATES."""
        super().__init__(parent)
        self._shown: tuple[str, str] | None = None
        self._icon, self._words = QLabel(), QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        theme.scale(row, margins=(8, 3, 10, 3), spacing=6)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(state, words)

    def show_state(self, state: str, words: str) -> None:
        """Show another state; where it is the same, nothing is styled and drawn anew."""
        if (state, words) == self._shown:
            return
        self._shown = (state, words)
        icon, tone = STATES[state]
        theme.role(self, "state", state=tone)
        icons.put(self._icon, icon, 16, TONES[tone])
        self._words.setText(words)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self.setAccessibleName(words)

    def words(self) -> str:
        """Return the words shown."""
        return self._words.text()


def chip(text: str) -> QLabel:
    """Return a small rounded label for a procedure or a language."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    theme.role(made, "chip")
    return made
