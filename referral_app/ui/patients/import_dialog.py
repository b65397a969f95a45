"""Bringing patients in, step by step: which column is what, then what each row means, then it is done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import patient_import
from referral_app.jobs.patient_import import CHART, LookedPatients, PatientPreview
from referral_app.services.patient_import_records import Chosen, PatientAct
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.column_matching import ColumnMatching
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.patients.chart_view import ChartView
from referral_app.ui.patients.import_preview import PatientPreviewView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.notice import Advice

STEPS = ("Step 1 of 2: what is in the file", "Step 2 of 2: what would be done")
READING = "Reading the file. You can go on working: the status bar shows how far it is."
LEAVE, LOST = "Leave the import?", "Nothing is imported yet. What you chose here is lost."


class PatientImportDialog(Framed):
    """`wanted(preview, choices, confirmed)` when a person wants what was shown.

    `confirmed` is what a referral begins with, None where none is to be begun.
    """

    wanted = Signal(object, object, object)

    def __init__(self, desk: Desk, looked: LookedPatients, parent: QWidget) -> None:
        """Show what a first look at a file found."""
        super().__init__(parent, "patientImportDialog", f"Import {looked.path.name}")
        self.setModal(False)
        self._desk, self._looked, self._number = desk, looked, 0
        self._job: Job | None = None
        self._preview = PatientPreview()
        self.chart: ChartView | None = None
        is_chart = looked.kind == CHART
        self.step = labels.muted(STEPS[0])
        self.notes = Advice("info", "patientFileNotes", words=" ".join(looked.notes))
        fields, judge = patient_import.FIELDS, patient_import.mapping_problem
        self.columns = None if is_chart else ColumnMatching(looked, fields, judge)
        self.view = PatientPreviewView(desk)
        self.reading = labels.body(READING)
        self.cancel_button = buttons.outlined("Cancel", "patientImportCancel")
        self.back_button = buttons.outlined("Back", "patientImportBack")
        self.refer_button = buttons.outlined("Import and start a referral", "patientImportRefer")
        self.next_button = buttons.primary("Preview", "patientImportNext")
        self._lay_out()
        self._connect()
        self._show_step(0)
        if is_chart:
            self._read()

    def go_on(self) -> None:
        """Preview, or import what was previewed."""
        if self._number == 0:
            self._read()
        else:
            self._hand_on(None)

    def go_back(self) -> None:
        """Match the columns again."""
        self._stop()
        self._show_step(0)

    def start_referral(self) -> None:
        """Import the patient of a chart and begin a referral with what was ticked."""
        self._hand_on(self.chart.confirmed() if self.chart else [])

    def reject(self) -> None:
        """Close, after a question where choices would be lost."""
        chosen = bool(self.view.choices) or (self.columns is not None and self.columns.is_changed)
        if chosen:
            ask.confirm(self, LEAVE, LOST, "Leave the import", self._leave, danger=True, no="Stay here")
        else:
            self._leave()

    def _leave(self) -> None:
        self._stop()
        super().reject()

    def _hand_on(self, confirmed: list[Any] | None) -> None:
        choices: Chosen = {1: self.chart.act()} if self.chart else dict(self.view.choices)
        self.wanted.emit(self._preview, choices, confirmed)
        self.accept()

    def _lay_out(self) -> None:
        self.first, self.second = QWidget(), QWidget()
        lines = column(spacing=16)
        for part in (self.notes, self.columns):
            if part is not None:
                lines.addWidget(part)
        self.first.setLayout(lines)
        self._below = column(spacing=8)
        self._below.addWidget(self.reading)
        self._below.addWidget(self.view, 1)
        self.second.setLayout(self._below)
        self.body.insertWidget(1, self.step)
        self.body.addWidget(self.first)
        self.body.addWidget(self.second, 20)
        self.lay_out(
            (960, 780), self.back_button, None, self.cancel_button, self.refer_button, self.next_button
        )

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.refer_button.clicked.connect(self.start_referral)
        self.next_button.setShortcut("Ctrl+Return")
        self.view.changed.connect(self._judge)

    def _show_step(self, step: int) -> None:
        self._number = step
        self.first.setVisible(step == 0)
        self.second.setVisible(step == 1)
        self.step.setText(STEPS[step])
        self.step.setVisible(self.columns is not None)
        self.back_button.setVisible(step == 1 and self.columns is not None)
        self.refer_button.setVisible(step == 1 and self.columns is None)
        self.next_button.setText("Import" if step else "Preview")
        self.next_button.setEnabled(True)
        self.show_errors({})

    def _judge(self) -> None:
        """Say how many are imported; a referral needs a patient who is added or on file."""
        if self.chart is not None:
            act, one = self.chart.act(), self._preview.rows[0]
            self.next_button.setEnabled(act is not PatientAct.SKIP)
            self.refer_button.setEnabled(act is not PatientAct.SKIP or one.like is not None)
            words = (
                "Import and start a referral"
                if act is not PatientAct.SKIP
                else "Start a referral for the one on file"
            )
            self.refer_button.setText(words)
            return
        count = self.view.count()
        self.next_button.setEnabled(bool(count))
        self.next_button.setText(f"Import {count:,}" if count else "Import")

    def _read(self) -> None:
        mapping = self.columns.mapping() if self.columns else {}
        if self.columns and (sentence := patient_import.mapping_problem(mapping)):
            self.show_errors({"": sentence})
            return
        if self.columns:
            self.columns.note_kept(mapping)
        db, looked = self._desk.db, self._looked

        def work(progress: Progress, canceled: Canceled) -> PatientPreview:
            return patient_import.preview(db, looked, mapping, progress, canceled)

        self._show_step(1)
        self._show_reading(True)
        self._job = self._desk.background.job(
            self, f"Reading {looked.path.name}", work, self._previewed, self._failed
        )

    def _show_reading(self, is_reading: bool) -> None:
        self.reading.setVisible(is_reading)
        self.view.setVisible(not is_reading and self.columns is not None)
        for button in (self.next_button, self.refer_button):
            button.setEnabled(not is_reading)

    def _previewed(self, found: PatientPreview) -> None:
        self._job, self._preview = None, found
        if found.canceled or self._number == 0:
            self._show_step(0)
            return
        self._show_reading(False)
        if self.columns is None:
            self.chart = ChartView(self._looked, found)
            self.chart.changed.connect(self._judge)
            self._below.addWidget(self.chart)
        else:
            self.view.show_preview(found)
        self._judge()
        (self.next_button if self.next_button.isEnabled() else self.cancel_button).setFocus()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show_step(0)
        self.failed(error)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
