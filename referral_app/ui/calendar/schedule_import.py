"""Takes a schedule file to the calendar: looked at, matched, shown, booked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import schedule_booking, visits
from referral_app.jobs.file_look import FileLook
from referral_app.jobs.schedule_booking import Preview
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.calendar.schedule_dialog import MatchDialog, ScheduleBookingDialog
from referral_app.ui.desk import Desk

FILES = "Schedules (*.csv *.txt *.xlsx *.zip);;All files (*)"


class ScheduleImport(QObject):
    """`booked(words)` when visits were booked."""

    booked = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Take the page over which dialogs stand."""
        super().__init__(page)
        self._desk, self._page = desk, page

    def ask(self) -> None:
        """Ask for the file."""
        ask.open_file(self._page, "Book from a schedule", FILES, self.open)

    def open(self, path: Path) -> None:
        """Look at a file; asks which column is which where that cannot be told."""
        db = self._desk.db
        self._desk.background.run(self, lambda: visits.look(db, path), self._looked, self._refused)

    def _looked(self, looked: FileLook) -> None:
        if schedule_booking.mapping_problem(looked.mapping):
            dialog = MatchDialog(looked, self._page)
            dialog.matched.connect(partial(self._read, looked))
            dialog.open()
        else:
            self._read(looked, dict(looked.mapping))

    def _read(self, looked: FileLook, mapping: dict[str, str]) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Preview:
            return schedule_booking.preview(db, looked, mapping, progress, canceled)

        self._desk.background.job(self, f"Reading {looked.path.name}", work, self._show, self._refused)

    def _show(self, preview: Preview) -> None:
        if preview.canceled:
            return
        dialog = ScheduleBookingDialog(self._desk, preview, self._page)
        dialog.booked.connect(self.booked)
        dialog.open()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self._page, str(error), warning=True)
