"""Frames on the soft ground of a tone, for what must not be overlooked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout

from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row

_ICONS = {"warning": "review", "emergency": "emergency", "info": "note", "ok": "ok"}


class Notice(QFrame):
    """A column on a soft ground with an edge in the color of its tone (warning, emergency, info, ok)."""

    def __init__(self, tone: str) -> None:
        """Make it empty."""
        super().__init__()
        self._tone = tone
        self.column = QVBoxLayout(self)
        theme.scale(self.column, margins=(16, 12, 16, 12), spacing=8)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """Draw ground and edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self._tone), 2 if self._tone == "emergency" else 1))
        painter.setBrush(theme.color(f"{self._tone}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))


class Advice(Notice):
    """A sentence with an icon and at most one button; out of sight while there is nothing to say."""

    acted = Signal()

    def __init__(self, tone: str, name: str, button: str = "", words: str = "") -> None:
        """Make it; `name` is the object name, its button's is `nameButton`."""
        super().__init__(tone)
        self.setObjectName(name)
        self._words = labels.body(words)
        self.button = buttons.outlined(button, f"{name}Button")
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.acted)
        line = row(labels.picture(_ICONS[tone], 20, tone), self._words, self.button, spacing=12)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self.setAccessibleName(words)
        if not words:  # shown only by what it is put into: by itself it would be a window for a moment
            self.hide()

    def say(self, words: str) -> None:
        """Say a sentence, or go out of sight with ""."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return what is said, "" for nothing."""
        return self._words.text()
