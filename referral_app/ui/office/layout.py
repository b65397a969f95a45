"""How the pages of our office and of the Center are laid out, and how they ask before they are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from referral_app.ui import ask, theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.scroll import centered, scrolled


def lay_out(page: QWidget, title: str, save: QPushButton, parts: Sequence[QWidget], name: str) -> None:
    """Put the title beside the one button and the parts below it, in an area of this name that scrolls."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    theme.scale(column, margins=24, spacing=16)
    column.addLayout(row(labels.title(title), None, save))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    whole = QVBoxLayout(page)
    theme.scale(whole, margins=0, spacing=0)
    whole.addWidget(scrolled(centered(inside, 800), name))


def ask_to_save(page: QWidget, what: str, uses: str, save: Callable[[], None]) -> None:
    """Ask before what was typed is left unsaved; `what` is "our office", `uses` says who uses what is saved."""
    question = f"Save what you changed about {what}?"
    ask.confirm(page, question, uses, f"Save {what}", save, no="Go on editing")
