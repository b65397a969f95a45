"""Text on screen: titles, headings, body, muted, each with its role of the style sheet."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel

from referral_app.ui import icons, theme

_LONGEST_LINE = 4000
"""No screen has room for more characters in one line."""


def title(text: str) -> QLabel:
    """Return the title of a page."""
    return _label(text, "title")


def heading(text: str) -> QLabel:
    """Return the heading of a card."""
    return _label(text, "heading")


def strong(text: str) -> QLabel:
    """Return semibold body text."""
    return _label(text, "strong")


def muted(text: str) -> QLabel:
    """Return a hint or a unit, which wraps."""
    return _wrapping(_label(text, "muted"))


def body(text: str) -> QLabel:
    """Return text that wraps and can be selected with the mouse; it is never read as markup."""
    made = _wrapping(_label(text, "body"))
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def picture(name: str, size: int = 20, color: str = "text") -> QLabel:
    """Return an icon that stands beside a word, silent for a screen reader."""
    made = QLabel()
    icons.put(made, name, size, color)
    return made


def tip(text: str) -> str:
    """Return a text for a tooltip, where Qt takes what looks like markup for it and reads in the pictures it names.

    What a stranger's file holds is shown in tooltips too.
    """
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>" if "<" in text else text


def fitted(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return as much of a text as a line of this width has room for, ended by "…" where that is not all of it.

    Qt measures all of a text for that, 16 ms for 50,000 characters in each cell and each time it is drawn.
    """
    return metrics.elidedText(text[:_LONGEST_LINE], Qt.TextElideMode.ElideRight, width)


class Elided(QLabel):
    """One line that ends in "…" where there is no room, with the whole text as tooltip."""

    def __init__(self, text: str, role: str) -> None:
        """Make it with a role of the style sheet."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 4 * hint.height()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        text = fitted(self.fontMetrics(), self.text(), self.width())
        self.setToolTip("" if text == self.text() else tip(self.text()))
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.rect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()


def line() -> QFrame:
    """Return a hairline."""
    made = QFrame()
    theme.role(made, "line")
    return made


def _label(text: str, role: str) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    return made


def _wrapping(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label
