"""Entries that look like the one being entered: to be opened instead, unless it is somebody else after all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from referral_app.services.duplicates import Like
from referral_app.ui import theme
from referral_app.ui.surgeons import merge_lines
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row

SENTENCE = "A surgeon is entered once: where it is the same person, open that entry. Nothing is saved yet."


class Likes(QFrame):
    """Says "3 entries look like this one" with the reasons; `opened(id)`, `wanted_new` to save anyway."""

    opened = Signal(str)
    wanted_new = Signal()

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__()
        self.setObjectName("surgeonLikes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.role(self, "card")
        self.title = labels.heading("")
        self.title.setWordWrap(True)
        self.new_button = buttons.outlined("Save anyway", "saveNewSurgeon")
        self.new_button.clicked.connect(self.wanted_new)
        self._entries = column(spacing=8)
        lines = column(spacing=12, margins=16)
        head = row(labels.picture("review", 20, "warning"), self.title)
        head.setStretch(1, 1)
        lines.addLayout(head)
        lines.addWidget(labels.muted(SENTENCE))
        lines.addLayout(self._entries)
        lines.addLayout(row(self.new_button, None))
        self.setLayout(lines)
        self.hide()

    def show_entries(self, found: Sequence[Like]) -> None:
        """Show these entries."""
        clear(self._entries)
        words = (
            "1 entry looks like this one" if len(found) == 1 else f"{len(found)} entries look like this one"
        )
        self.title.setText(words)
        self.setAccessibleName(f"{words}: {'; '.join(one.surgeon.name for one in found)}")
        for number, one in enumerate(found):
            button = buttons.outlined("Open", f"openLike{number}")
            button.setAccessibleName(f"Open the entry of {one.surgeon.name}")
            button.clicked.connect(partial(self.opened.emit, one.surgeon.id))
            said = column(spacing=0)
            said.addWidget(labels.strong(merge_lines.about(one.surgeon)))
            said.addWidget(labels.muted(merge_lines.because(one.reasons)))
            line = row(said, button)
            line.setStretch(0, 1)
            self._entries.addLayout(line)
        self.show()
