"""A frame on the soft ground of a tone, for what must not be overlooked."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout

from referral_app.ui import theme


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
