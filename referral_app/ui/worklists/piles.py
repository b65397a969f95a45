"""The worklists at the left of their page: each with how many wait, how many are due, and the oldest."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from referral_app.choices import Step
from referral_app.services.waiting_lists import Pile
from referral_app.services.worklist_rules import USUAL
from referral_app.ui import icons, pile_words, theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.states import STATES, TONES


class PileButton(QPushButton):
    """One worklist; what it says stands in its accessible name too."""

    def __init__(self, step: Step) -> None:
        """Make it without counts yet."""
        super().__init__()
        self.step = step
        self.setObjectName(f"worklist.{step}")
        self.setCheckable(True)
        theme.role(self, "step")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._number, self._below = labels.strong(""), labels.muted(" ")
        self._icon = labels.picture("waiting", 16, "muted")
        for label in (self._number, self._below):
            label.setWordWrap(False)
        words = QVBoxLayout()
        theme.scale(words, spacing=0)
        words.addWidget(labels.Elided(step.label, "strong"))
        words.addLayout(row(self._icon, self._below, None, spacing=6))
        inside = self._inside = QHBoxLayout(self)
        theme.scale(inside, margins=(10, 6, 10, 6), spacing=8)
        inside.addLayout(words, 1)
        inside.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(step.label)

    def show_pile(self, pile: Pile) -> None:
        """Show counts and age."""
        icon, tone = STATES[pile_words.state(pile)]
        icons.put(self._icon, icon, 16, TONES[tone])
        oldest = pile_words.oldest(pile)
        below = f"{pile_words.due(pile)} · {oldest.lower()}" if pile.all else oldest
        self._number.setText(f"{pile.all:,}")
        self._below.setText(below)
        self.setAccessibleName(f"{self.step.label}: {pile.all:,}, {below}")

    def sizeHint(self) -> QSize:
        """Return the size of what is in it."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size of what is in it."""
        return QSize(0, self._inside.sizeHint().height())


class Piles(QWidget):
    """All worklists that are shown, in the order of the work; `chosen` carries the step."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Make a button for each step."""
        super().__init__()
        self.buttons = {step: PileButton(step) for step in USUAL}
        self._group = QButtonGroup(self)
        inside = column(spacing=2)
        for one in self.buttons.values():
            self._group.addButton(one)
            inside.addWidget(one)
        self.setLayout(inside)
        self._group.buttonClicked.connect(self._choose)

    def show_piles(self, piles: dict[Step, Pile]) -> None:
        """Show the counts; what a rule hides is hidden."""
        for step, button in self.buttons.items():
            button.setVisible(step in piles)
            if step in piles:
                button.show_pile(piles[step])

    def mark(self, step: Step) -> None:
        """Show which worklist is listed."""
        self.buttons[step].setChecked(True)

    def _choose(self, button: QPushButton) -> None:
        if isinstance(button, PileButton):
            self.chosen.emit(button.step)
