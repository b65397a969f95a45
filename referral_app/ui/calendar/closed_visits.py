"""The visits that are booked for closed days: how many, who with whom and when, each with a way to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import clock, dates
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import visit_words
from referral_app.ui.calendar.shown import many
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row

MOST_SHOWN = 30
"""As many lines as a person reads in a dialog; the calendar marks the others too."""
STAY = "Nothing is moved by itself. Change or cancel each of them; until then the calendar marks them."


class ClosedVisits(Card):
    """`wanted(visit)` when one is to be seen in the calendar; out of sight while there is none."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("closedVisits")
        self.title = labels.heading("")
        self._lines = column(spacing=8)
        self.heading_row.addWidget(self.title, 1)
        self.add(labels.muted(STAY))
        self.add(self._lines)
        self.hide()

    def show_visits(self, visits: Sequence[AppointmentRecord]) -> None:
        """Show these, in order of time."""
        clear(self._lines)
        self.title.setText(f"{many(len(visits)).capitalize()} booked on closed days")
        self.setAccessibleName(self.title.text())
        for number, one in enumerate(visits[:MOST_SHOWN]):
            self._lines.addWidget(self._line(number, one))
        if (rest := len(visits) - MOST_SHOWN) > 0:
            last = dates.say(visits[-1].day)
            self._lines.addWidget(labels.muted(f"and {rest:,} more until {last}, marked in the calendar"))
        self.setVisible(bool(visits))

    def _line(self, number: int, visit: AppointmentRecord) -> QWidget:
        made, words = QWidget(), column(spacing=0)
        words.addWidget(labels.strong(f"{dates.say(visit.day)}, {clock.say(visit.start)}"))
        words.addWidget(labels.body(f"{visit.patient or 'No name yet'} with {visit.surgeon}"))
        words.addWidget(labels.muted(f"{visit.kind.label} · {visit.reference}"))
        button = buttons.outlined("Show in the calendar", f"closedVisit{number}", "calendar")
        button.setAccessibleName(f"Show in the calendar: {visit_words.what(visit)}, {visit.patient}")
        button.clicked.connect(partial(self.wanted.emit, visit))
        line = row(words, button, spacing=8)
        line.setStretch(0, 1)
        made.setLayout(line)
        return made
