"""What the sections of a detail are made of: headings, bullets, labeled facts, chips."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import chip


def section(title: str) -> QVBoxLayout:
    """Return a column below a heading."""
    lines = column(spacing=8)
    lines.addWidget(labels.heading(title))
    return lines


def listed(title: str, found: Iterable[str]) -> QVBoxLayout:
    """Return a strong line with bullets below it."""
    lines = column(spacing=2)
    lines.addWidget(labels.strong(title))
    for words in found:
        lines.addLayout(bullet(words))
    return lines


def bullet(words: str, more: str = "") -> QLayout:
    """Return a line with a dash before it, and muted words below."""
    dot = labels.muted("–")
    told = column(spacing=0)
    told.addWidget(labels.body(words))
    if more:
        told.addWidget(labels.muted(more))
    made = row(dot, told, spacing=8)
    made.setStretch(1, 1)
    made.setAlignment(dot, Qt.AlignmentFlag.AlignTop)
    return made


def fact(label: str, value: str | QWidget) -> QLayout:
    """Return a value beside its label."""
    word = labels.muted(label)
    word.setWordWrap(False)
    theme.scale(word, min_width=80)
    made = row(word, labels.body(value) if isinstance(value, str) else value, spacing=8)
    made.setStretch(1, 1)
    made.setAlignment(word, Qt.AlignmentFlag.AlignTop)
    return made


def flow(words: Iterable[str]) -> Flow:
    """Return words as chips."""
    made = Flow(6)
    for one in words:
        made.add(chip(one))
    return made
