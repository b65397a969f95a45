"""How pages and dialogs of coming in are laid out: what does not fit scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

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


def dialog_area(dialog: QDialog, name: str, parts: Sequence[QWidget], *pressed: QPushButton) -> QScrollArea:
    """Put the parts into a scrolling body and the buttons at the right below it; return the body for `fit`."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    theme.scale(column, margins=24, spacing=16)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area = scrolled(inside, name)
    whole = QVBoxLayout(dialog)
    theme.scale(whole, margins=0, spacing=0)
    whole.addWidget(area, 1)
    whole.addLayout(row(None, *pressed, margins=(24, 8, 24, 16)))
    return area


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
