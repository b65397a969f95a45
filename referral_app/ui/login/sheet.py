"""A page before the window: the program's name above one card in the middle, which scrolls where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from referral_app.ui import icons, theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.scroll import scrolled


def lay_out(page: QWidget, name: str, *parts: QWidget, width: int = 460) -> None:
    """Put the parts below each other, as wide as they may be, in the middle of a page."""
    inside, middle = QWidget(), QWidget()
    column = QVBoxLayout(middle)
    theme.scale(column, margins=0, spacing=16)
    theme.scale(middle, max_width=width)
    column.addStretch(1)
    column.addWidget(_head())
    for part in parts:
        column.addWidget(part)
    column.addStretch(2)
    sides = QHBoxLayout(inside)
    theme.scale(sides, margins=24, spacing=0)
    sides.addStretch(1)
    sides.addWidget(middle, 100)
    sides.addStretch(1)
    whole = QVBoxLayout(page)
    theme.scale(whole, margins=0, spacing=0)
    whole.addWidget(scrolled(inside, name))


def _head() -> QWidget:
    made, logo = QWidget(), QLabel()
    logo.setPixmap(icons.logo(40))
    words = QVBoxLayout()
    theme.scale(words, margins=0, spacing=0)
    words.addWidget(labels.heading("Headache Center"))
    words.addWidget(labels.muted("Referral desk"))
    line = row(logo, words, None, spacing=12)
    line.setAlignment(logo, Qt.AlignmentFlag.AlignTop)
    made.setLayout(line)
    return made
