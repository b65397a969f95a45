"""Booking from a schedule: which column is which, then what each row becomes, then it is booked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import schedule_booking
from referral_app.jobs.file_look import FileLook
from referral_app.jobs.schedule_booking import BOOK, KNOWN, Line, Preview
from referral_app.ui import theme
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.column_matching import ColumnMatching
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.notice import Advice

SENTENCE = "Visits are matched by medical record number, else by name and date of birth. Nothing is guessed."
EMPTY = ("calendar", "The schedule has no rows", "Choose another file.")
_OUTCOMES = {BOOK: ("ready", "To book"), KNOWN: ("ok", "Booked already")}


def _who(one: Line) -> str:
    return one.row.name or f"MRN {one.row.mrn}"


def _row(one: Line) -> str:
    return schedule_booking.told(one)


def _outcome(one: Line) -> str:
    return _OUTCOMES.get(one.outcome, ("", "Left out"))[1]


def _icon(one: Line) -> str:
    return _OUTCOMES.get(one.outcome, ("review", ""))[0]


def _why(one: Line) -> str:
    kind = one.visit.kind.label if one.visit else ""
    return one.why or " · ".join(part for part in (kind, one.reference) if part)


COLUMNS = (
    Column("Who", _who, 240, detail=_row, stretch=True),
    Column("What becomes of it", _outcome, 300, icon=_icon, detail=_why),
)


class MatchDialog(Framed):
    """Asks which column is which; `matched(fields by heading)`."""

    matched = Signal(dict)

    def __init__(self, looked: FileLook, parent: QWidget) -> None:
        """Show what was guessed."""
        super().__init__(parent, "calendarColumns", f"Columns of {looked.path.name}", SENTENCE)
        self.columns = ColumnMatching(looked, schedule_booking.FIELDS, schedule_booking.mapping_problem)
        self.body.addWidget(self.columns)
        cancel = buttons.outlined("Cancel", "calendarColumnsCancel")
        self.next_button = buttons.primary("Show what is booked", "calendarColumnsNext")
        self.lay_out((860, 680), None, cancel, self.next_button)
        cancel.clicked.connect(self.reject)
        self.next_button.clicked.connect(self._take)

    def _take(self) -> None:
        mapping = self.columns.mapping()
        if sentence := schedule_booking.mapping_problem(mapping):
            self.show_errors({"": sentence})
            return
        self.accept()
        self.matched.emit(mapping)


class ScheduleBookingDialog(Framed):
    """Shows a preview; `booked(words)` when the rows are in the calendar."""

    booked = Signal(str)

    def __init__(self, desk: Desk, preview: Preview, parent: QWidget) -> None:
        """Show what the rows become."""
        super().__init__(parent, "calendarSchedule", f"Book from {preview.name}", SENTENCE)
        self._desk, self._preview = desk, preview
        self.count = labels.strong(schedule_booking.counted(preview.lines))
        self.notes = Advice("info", "calendarScheduleNotes")
        self.list = RecordList(desk, "calendarSchedule", "Rows of the schedule", COLUMNS, EMPTY)
        number = len(preview.to_book)
        words = "Book 1 visit" if number == 1 else f"Book {number:,} visits"
        self.book_button = buttons.primary(words, "calendarScheduleBook", "calendar")
        self.book_button.setEnabled(number > 0)
        cancel = buttons.outlined("Close", "calendarScheduleClose")
        for part in (self.count, self.notes):
            self.body.addWidget(part)
        theme.scale(self.list, min_height=330)
        self.body.addWidget(self.list, 9)
        self.notes.say("\n".join(preview.notes[:5]))
        cancel.clicked.connect(self.reject)
        self.book_button.clicked.connect(self.book)
        self.lay_out((860, 720), cancel, None, self.book_button)
        self._show(preview.lines)

    def book(self) -> None:
        """Book what is to be booked."""
        self.book_button.setEnabled(False)
        db, lines = self._desk.db, self._preview.to_book

        def work(progress: Progress, canceled: Canceled) -> Sequence[Line]:
            return schedule_booking.book(db, lines, progress, canceled)

        self._desk.background.job(self, f"Booking from {self._preview.name}", work, self._done, self.failed)

    def _done(self, lines: Sequence[Line]) -> None:
        made = sum(one.outcome == BOOK for one in lines)
        self.booked.emit(f"{made:,} visit{'' if made == 1 else 's'} booked from {self._preview.name}")
        left = [one for one in lines if one.outcome != BOOK]
        if left:
            self.count.setText(f"{made:,} booked · {len(left):,} not booked")
            self._show(left)
        else:
            self.accept()

    def _show(self, lines: Sequence[Line]) -> None:
        shown = list(lines)

        def fetch(at: int, most: int, _sort: str, _descending: bool) -> Sequence[Line]:
            return shown[at : at + most]

        self.list.load(Source(fetch, lambda: len(shown), lambda one: one.row.row))
