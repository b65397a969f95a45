"""How easily the words are read, as somebody types: the verdict, what was measured, and the hardest sentences."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from referral_app.ui.texts.shelf import Reading
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card, clear, column
from referral_app.ui.widgets.states import StateLabel
from referral_app.ui.widgets.wrapped_link import WrappedLink

LONGEST = 110
"""Of a hard sentence, this many characters are shown."""


class ReadingCard(Card):
    """`chosen(sentence)` when one of the hardest is pressed."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        """Make it empty and out of sight."""
        super().__init__("How easily it is read")
        self.setObjectName(f"{name}Reading")
        self._name = name
        self.state = StateLabel("waiting", "Not measured yet")
        self.verdict = labels.body("")
        self._hardest = column(spacing=2)
        self._hard_heading = labels.muted("The hardest sentences:")
        self.heading_row.addWidget(self.state)
        self.add(self.verdict)
        self.add(self._hard_heading)
        self.add(self._hardest)
        self._shown: Reading | None = None
        self.hide()

    def show_reading(self, reading: Reading | None) -> None:
        """Show what was measured, or go out of sight with None."""
        self.setVisible(reading is not None)
        if reading is None or reading == self._shown:
            return
        self._shown = reading
        self.state.show_state(reading.state, _WORDS[reading.state])
        self.verdict.setText(f"{reading.verdict} {reading.measured}")
        self._hard_heading.setVisible(bool(reading.hardest))
        clear(self._hardest)
        for number, sentence in enumerate(reading.hardest):
            self._hardest.addWidget(self._link(number, sentence))

    def _link(self, number: int, sentence: str) -> WrappedLink:
        said = sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]}…"
        made = WrappedLink(said, f"{self._name}Hard{number}")
        made.setProperty("sentence", sentence)
        made.clicked.connect(self._follow)
        return made

    def _follow(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.chosen.emit(str(pressed.property("sentence")))


_WORDS = {"ok": "Easy", "warning": "A little hard", "missing": "Too hard", "waiting": "Not measured yet"}
