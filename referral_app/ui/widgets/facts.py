"""Facts as lines: a muted label, and beside it what it says; what says nothing has no line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row


def facts(lines: Iterable[tuple[str, str]], width: int = 92) -> QVBoxLayout:
    """Return the lines; `width` is that of the labels at 100 %."""
    made = column(spacing=4)
    for label, words in lines:
        if not words:
            continue
        word = labels.muted(label)
        theme.scale(word, width=width)
        line = row(word, labels.body(words))
        line.setStretch(1, 1)
        line.setAlignment(word, Qt.AlignmentFlag.AlignTop)
        made.addLayout(line)
    return made
