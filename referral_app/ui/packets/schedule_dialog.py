"""Which column of a schedule is which, asked where that cannot be told from the headings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import visits
from referral_app.jobs.file_look import FileLook
from referral_app.ui.column_matching import ColumnMatching
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons

SENTENCE = "Visits are matched by medical record number, else by name and date of birth. Nothing is guessed."


class ScheduleDialog(Framed):
    """Asks for the columns; `matched(fields by heading)`."""

    matched = Signal(dict)

    def __init__(self, looked: FileLook, parent: QWidget) -> None:
        """Show what was guessed."""
        super().__init__(parent, "scheduleDialog", f"Columns of {looked.path.name}", SENTENCE)
        self.columns = ColumnMatching(looked, visits.FIELDS, visits.mapping_problem)
        self.body.addWidget(self.columns)
        cancel = buttons.outlined("Cancel", "scheduleCancel")
        self.show_button = buttons.primary("Show the visits", "scheduleShow")
        self.lay_out((860, 680), None, cancel, self.show_button)
        cancel.clicked.connect(self.reject)
        self.show_button.clicked.connect(self._take)

    def _take(self) -> None:
        mapping = self.columns.mapping()
        if sentence := visits.mapping_problem(mapping):
            self.show_errors({"": sentence})
            return
        self.matched.emit(mapping)
        self.accept()
