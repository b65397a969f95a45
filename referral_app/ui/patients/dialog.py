"""The dialog of one patient: entered once, with those offered who may be the same person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from referral_app.clinical import differences, validation
from referral_app.services import patients
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.patients import PatientRecord
from referral_app.ui import ask, conflict_lines, fields, theme
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.desk import Desk
from referral_app.ui.patients.duplicates import Duplicates
from referral_app.ui.patients.form import PatientForm
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.scroll import scrolled

CHOOSE = "Nothing is lost: choose which answers to keep."
MISSING = {"patient.family_name": "Enter the patient's last name."}


class PatientDialog(QDialog):
    """Changes a patient or makes a new one; `saved(record)` when stored, `opened(id)` when one on file is the same."""

    saved = Signal(object)
    opened = Signal(str)

    def __init__(self, desk: Desk, patient: PatientRecord | None, parent: QWidget) -> None:
        """Show the patient as read."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("patientDialog")
        self.setWindowTitle("Edit patient" if patient else "New patient")
        self._desk, self._patient, self._changed = desk, patient or PatientRecord({}), False
        self.form = PatientForm(self._patient.values)
        self.summary, self.duplicates = ErrorSummary("patientErrors"), Duplicates()
        self.save_button = buttons.primary("Save", "savePatient", icon="save")
        self.cancel_button = buttons.outlined("Cancel", "cancelPatient")
        self._lay_out(patient.spoken if patient else "New patient")
        self._connect()
        room = parent.window().size()
        self.resize(min(theme.px(720), room.width() - 40), min(theme.px(720), room.height() - 40))

    def save(self) -> None:
        """Save; a new patient only after looking for people like this one."""
        values = self.form.read()
        problems = validation.validate({"patient": values})
        if not values.get("family_name"):
            problems = MISSING | problems
        self.duplicates.hide()
        self._show_errors(problems)
        if problems:
            return
        self.save_button.setEnabled(False)
        if self._patient.id:
            self._store(values)
        else:
            self._look_for_others(values)

    def reject(self) -> None:
        """Close; what was typed is not thrown away without asking."""
        if self._changed:
            ask.confirm(
                self,
                "Discard your changes?",
                "What you typed here is not saved.",
                "Discard",
                self._discard,
                danger=True,
            )
        else:
            super().reject()

    def _discard(self) -> None:
        self._changed = False
        self.reject()

    def _look_for_others(self, values: dict[str, Any]) -> None:
        db = self._desk.db

        def work() -> list[PatientRecord]:
            with db.read() as session:
                return patients.duplicates(session, values)

        self._desk.background.run(self, work, self._compare, self._failed)

    def _compare(self, found: list[PatientRecord]) -> None:
        if not found:
            self._store_new()
            return
        self.save_button.setEnabled(True)
        self.duplicates.show_people(found)
        fields.go_to(self.duplicates)

    def _store_new(self) -> None:
        self.save_button.setEnabled(False)
        self._store(self.form.read())

    def _store(self, values: dict[str, Any], over: PatientRecord | None = None) -> None:
        """Store what was typed over the patient as read, or over the version that someone saved since."""
        db, record = self._desk.db, replace(over or self._patient, values=values)

        def work() -> PatientRecord:
            with db.begin() as session:
                return patients.save(session, record)

        self._desk.background.run(self, work, self._stored, self._failed)

    def _stored(self, record: PatientRecord) -> None:
        self._changed = False
        self.saved.emit(record)
        self.accept()

    def _open_other(self, patient_id: str) -> None:
        self._changed = False
        self.opened.emit(patient_id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self._show_errors(error.fields)
        if isinstance(error, Conflict):
            self._look_at_theirs()

    def _look_at_theirs(self) -> None:
        db, patient_id = self._desk.db, self._patient.id

        def work() -> PatientRecord:
            with db.read() as session:
                return patients.get(session, patient_id)

        self._desk.background.run(self, work, self._show_both, self._failed)

    def _show_both(self, theirs: PatientRecord) -> None:
        self._mine, self._theirs = self.form.read(), theirs
        three = ({"patient": values} for values in (self._patient.values, self._mine, theirs.values))
        self._found = differences.between(*three)
        at = conflict_lines.when(theirs.updated)
        sentence = f"Someone else saved this patient {at}, after you opened it. {CHOOSE}"
        lines = [conflict_lines.line(one) for one in self._found]
        dialog = ConflictDialog(
            self, "Two versions of this patient", sentence, "Saved by someone else", lines
        )
        dialog.decided.connect(self._save_decided)
        dialog.decided.connect(dialog.accept)
        dialog.open()

    def _save_decided(self, sides: dict[str, str]) -> None:
        mine, theirs = {"patient": self._mine}, {"patient": self._theirs.values}
        whole = differences.merged(mine, theirs, self._found, sides)
        self.save_button.setEnabled(False)
        self._store(whole["patient"], self._theirs)

    def _show_errors(self, errors: Mapping[str, str]) -> None:
        self.form.show_errors(errors)
        self.summary.show_errors(errors)
        if errors:
            fields.go_to(self.summary)

    def _lay_out(self, title: str) -> None:
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        for part in (labels.title(title), self.summary, self.duplicates, self.form):
            lines.addWidget(part)
        lines.addStretch(1)
        inside.setLayout(lines)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(None, self.cancel_button, self.save_button, margins=(24, 12, 24, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, "patientDialogArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.form.changed.connect(self._note_change)
        self.summary.chosen.connect(self.form.go_to)
        self.duplicates.opened.connect(self._open_other)
        self.duplicates.wanted_new.connect(self._store_new)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.cancel_button.clicked.connect(self.reject)

    def _note_change(self) -> None:
        self._changed = True
