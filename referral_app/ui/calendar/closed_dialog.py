"""Closed days: those to come, each with its place and reason; added and taken out by who keeps the directory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import closed_days
from referral_app.services.closed_days import ClosedDayRecord
from referral_app.ui import rights, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

SENTENCE = (
    "No visit is booked on a closed day. Weekends and federal holidays are known without being entered."
)
EVERYWHERE = "All places"


class ClosedDaysDialog(Framed):
    """`changed` when a day was closed or opened."""

    changed = Signal()

    def __init__(self, desk: Desk, places: Sequence[tuple[str, str]], parent: QWidget) -> None:
        """Make it; `places` are those that can be closed by themselves."""
        super().__init__(parent, "closedDays", "Closed days", SENTENCE)
        self._desk = desk
        self.day = LineEdit("closedDay", chars=20)
        self.place = ChoiceBox("closedPlace", places, empty=EVERYWHERE)
        self.why = LineEdit("closedWhy", chars=30)
        self.blocks = {
            "day": Field("Day", self.day, "Such as 7/2/2027"),
            "location_id": Field("Where", self.place, optional=True),
            "why": Field("Why", self.why, "Such as “Staff training”", optional=True),
        }
        self.add_button = buttons.primary("Close this day", "closedAdd", "plus")
        self._lines = column(spacing=8)
        self._build()
        self.load()

    def load(self) -> None:
        """Read the closed days from today on."""
        transaction.read(self._desk, self, partial(closed_days.find, first=date.today()), self._show)

    def add(self) -> None:
        """Close the day that was typed, or say what is wrong with it."""
        try:
            day = dates.read_date(self.day.text())
        except ValueError as error:
            self.show_errors({"day": str(error) if self.day.text().strip() else "Enter the day."})
            return
        if day < date.today():
            self.show_errors({"day": f"{dates.say(day)} has passed. Enter a later day."})
            return
        self.show_errors({})
        act = partial(closed_days.add, day=day, location_id=self.place.value(), why=self.why.text().strip())
        transaction.write(self._desk, self, act, self._added, self.failed)

    def _build(self) -> None:
        days = Card("Closed days to come")
        days.add(self._lines)
        close = buttons.outlined("Close", "closedClose")
        close.clicked.connect(self.reject)
        self.add_button.clicked.connect(self.add)
        self.body.addWidget(Beside(self.blocks["day"], self.blocks["location_id"]))
        self.body.addWidget(self.blocks["why"])
        self.body.addWidget(days)
        rights.allow(self.add_button, self._desk.db, Permission.CHANGE_DIRECTORY)
        self.lay_out((600, 620), close, None, self.add_button)
        self.day.setFocus()

    def _show(self, found: Sequence[ClosedDayRecord]) -> None:
        clear(self._lines)
        for number, one in enumerate(found):
            self._lines.addWidget(self._line(number, one))
        if not found:
            self._lines.addWidget(labels.muted("No closed day is entered."))

    def _line(self, number: int, one: ClosedDayRecord) -> QWidget:
        made, words = QWidget(), column(spacing=0)
        words.addWidget(labels.strong(f"{one.day:%A}, {dates.say(one.day)}"))
        words.addWidget(
            labels.muted(" · ".join(part for part in (one.location or EVERYWHERE, one.why) if part))
        )
        line = row(words, spacing=8)
        line.setStretch(0, 1)
        if self._desk.may(Permission.CHANGE_DIRECTORY):
            button = buttons.outlined("Open again", f"closedRemove{number}")
            button.setAccessibleName(f"Open again on {dates.say(one.day)}")
            button.clicked.connect(partial(self._remove, one.id))
            line.addWidget(button)
        made.setLayout(line)
        return made

    def _remove(self, closed_id: str) -> None:
        act = partial(_removed, closed_id=closed_id)
        transaction.write(self._desk, self, act, self._stored, self.failed)

    def _added(self, _made: ClosedDayRecord) -> None:
        self.day.clear()
        self.why.clear()
        self.day.setFocus()
        self._stored(None)

    def _stored(self, _nothing: object) -> None:
        self.changed.emit()
        self.load()


def _removed(session: Session, closed_id: str) -> None:
    closed_days.remove(session, closed_id)
