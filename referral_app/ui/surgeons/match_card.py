"""One match: the surgeon, and every reason in words, with what is not met and what is still to be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLayout, QVBoxLayout

from referral_app.services.match_reasons import Kind, Match
from referral_app.ui import theme
from referral_app.ui.surgeons import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import STATES, TONES, StateLabel, chip

PARTS: tuple[tuple[Kind, str, str], ...] = (
    ("unmet", "review", "Not met"),
    ("open", "note", "To ask"),
    ("met", "ok", "Recorded"),
)
"""Each kind of points but reasons, with the state that draws it and its word."""


class MatchCard(QFrame):
    """A match; `referred(match)` when it is chosen, `ticked` when it goes into the comparison or out."""

    referred = Signal(object)
    ticked = Signal()

    def __init__(self, match: Match, rank: int, verb: str = "") -> None:
        """Show a match at its rank; with a `verb` of its own it is chosen by that and not compared."""
        super().__init__()
        self.match, surgeon = match, match.surgeon
        theme.role(self, "card")
        self.setObjectName(f"match{rank}")
        self.tick = QCheckBox("Compare")
        self.tick.setObjectName(f"compareMatch{rank}")
        self.tick.setAccessibleName(f"Compare {surgeon.name}")
        self.tick.toggled.connect(self.ticked)
        self.refer_button = buttons.outlined("Refer to this surgeon", f"referMatch{rank}", "send")
        self.refer_button.setAccessibleName(f"Refer to {surgeon.name}")
        if verb:
            self.tick.hide()
            self.refer_button.setText(verb)
            self.refer_button.setAccessibleName(f"{verb}: {surgeon.name}")
        self.refer_button.clicked.connect(self._refer)
        lines: QVBoxLayout = column(spacing=8, margins=16)
        lines.addLayout(self._head(rank))
        reasons = Flow(6)
        for words in match.words("for"):
            reasons.add(chip(words))
        if match.words("for"):
            lines.addWidget(reasons)
        for kind, state, word in PARTS:
            for said in match.words(kind):
                lines.addLayout(point(state, word, said))
        self.setLayout(lines)

    def _head(self, rank: int) -> QLayout:
        surgeon = self.match.surgeon
        name = labels.heading(f"{rank}. {surgeon.name}")
        name.setWordWrap(True)
        words = [_where(self.match), *([surgeon.specialty] if surgeon.specialty else [])]
        titled = column(spacing=2)
        titled.addWidget(name)
        titled.addWidget(labels.muted(" · ".join(words)))
        state = "warning" if self.match.words("unmet") else "ok"
        said = summary(self.match)
        marks = [StateLabel(state, said)]
        marks += [StateLabel("warning", leaves)] if (leaves := surgeon.leaves(date.today())) else []
        marks += [StateLabel("invented", "Invented")] if surgeon.invented else []
        flow = Flow(8)
        for mark in marks:
            flow.add(mark)
        titled.addWidget(flow)
        made = row(titled, self.tick, self.refer_button, spacing=12)
        made.setStretch(0, 1)
        for part in (self.tick, self.refer_button):
            made.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return made

    def _refer(self) -> None:
        self.referred.emit(self.match)


def _where(match: Match) -> str:
    """Return the towns, first the one that is nearest."""
    places = sorted(match.surgeon.placements, key=lambda one: one.location.id != match.location_id)
    return wording.places(replace(match.surgeon, placements=tuple(places)))


def summary(match: Match) -> str:
    """Return how many points are not met, in words; nothing here says that somebody is accepted or refused."""
    number = len(match.words("unmet"))
    if not number:
        return "Nothing unmet on file"
    return f"{number} point{'' if number == 1 else 's'} not met"


def point(state: str, word: str, said: str) -> QLayout:
    """Return one point in a line: icon, word and what is said."""
    icon, tone = STATES[state]
    made = row(labels.picture(icon, 16, TONES[tone]), labels.strong(word), labels.body(said), spacing=8)
    made.setStretch(2, 1)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
