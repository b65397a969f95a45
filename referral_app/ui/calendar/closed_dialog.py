"""Closed days: those to come, each with its place and reason; added and taken out by who keeps the directory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import closed_days, closed_visits
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.closed_days import ClosedDayRecord
from referral_app.ui import rights, transaction, typed_day
from referral_app.ui.calendar.closed_visits import ClosedVisits
from referral_app.ui.calendar.shown import many
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.notice import Advice

SENTENCE = (
    "No visit is booked on a closed day. Weekends and federal holidays are known without being entered."
)
EVERYWHERE = "All places"


@dataclass(frozen=True)
class _Found:
    """The closed days of a question, and the visits that are booked for them."""

    days: Sequence[ClosedDayRecord]
    visits: Sequence[AppointmentRecord]


class ClosedDaysDialog(Framed):
    """`changed` when a day was closed or opened, `visit_wanted(visit)` for one that is booked on a closed day."""

    changed = Signal()
    visit_wanted = Signal(object)

    def __init__(self, desk: Desk, places: Sequence[tuple[str, str]], parent: QWidget) -> None:
        """Make it; `places` are those that can be closed by themselves."""
        super().__init__(parent, "closedDays", "Closed days", SENTENCE)
        self._desk = desk
        self.day = LineEdit("closedDay", chars=28)
        self.last = LineEdit("closedLast", chars=20)
        self.place = ChoiceBox("closedPlace", places, empty=EVERYWHERE)
        self.why = LineEdit("closedWhy", chars=30)
        self.blocks = {
            "day": Field("Day", self.day, "Such as 7/2/2027"),
            "last": Field("Last day", self.last, "Where it is closed for several days", optional=True),
            "location_id": Field("Where", self.place, optional=True),
            "why": Field("Why", self.why, "Such as “Staff training”", optional=True),
        }
        Echo(self.blocks["day"], dates.read_coming, typed_day.coming_hint())
        Echo(self.blocks["last"], dates.read_coming, "Where it is closed for several days")
        self.add_button = buttons.primary("Close this day", "closedAdd", "plus")
        self.booked, self.visits = Advice("warning", "closedBooked"), ClosedVisits()
        self._lines = column(spacing=8)
        self._build()
        self.load()

    def load(self) -> None:
        """Read the closed days from today on."""
        transaction.read(self._desk, self, partial(_find, sees=self._sees), self._show)

    def add(self) -> None:
        """Close the day that was typed, or say what is wrong with it."""
        errors: dict[str, str] = {}
        first = _read("day", self.day.text(), errors)
        last = _read("last", self.last.text(), errors) if self.last.text().strip() else first
        if first is not None and first < date.today():
            errors["day"] = f"{dates.say(first)} has passed. Enter a later day."
        self.show_errors(errors)
        if errors or first is None or last is None:
            return
        act = partial(
            _close, first=first, last=last, location_id=self.place.value(), why=self.why.text().strip(),
            sees=self._sees,
        )  # fmt: skip
        transaction.write(self._desk, self, act, self._added, self.failed)

    @property
    def _sees(self) -> bool:
        return self._desk.may(Permission.SEE_PATIENTS)

    def _build(self) -> None:
        days = Card("Closed days to come")
        days.add(self._lines)
        close = buttons.outlined("Done", "closedClose")
        close.clicked.connect(self.reject)
        self.add_button.clicked.connect(self.add)
        self.visits.wanted.connect(self._show_visit)
        self.body.addWidget(self.booked)
        self.body.addWidget(Beside(self.blocks["day"], self.blocks["last"]))
        self.body.addWidget(Beside(self.blocks["location_id"], self.blocks["why"]))
        self.body.addWidget(self.visits)
        self.body.addWidget(days)
        rights.allow(self.add_button, self._desk.db, Permission.CHANGE_DIRECTORY)
        self.lay_out((740, 740), close, None, self.add_button)
        self.day.setFocus()

    def _show(self, found: _Found) -> None:
        self.visits.show_visits(found.visits)
        clear(self._lines)
        for number, one in enumerate(found.days):
            self._lines.addWidget(self._line(number, one))
        if not found.days:
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

    def _added(self, made: _Found) -> None:
        for line in (self.day, self.last, self.why):
            line.clear()
        self.booked.say(_booked(made))
        self.day.setFocus()
        self._stored(None)

    def _show_visit(self, visit: AppointmentRecord) -> None:
        self.visit_wanted.emit(visit)
        self.accept()

    def _stored(self, _nothing: object) -> None:
        self.changed.emit()
        self.load()


def _read(name: str, text: str, errors: dict[str, str]) -> date | None:
    """Return the day that was typed, None where there is none: then `errors` says what is wrong with it."""
    try:
        return dates.read_coming(text)
    except ValueError as error:
        errors[name] = str(error) if text.strip() else "Enter the day."
        return None


def _find(session: Session, sees: bool) -> _Found:
    """Return the closed days to come, with the visits booked for them where the person `sees` patients."""
    days = closed_days.find(session, date.today())
    return _Found(days, closed_visits.find(session, days) if sees else [])


def _close(session: Session, first: date, last: date, location_id: str, why: str, sees: bool) -> _Found:
    """Close days, and return them with the visits that are booked for them already."""
    days = closed_days.add_range(session, first, last, location_id, why)
    return _Found(days, closed_visits.find(session, days) if sees else [])


def _booked(made: _Found) -> str:
    """Return how many visits are booked for the days that were closed just now, "" where none is."""
    number = len(made.visits)
    if not number:
        return ""
    day = dates.say(made.days[0].day)
    closed = (
        f"{day} is closed now"
        if len(made.days) == 1
        else f"{len(made.days)} days from {day} on are closed now"
    )
    are = f"{many(number)} {'is' if number == 1 else 'are'} booked then"
    return f"{closed}, and {are}. They stay until you move them: see below."


def _removed(session: Session, closed_id: str) -> None:
    closed_days.remove(session, closed_id)
