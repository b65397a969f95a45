"""What patients asked for and nobody answered yet, as tiles: shown while there is any, late ones with a sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from referral_app.ui import request_words, theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import STATES, TONES

if TYPE_CHECKING:
    from referral_app.services.patient_requests import RequestPile

WIDTH = 241


class RequestTile(QPushButton):
    """One kind of request; pressing it shows the open ones, the first due on top."""

    def __init__(self, pile: RequestPile) -> None:
        """Make it with its counts, the age of the oldest and the first day due."""
        super().__init__()
        self.kind = pile.kind
        self.setObjectName(f"requests_{pile.kind}")
        theme.role(self, "tile")
        theme.scale(self, width=WIDTH)
        icon, tone = STATES[request_words.state(pile)]
        number = QLabel(f"{pile.all:,}")
        theme.role(number, "number")
        title, lines = request_words.TITLES[pile.kind], (request_words.late(pile), request_words.due(pile))
        inside = QVBoxLayout(self)
        theme.scale(inside, margins=(16, 12, 16, 12), spacing=2)
        inside.addLayout(row(labels.picture(icon, 20, TONES[tone]), number, None, spacing=10))
        inside.addWidget(labels.strong(title))
        for words in lines:
            inside.addWidget(labels.muted(words))
        inside.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{title}: {pile.all:,}, {', '.join(lines)}")


class RequestTiles(QWidget):
    """`chosen` carries the kind; out of sight while nobody asked for anything."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Make it without tiles."""
        super().__init__()
        self._flow = Flow(16)
        lines = column(spacing=8)
        lines.addWidget(labels.heading("What patients asked for"))
        lines.addWidget(self._flow)
        self.setLayout(lines)
        self.hide()

    def show_piles(self, piles: Sequence[RequestPile]) -> None:
        """Show a tile for each kind that has something open."""
        self._flow.clear()
        found = [pile for pile in piles if pile.all]
        for pile in found:
            made = RequestTile(pile)
            made.clicked.connect(self._choose)
            self._flow.add(made)
        self.setVisible(bool(found))

    def _choose(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RequestTile):
            self.chosen.emit(pressed.kind)
