"""The dialog of one patient: entered once, with those offered who may be the same person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import differences, validation
from referral_app.database import Session
from referral_app.services import patient_duplicates, patients
from referral_app.services.patient_duplicates import LikePatient
from referral_app.services.patients import PatientRecord
from referral_app.ui import conflict_lines, fields, moments
from referral_app.ui.desk import Desk
from referral_app.ui.patients.duplicates import Duplicates
from referral_app.ui.patients.form import PatientForm
from referral_app.ui.record_dialog import RecordDialog

CHOOSE = "Nothing is lost: choose which answers to keep."
MISSING = {"patient.family_name": "Enter the patient's last name."}


class PatientDialog(RecordDialog):
    """Changes a patient or makes a new one; `opened(id)` when one on file is the same person."""

    opened = Signal(str)

    def __init__(self, desk: Desk, patient: PatientRecord | None, parent: QWidget) -> None:
        """Show the patient as read."""
        self._patient = patient or PatientRecord({})
        self.form, self.duplicates = PatientForm(self._patient.values), Duplicates()
        super().__init__(desk, "patient", patient.spoken if patient else "", self.form, parent)
        self.lay_out(720, self.duplicates, self.form)
        self.summary.chosen.connect(self.form.go_to)
        self.duplicates.opened.connect(self._open_other)
        self.duplicates.wanted_new.connect(self._store_new)

    def save(self) -> None:
        """Save; a new patient only after looking for people like this one."""
        values = self.form.read()
        problems = validation.validate({"patient": values})
        if not values.get("family_name"):
            problems = MISSING | problems
        self.duplicates.hide()
        self.show_errors(problems)
        if problems:
            return
        if self._patient.id:
            self._store(values, self._patient)
        else:
            self._look_for_others(values)

    def _look_for_others(self, values: dict[str, Any]) -> None:
        db = self._desk.db

        def work() -> list[LikePatient]:
            with db.read() as session:
                return patient_duplicates.like(session, values)

        self.save_button.setEnabled(False)
        self._desk.background.run(self, work, self._compare, self.failed)

    def _compare(self, found: list[LikePatient]) -> None:
        if not found:
            self._store_new([])
            return
        self.save_button.setEnabled(True)
        self.duplicates.show_people(found)
        fields.go_to(self.duplicates)

    def _store_new(self, apart: list[str]) -> None:
        """Store a new patient, told apart from those who look alike."""
        self.store(partial(_save_apart, patient=replace(self._patient, values=self.form.read()), apart=apart))

    def _store(self, values: dict[str, Any], over: PatientRecord) -> None:
        """Store values over the patient as read, or over the version that someone saved since."""
        self.store(partial(patients.save, patient=replace(over, values=values)))

    def _open_other(self, patient_id: str) -> None:
        self.opened.emit(patient_id)
        self.close_unchanged()

    def theirs(self, session: Session) -> PatientRecord:
        """Return the patient as someone else saved it."""
        return patients.get(session, self._patient.id)

    def show_both(self, theirs: PatientRecord) -> None:
        """Show their version of the patient beside what was typed."""
        self._mine, self._theirs = {"patient": self.form.read()}, theirs
        base = {"patient": self._patient.values}
        self._found = differences.between(base, self._mine, {"patient": theirs.values})
        at = moments.say(theirs.updated)
        sentence = f"Someone else saved this patient {at}, after you opened it. {CHOOSE}"
        self.compare(
            "Two versions of this patient", sentence, [conflict_lines.line(one) for one in self._found]
        )

    def save_decided(self, sides: dict[str, str]) -> None:
        """Store what was decided, on top of their version."""
        whole = differences.merged(self._mine, {"patient": self._theirs.values}, self._found, sides)
        self._store(whole["patient"], self._theirs)


def _save_apart(session: Session, patient: PatientRecord, apart: Sequence[str]) -> PatientRecord:
    saved = patients.save(session, patient)
    for one in apart:
        patient_duplicates.not_same(session, saved.id, one)
    return saved
