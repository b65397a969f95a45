"""Bringing a file in, step by step: which column is what, then what would be done, then it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import directory_preview, directory_reading
from referral_app.jobs.directory_preview import Preview
from referral_app.jobs.directory_reading import NATIONAL, SIGNED, Looked, Plan
from referral_app.services.import_records import Outcome
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.column_matching import ColumnMatching
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.surgeons.import_choices import BadRows, National, Signed
from referral_app.ui.surgeons.import_preview import PreviewView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.notice import Advice

STEPS = ("Step 1 of 2: what is in the file", "Step 2 of 2: what would be done")
READING = "Reading the file. You can go on working: the status bar shows how far it is."
LEAVE = "Leave the import?"
LOST = "Nothing is imported yet. The fields that you chose for the columns are lost."
STANDS_STILL = "Something is refused, and you chose to import nothing then. Mend the file, or go back."


class ImportDialog(Framed):
    """`wanted(plan)` when a person wants what the preview showed. The window can be used meanwhile."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, looked: Looked, parent: QWidget) -> None:
        """Show what the first look at a file found."""
        super().__init__(parent, "importDialog", f"Import {looked.path.name}")
        self.setModal(False)
        self._desk, self._looked = desk, looked
        self._job: Job | None = None
        self._number = 0
        self._plan = Plan(looked.path)
        self.step = labels.muted(STEPS[0])
        self.notes = Advice("info", "fileNotes", words=" ".join(looked.notes))
        known, judge = directory_reading.FIELDS, directory_reading.mapping_problem
        is_table = looked.kind == directory_reading.TABLE
        self.columns = ColumnMatching(looked, known, judge) if is_table else None
        self.national = National() if looked.kind == NATIONAL else None
        self.signed = Signed(looked.signature) if looked.kind == SIGNED and looked.signature else None
        self.bad_rows, self.preview = BadRows(), PreviewView(desk)
        self.reading = labels.body(READING)
        self.first, self.second = QWidget(), QWidget()
        self.cancel_button = buttons.outlined("Cancel", "importCancel")
        self.back_button = buttons.outlined("Back", "importBack")
        self.next_button = buttons.primary("Preview", "importNext")
        self._lay_out()
        self._connect()
        self._show_step(0)

    def plan(self) -> Plan:
        """Return what is chosen."""
        states, taxonomies = self.national.chosen() if self.national else ((), ())
        return Plan(
            self._looked.path, self.columns.mapping() if self.columns else {}, states, taxonomies,
            self.bad_rows.only_if_clean, self.signed.trust if self.signed else "", self._looked.seen,
        )  # fmt: skip

    def go_on(self) -> None:
        """Preview, or import what was previewed."""
        if self._number == 0:
            self._read()
        else:
            self.wanted.emit(self._plan)
            self.accept()

    def go_back(self) -> None:
        """Choose again."""
        self._stop()
        self._show_step(0)

    def reject(self) -> None:
        """Close, after a question where chosen fields would be lost; a reading under way is stopped."""
        if self.columns is not None and self.columns.is_changed:
            ask.confirm(self, LEAVE, LOST, "Leave the import", self._leave, danger=True, no="Stay here")
        else:
            self._leave()

    def _leave(self) -> None:
        self._stop()
        super().reject()

    def _lay_out(self) -> None:
        lines = column(spacing=16)
        for part in (self.notes, self.columns, self.national, self.signed, self.bad_rows):
            if part is not None:
                lines.addWidget(part)
        self.first.setLayout(lines)
        below = column(spacing=8)
        below.addWidget(self.reading)
        below.addWidget(self.preview, 1)
        self.second.setLayout(below)
        self.body.insertWidget(1, self.step)
        self.body.addWidget(self.first)
        self.body.addWidget(self.second, 20)
        self.lay_out((960, 760), self.back_button, None, self.cancel_button, self.next_button)

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.next_button.setShortcut("Ctrl+Return")
        if self.columns:
            self.columns.changed.connect(self._judge)
        if self.signed:
            self.signed.changed.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        self.next_button.setEnabled(self.signed.is_ready if self.signed else True)

    def _show_step(self, step: int) -> None:
        self.first.setVisible(step == 0)
        self.second.setVisible(step == 1)
        self._number = step
        self.step.setText(STEPS[step])
        self.back_button.setVisible(step == 1)
        self.next_button.setText("Import" if step else "Preview")
        self.show_errors({})
        if not step:
            self._judge()

    def _read(self) -> None:
        plan, db = self.plan(), self._desk.db
        if self.columns and (sentence := directory_reading.mapping_problem(plan.mapping)):
            self.show_errors({"": sentence})
            return
        self._plan = plan
        headings = self._looked.headings if self.columns else ()
        if self.columns:
            self.columns.note_kept(plan.mapping)

        def work(progress: Progress, canceled: Canceled) -> Preview:
            if headings:
                directory_reading.remember(db, headings, plan.mapping)
            return directory_preview.preview(db, plan, progress, canceled)

        self._show_step(1)
        self._show_reading(True)
        label = f"Reading {self._looked.path.name}"
        self._job = self._desk.background.job(self, label, work, self._previewed, self._failed)

    def _show_reading(self, is_reading: bool) -> None:
        self.reading.setVisible(is_reading)
        self.preview.setVisible(not is_reading)
        self.next_button.setEnabled(not is_reading)

    def _previewed(self, found: Preview) -> None:
        self._job = None
        if self._number == 0 or found.canceled:
            self._show_step(0)
            return
        self._show_reading(False)
        self.preview.show_preview(found)
        count = found.counts[Outcome.NEW] + found.counts[Outcome.CHANGED]
        stands_still = self._plan.only_if_clean and not found.is_clean
        is_signed = self._looked.kind == SIGNED
        self.next_button.setEnabled((bool(count) or is_signed) and not stands_still)
        self.next_button.setText(f"Import {count:,}" if count else "Import")
        if stands_still:
            self.show_errors({"": STANDS_STILL})
        else:
            self.next_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show_step(0)
        self.failed(error)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
