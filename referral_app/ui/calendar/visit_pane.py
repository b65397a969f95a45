"""The visits of a day, or of a whole month as a list, and what is done with the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import AppointmentStatus, Permission
from referral_app.clinical import clock, dates
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import theme, visit_words
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Advice

EMPTY = ("calendar", "No visit on this day", "Choose another day, or book a visit.", "Book a visit…")
ACTS = (
    ("open", "Open referral", "open"), ("change", "Change…", "edit"), ("cancel", "Cancel…", "canceled"),
    ("unmove", "Take back new time…", "undo"),
    ("keep", "Came", "ok"), ("miss", "Did not come…", "missing"), ("back", "Take back…", "undo"),
    ("remind", "Remind…", "phone"),
)  # fmt: skip
"""What is done with a visit: the name of the act, its words, its icon."""
_BOOKED, _PASSED = ("open", "change", "cancel", "remind"), ("open", "change", "cancel", "keep", "miss")


def _time(one: AppointmentRecord) -> str:
    return clock.say(one.start)


def _day(one: AppointmentRecord) -> str:
    return f"{one.day:%a}, {dates.say(one.day)}"


def _patient(one: AppointmentRecord) -> str:
    return one.patient or "No name yet"


def _what(one: AppointmentRecord) -> str:
    return f"{one.kind.label} · {one.reference}"


def _with(one: AppointmentRecord) -> str:
    return f"{one.kind.label} · {one.surgeon}"


def _surgeon(one: AppointmentRecord) -> str:
    return one.surgeon


def _place(one: AppointmentRecord) -> str:
    return one.location or "Place not known yet"


def _reminded(one: AppointmentRecord) -> str:
    if one.reminded_at is None:
        return "Not reminded" if one.is_booked and not visit_words.has_passed(one) else ""
    return f"Reminded {dates.say(one.reminded_at.astimezone().date())}"


_STATE = Column("State", visit_words.standing, 154, sort="state", icon=visit_words.state, detail=_reminded)
COLUMNS = (
    Column("Time", _time, 82, sort="time"),
    Column("Patient", _patient, 150, sort="patient", detail=_with, stretch=True),
    _STATE,
)
LIST_COLUMNS = (
    Column("Day", _day, 190, sort="time", detail=_time),
    Column("Patient", _patient, 180, sort="patient", detail=_what, stretch=True),
    Column("Surgeon", _surgeon, 190, sort="surgeon", detail=_place),
    _STATE,
)


def _by_surgeon(one: AppointmentRecord) -> tuple[str, datetime]:
    return one.surgeon, one.start


def _by_time(one: AppointmentRecord) -> datetime:
    return one.start


_ORDER: dict[str, Any] = {
    "patient": _patient, "surgeon": _by_surgeon, "state": visit_words.standing, "time": _by_time,
}  # fmt: skip


class VisitPane(QWidget):
    """`act(name, visit)` for one of ACTS; `book` and `packets` for the day; `needed(visit)` asks for its notes."""

    act = Signal(str, object)
    book = Signal()
    packets = Signal()
    needed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("calendarVisits")
        self._desk = desk
        self._whole = False
        self.title, self.count = labels.heading(""), labels.muted("")
        self.closed = Advice("warning", "calendarClosed")
        self.list = RecordList(desk, "calendar", "Visits", COLUMNS, EMPTY)
        self.about, self.notes = labels.body(""), Advice("warning", "calendarNotes")
        self.book_button = buttons.outlined("Book a visit…", "calendarBook", "plus")
        self.packets_button = buttons.outlined("Prepare packets", "calendarPackets", "packets")
        self.buttons = {
            name: buttons.outlined(words, f"calendarVisit{name.capitalize()}", icon)
            for name, words, icon in ACTS
        }
        self._lay_out()
        self._connect()
        self._chosen(None)

    def show_visits(
        self,
        title: str,
        count: str,
        closed: str,
        visits: Sequence[AppointmentRecord],
        whole: bool,
        alone: bool = False,
    ) -> None:
        """Show the visits of a day, or a `whole` month as a list."""
        self.title.setText(title)
        self.count.setText(count)
        for part in (self.title, self.count):
            part.setVisible(not alone)
        self.packets_button.setVisible(not whole)
        side = 24 if alone else 16
        theme.scale(self._lines, margins=(side, 12, side, 12))
        self.closed.say(closed)
        if whole != self._whole:
            self._whole = whole
            self.list.show_columns(
                LIST_COLUMNS if whole else COLUMNS, "calendarMonth" if whole else "calendar"
            )
        shown = list(visits)

        def fetch(at: int, most: int, sort: str, descending: bool) -> Sequence[AppointmentRecord]:
            ordered = sorted(shown, key=_ORDER[sort], reverse=descending) if sort else shown
            return ordered[at : at + most]

        self.list.load(Source(fetch, lambda: len(shown)))

    def say_notes(self, notes: Sequence[str], moved: bool) -> None:
        """Show what a person should know of the visit that is chosen; `moved` lets its new time be taken back."""
        self.notes.say("\n".join(notes))
        self.buttons["unmove"].setVisible(moved and self._desk.may(Permission.SEND))

    def _lay_out(self) -> None:
        acts = Flow(8)
        for button in self.buttons.values():
            acts.add(button)
        day = Flow(8)
        for button in (self.book_button, self.packets_button):
            day.add(button)
        self._lines = whole = column(spacing=8, margins=(16, 12, 16, 12))
        for part in (self.title, self.count, self.closed, day):
            whole.addWidget(part)
        whole.addWidget(self.list, 1)
        for part in (self.about, self.notes, acts):
            whole.addWidget(part)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.acted.connect(self.book)
        self.book_button.clicked.connect(self.book)
        self.packets_button.clicked.connect(self.packets)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._act, name))

    def _act(self, name: str) -> None:
        visit = self.list.current()
        if visit is not None:
            self.act.emit(name, visit)

    def _opened(self, visit: AppointmentRecord) -> None:
        self.act.emit("open", visit)

    def _chosen(self, visit: AppointmentRecord | None) -> None:
        """Say what else there is of a visit, and offer what can be done with it."""
        self.notes.say("")
        self.about.setVisible(visit is not None)
        offered = possible(visit) if visit is not None else ()
        may = self._desk.may(Permission.SEND)
        for name, button in self.buttons.items():
            button.setVisible(name in offered and (may or name in ("open", "remind")))
            if visit is not None:
                button.setAccessibleName(f"{button.text().rstrip('…')}: {visit_words.what(visit)}")
        if visit is not None:
            self.about.setText(f"{visit.patient}: {visit_words.described(visit)}")
            self.needed.emit(visit)


def possible(visit: AppointmentRecord) -> tuple[str, ...]:
    """Return the acts that a visit allows as it stands."""
    if visit.is_booked:
        return _PASSED if visit_words.has_passed(visit) else _BOOKED
    return ("open",) if visit.status is AppointmentStatus.MOVED else ("open", "back")
