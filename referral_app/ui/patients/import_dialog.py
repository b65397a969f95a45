"""Bringing patients in, step by step: which column is what, then what each row means, then it is done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import patient_import
from referral_app.jobs.patient_import import LookedPatients, PatientPreview
from referral_app.services.patient_import_records import Chosen, PatientAct
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.import_steps import ImportSteps, Work
from referral_app.ui.patients.chart_view import ChartView
from referral_app.ui.patients.import_preview import PatientPreviewView
from referral_app.ui.widgets import buttons


class PatientImportDialog(ImportSteps):
    """`wanted(preview, choices, confirmed)` when a person wants what was shown.

    `confirmed` is what a referral begins with, None where none is to be begun. A chart has no columns, and is read at
    once.
    """

    wanted = Signal(object, object, object)
    LOST = "Nothing is imported yet. What you chose here is lost."

    def __init__(self, desk: Desk, looked: LookedPatients, parent: QWidget) -> None:
        """Show what a first look at a file found."""
        known, judge = patient_import.FIELDS, patient_import.mapping_problem
        super().__init__(desk, looked, parent, "patientImport", known, judge)
        self._looked = looked
        self._preview = PatientPreview()
        self.chart: ChartView | None = None
        self.view = PatientPreviewView(desk)
        self.view.changed.connect(self._judge)
        self.refer_button = buttons.outlined("Import and start a referral", "patientImportRefer")
        self.refer_button.clicked.connect(self.start_referral)
        self.begin((), self.view, self.refer_button)
        if self.columns is None:
            self._read()

    @property
    def is_chosen(self) -> bool:
        """Whether a row was decided, or a column matched."""
        return bool(self.view.choices) or super().is_chosen

    def start_referral(self) -> None:
        """Import the patient of a chart and begin a referral with what was ticked."""
        self._hand_on(self.chart.confirmed() if self.chart else [])

    def _hand_on(self, confirmed: list[Any] | None = None) -> None:
        choices: Chosen = {1: self.chart.act()} if self.chart else dict(self.view.choices)
        self.wanted.emit(self._preview, choices, confirmed)
        self.accept()

    def _show_step(self, step: int) -> None:
        super()._show_step(step)
        self.step.setVisible(self.columns is not None)
        self.back_button.setVisible(step == 1 and self.columns is not None)
        self.refer_button.setVisible(step == 1 and self.columns is None)

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

    def _work(self, mapping: dict[str, str]) -> Work:
        db, looked = self._desk.db, self._looked

        def work(progress: Progress, canceled: Canceled) -> PatientPreview:
            return patient_import.preview(db, looked, mapping, progress, canceled)

        return work

    def _show_reading(self, is_reading: bool) -> None:
        super()._show_reading(is_reading)
        self.view.setVisible(not is_reading and self.columns is not None)
        self.refer_button.setEnabled(not is_reading)

    def _show_found(self, found: PatientPreview) -> None:
        self._preview = found
        if self.columns is None:
            self.chart = ChartView(self._looked, found)
            self.chart.changed.connect(self._judge)
            self._below.addWidget(self.chart)
        else:
            self.view.show_preview(found)
        self._judge()
        (self.next_button if self.next_button.isEnabled() else self.cancel_button).setFocus()
