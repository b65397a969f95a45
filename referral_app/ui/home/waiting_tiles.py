"""What waits after a referral was sent, as tiles: only the worklists that have something, and a way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from referral_app.choices import Step
from referral_app.ui import pile_words, theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import STATES, TONES

if TYPE_CHECKING:
    from referral_app.services.waiting_lists import Pile

BEFORE = frozenset({Step.DRAFT, Step.TO_SIGN, Step.TO_SEND})
"""What waits before it is sent stands among the queues already."""
WIDTH = 241


class PileTile(QPushButton):
    """One worklist; pressing it shows it."""

    def __init__(self, pile: Pile) -> None:
        """Make it with its counts and the age of the oldest."""
        super().__init__()
        self.step = pile.step
        self.setObjectName(f"waiting_{pile.step}")
        theme.role(self, "tile")
        theme.scale(self, width=WIDTH)
        icon, tone = STATES[pile_words.state(pile)]
        number, below = QLabel(f"{pile.all:,}"), labels.muted(_below(pile))
        theme.role(number, "number")
        below.setWordWrap(False)
        inside = QVBoxLayout(self)
        theme.scale(inside, margins=(16, 12, 16, 12), spacing=2)
        inside.addLayout(row(labels.picture(icon, 20, TONES[tone]), number, None, spacing=10))
        inside.addWidget(labels.strong(pile.step.label))
        inside.addWidget(below)
        inside.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{pile.step.label}: {pile.all:,}, {_below(pile)}")


class WaitingTiles(QWidget):
    """`chosen` carries the step of a worklist, "" for all of them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Make it without tiles."""
        super().__init__()
        self.all_link = buttons.link("All worklists", "homeWorklists")
        self.all_link.clicked.connect(self._choose_all)
        self._none = labels.muted("Nothing that was sent waits for anything.")
        self._flow = Flow(16)
        lines = column(spacing=8)
        lines.addLayout(row(labels.heading("What waits after sending"), None, self.all_link))
        lines.addWidget(self._none)
        lines.addWidget(self._flow)
        self.setLayout(lines)

    def show_piles(self, piles: dict[Step, Pile]) -> None:
        """Show a tile for each worklist that has something; one that is made anew keeps the focus."""
        had = next((one.step for one in self.findChildren(PileTile) if one.hasFocus()), None)
        self._flow.clear()
        found = [pile for step, pile in piles.items() if pile.all and step not in BEFORE]
        for pile in found:
            made = self._tile(pile)
            self._flow.add(made)
            if pile.step == had:
                made.setFocus()
        self._none.setHidden(bool(found))
        self._flow.setVisible(bool(found))

    def _tile(self, pile: Pile) -> PileTile:
        made = PileTile(pile)
        made.clicked.connect(self._choose)
        return made

    def _choose(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PileTile):
            self.chosen.emit(str(pressed.step))

    def _choose_all(self) -> None:
        self.chosen.emit("")


def _below(pile: Pile) -> str:
    return f"{pile_words.due(pile)} · {pile_words.oldest(pile).lower()}"
