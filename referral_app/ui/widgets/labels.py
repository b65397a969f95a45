"""Text on screen: titles, headings, body, muted, each with its role of the style sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from referral_app.ui import icons, theme


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
