"""The page of the calendar: days in a grid, the visits of the chosen day beside it, and what is done with them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.database import Session
from referral_app.jobs import reminders
from referral_app.jobs.reminders import Script
from referral_app.services import locations, visit_acts
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import rights, theme, transaction, visit_dialog, visit_ending, visit_words
from referral_app.ui.calendar import shown
from referral_app.ui.calendar.booking_dialog import BookingDialog
from referral_app.ui.calendar.closed_dialog import ClosedDaysDialog
from referral_app.ui.calendar.day_grid import DayGrid, moved
from referral_app.ui.calendar.head import CalendarHead
from referral_app.ui.calendar.period import DAY, LIST, MONTH, Period, around, bounded, step
from referral_app.ui.calendar.remind_dialog import RemindDialog
from referral_app.ui.calendar.schedule_import import ScheduleImport
from referral_app.ui.calendar.shown import Read
from referral_app.ui.calendar.visit_pane import VisitPane
from referral_app.ui.desk import Desk
from referral_app.ui.visit_dialog import Offered, VisitDialog
from referral_app.ui.visit_ending import VisitEnding
from referral_app.ui.widgets.card import column, row

BESIDE = 1000
"""From this width on the visits stand beside the days, under it below them."""


class CalendarPage(QWidget):
    """`packets_wanted(day)` leads to the packets of a day."""

    follow_referral = Signal(str)
    packets_wanted = Signal(object)
    preview = Signal(str, str)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make the page of this month; `reload` brings it to life."""
        super().__init__()
        self.setObjectName("calendarPage")
        self._desk = desk
        self._mode, self._day = MONTH, date.today()
        self._to_choose = ""
        self._read = Read(around(self._day, MONTH))
        self.head, self.grid, self.pane = CalendarHead(), DayGrid(), VisitPane(desk)
        self.schedule = ScheduleImport(desk, self)
        self._latest = desk.background.latest(self, self._found, delay=40)
        self._noted = desk.background.latest(self, self._show_notes, delay=120)
        self._lay_out()
        self._connect()
        for button in (self.pane.book_button, self.head.import_button):
            rights.allow(button, desk.db, Permission.SEND)
        self.grid.show_days(self._read.period, shown.Shown(self._read), self._day)

    @property
    def day(self) -> date:
        """The day that is chosen."""
        return self._day

    def reload(self) -> None:
        """Read the days in sight anew."""
        db, period = self._desk.db, around(self._day, self._mode)
        self._latest.ask(partial(shown.read, db, period))

    def show_day(self, day: date) -> None:
        """Choose a day, and read its month or week where it is not in sight."""
        self._day, self._to_choose = bounded(day), ""
        if self._read.period.has(self._day):
            self._show()
        else:
            self.reload()

    def show_visit(self, visit: AppointmentRecord) -> None:
        """Choose a visit on its day, also one that the filters hide."""
        if not self.head.wanted().fits(visit):
            self.head.clear()
        self.show_day(visit.day)
        self._to_choose = visit.id

    def show_mode(self, mode: str) -> None:
        """Show month, week, day or list."""
        self._mode = mode
        self.head.show_mode(mode)
        self.reload()

    def focus_search(self) -> None:
        """Put the cursor on the days, or on the visits where no days are shown."""
        if self.grid.isVisible():
            self.grid.setFocus()
        else:
            self.pane.list.enter()

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while out of sight."""
        super().hideEvent(event)
        self._latest.drop()
        self._noted.drop()

    def minimumSizeHint(self) -> QSize:
        """Return the least that is needed at this width: buttons that go on in a second line take room below."""
        least, lines = super().minimumSizeHint(), self.layout()
        tall = lines.totalMinimumHeightForWidth(self.width()) if lines else 0
        return QSize(least.width(), max(least.height(), tall))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the visits beside the days where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._body.direction() is not way:
            self._body.setDirection(way)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Page Up, Page Down and T from everywhere on the page."""
        day = moved(self._day, event) if not self.grid.hasFocus() else None
        if day is not None:
            self.show_day(day)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._body = row(self.grid, self.pane, spacing=0)
        self._body.setStretch(0, 3)
        self._body.setStretch(1, 2)
        lines = column(spacing=0)
        lines.addWidget(self.head.bar())
        lines.addWidget(self.head)
        lines.addLayout(self._body, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self.head.mode_changed.connect(self.show_mode)
        self.head.stepped.connect(self._step)
        self.head.wanted_changed.connect(self._show)
        self.head.closed_days.connect(self._ask_closed)
        self.head.importing.connect(self.schedule.ask)
        self.schedule.booked.connect(self._booked)
        self.grid.wanted.connect(self.show_day)
        self.grid.entered.connect(self.pane.list.enter)
        self.pane.act.connect(self._act)
        self.pane.book.connect(self._book)
        self.pane.packets.connect(self._packets)
        self.pane.needed.connect(self._ask_notes)
        self.pane.list.loaded.connect(self._choose)

    # Showing

    def _step(self, by: int) -> None:
        self.show_day(step(self._day, self._mode, by) if by else date.today())

    def _found(self, found: Read) -> None:
        self._read = found
        self.head.offer(shown.surgeons_of(found), shown.places_of(found))
        self._show()

    def _show(self) -> None:
        """Show what has been read as it is wanted."""
        period, day = self._read.period, self._day
        seen = shown.show(self._read, self.head.wanted())
        inside = seen.within(period)
        self.head.say(period.title, shown.counted(inside))
        self.grid.setVisible(self._mode not in (DAY, LIST))
        self.grid.show_days(period, seen, day)
        self._show_list(period, seen, day)

    def _show_list(self, period: Period, seen: shown.Shown, day: date) -> None:
        if self._mode == LIST:
            visits = seen.within(period)
            self.pane.show_visits(period.title, shown.counted(visits), "", visits, whole=True, alone=True)
            return
        visits = seen.on(day)
        closed = ", ".join(part for part in (shown.holiday(day), seen.why_closed(day)) if part)
        title = around(day, DAY).title
        alone = self._mode == DAY
        self.pane.show_visits(title, shown.counted(visits), closed, visits, whole=False, alone=alone)

    def _choose(self) -> None:
        """Choose the visit that somebody asked for, once its day is there."""
        if self._to_choose and self.pane.list.choose(self._to_choose):
            self._to_choose = ""
            self.pane.list.enter()

    def _ask_notes(self, visit: AppointmentRecord) -> None:
        db = self._desk.db

        def notes() -> Any:
            with db.read() as session:
                return visit_acts.notes(session, visit), visit_acts.is_moved(session, visit)

        self._noted.ask(notes)

    def _show_notes(self, found: tuple[tuple[str, ...], bool]) -> None:
        self.pane.say_notes(*found)

    # What is done with a visit

    def _act(self, name: str, visit: AppointmentRecord) -> None:
        if name == "open":
            self.follow_referral.emit(visit.referral_id)
        elif name == "change":
            self._ask_time(visit.reference, visit)
        elif name == "keep":
            act = partial(visit_acts.keep, appointment_id=visit.id)
            transaction.write(self._desk, self, act, partial(self._ended, visit))
        elif name == "remind":
            look = partial(reminders.script, self._desk.db, visit.id)
            self._desk.background.run(self, look, self._remind)
        elif name in visit_ending.ACTS:
            dialog = VisitEnding(self._desk, visit, name, self)
            dialog.stored.connect(partial(self._ended, visit))
            dialog.open()

    def _remind(self, script: Script) -> None:
        dialog = RemindDialog(self._desk, script, self)
        dialog.letter.connect(self._ask_letter)
        dialog.stored.connect(self._reminded)
        dialog.open()

    def _ask_letter(self, visit: AppointmentRecord) -> None:
        self.preview.emit("reminder", f"{visit.reference}{reminders.VISIT}{visit.id}")

    def _reminded(self, visit: AppointmentRecord) -> None:
        self.said.emit(f"Reminded {visit.patient or 'the patient'} of the {visit_words.what(visit)}")
        self.reload()

    def _book(self) -> None:
        dialog = BookingDialog(self._desk, self)
        dialog.taken.connect(self._ask_time)
        dialog.open()

    def _ask_time(self, reference: str, visit: AppointmentRecord | None = None) -> None:
        look = partial(visit_dialog.read_offered, self._desk.db, reference)
        self._desk.background.run(self, look, partial(self._edit, visit))

    def _edit(self, visit: AppointmentRecord | None, offered: Offered) -> None:
        dialog = VisitDialog(self._desk, offered, self, visit)
        if visit is None and self._day >= date.today():
            dialog.show_day(self._day)
        dialog.stored.connect(partial(self._stored, visit))
        dialog.open()

    def _stored(self, before: AppointmentRecord | None, visit: AppointmentRecord) -> None:
        self.said.emit(visit_words.told(visit, before))
        self._day = visit.day
        self.reload()

    def _booked(self, words: str) -> None:
        self.said.emit(words)
        self.reload()

    def _ended(self, before: AppointmentRecord, visit: AppointmentRecord) -> None:
        self.said.emit(visit_words.told(visit, before))
        self.reload()

    def _packets(self) -> None:
        self.packets_wanted.emit(self._day)

    def _ask_closed(self) -> None:
        transaction.read(self._desk, self, _places, self._show_closed)

    def _show_closed(self, places: list[tuple[str, str]]) -> None:
        dialog = ClosedDaysDialog(self._desk, places, self)
        dialog.changed.connect(self.reload)
        dialog.visit_wanted.connect(self.show_visit)
        dialog.open()


def _places(session: Session) -> list[tuple[str, str]]:
    return [(one.id, f"{one.name or one.line1}, {one.city}") for one in locations.every(session)]
