"""A request for copies: who asked, who that is, how it was checked, what they want, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates, representation
from referral_app.services import patients, releases
from referral_app.services.errors import InvalidInput
from referral_app.services.patients import PatientRecord
from referral_app.services.releases import DUE_DAYS, ReleaseRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.patient_box import PatientBox
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea

RELATIONS = [
    (one, one[:1].upper() + one[1:])
    for one in (
        "the patient",
        "legal representative",
        "family member",
        "another office",
        "insurance",
        "lawyer",
        "other",
    )
]


class RequestDialog(Framed):
    """Enters a request or changes an open one; `saved(record)` when it is stored."""

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, known: ReleaseRecord | None = None) -> None:
        """Show what is known of it: nothing, the patient, or all of it."""
        asks = "Copy asked for" if known and known.id else "New request for a copy"
        super().__init__(parent, "requestDialog", asks)
        self._desk, self._known = desk, known
        self.patient = PatientBox(desk, "request", "Another patient")
        self.asked_by, self.relation = (
            LineEdit("requestBy", chars=32),
            ChoiceBox("requestRelation", RELATIONS),
        )
        self.asked_on, self.due_on = LineEdit("requestOn", chars=20), LineEdit("requestDue", chars=20)
        self.wanted, self.identity = TextArea("requestWanted", rows=2), LineEdit("requestIdentity", chars=40)
        self.note = TextArea("requestNote", rows=2)
        self.who_may = labels.body("")
        self.who_may.hide()
        self.blocks = self._fields()
        for name, block in self.blocks.items():
            self.body.addWidget(block)
            if name == "patient_id":
                self.body.addWidget(self.who_may)
        self.patient.changed.connect(self._ask_who_may)
        self.save_button = buttons.primary("Save", "requestSave", icon="save")
        self.save_button.setShortcut("Ctrl+Return")
        self.close_with((560, 720), self.save_button, buttons.outlined("Cancel", "requestCancel"))
        self._fill(known)
        if known is not None:
            self._first_empty().setFocus()

    def _fields(self) -> dict[str, Field]:
        by_law = f"At most {DUE_DAYS} days after the request; “More time” puts it off once, with a reason"
        needed = "Needed before a copy is given: photo ID, known to us"
        return {
            "patient_id": Field("Patient", self.patient),
            "asked_by": Field("Who asked", self.asked_by),
            "relation": Field("Who that is", self.relation),
            "wanted": Field("What they want", self.wanted),
            "asked_on": Field("Asked on", self.asked_on),
            "due_on": Field("Due on", self.due_on, by_law),
            "identity": Field("How their identity was checked", self.identity, needed),
            "note": Field("Note", self.note),
        }

    def accept(self) -> None:
        """Store it, or say what is missing."""
        try:
            record = self._read()
        except InvalidInput as error:
            self.show_errors(error.fields)
            return
        self.save_button.setEnabled(False)
        transaction.write(
            self._desk, self, partial(releases.record, asked=record), self._saved, self._refused
        )

    def _ask_who_may(self) -> None:
        """Say who may ask for a patient under 18, or who was until lately."""
        self.who_may.hide()
        if patient_id := self.patient.patient_id:
            look = partial(patients.several, ids=[patient_id])
            transaction.read(self._desk, self, look, self._say_who_may)

    def _say_who_may(self, found: Sequence[PatientRecord]) -> None:
        if [one.id for one in found] == [self.patient.patient_id]:
            words = representation.who_may_ask(found[0].values, date.today())
            self.who_may.setText(words)
            self.who_may.setVisible(bool(words))

    def _first_empty(self) -> QWidget:
        """Return what is filled in next where the patient is known."""
        asked = (
            (self.asked_by, self.asked_by.text()), (self.relation, self.relation.value()),
            (self.wanted, self.wanted.toPlainText()), (self.identity, self.identity.text()),
        )  # fmt: skip
        return next((widget for widget, words in asked if not words.strip()), self.asked_by)

    def _fill(self, known: ReleaseRecord | None) -> None:
        on = known.asked_on if known else date.today()
        self._days = known.latest - on if known else timedelta(days=DUE_DAYS)
        self._usual = dates.say(on + self._days)
        self.asked_on.setText(dates.say(on))
        self.due_on.setText(dates.say(known.due_on) if known and known.due_on else self._usual)
        self.asked_on.textChanged.connect(self._follow_day)
        if known is None:
            return
        self.patient.choose(known.patient_id, known.patient)
        self.asked_by.setText(known.asked_by)
        self.relation.set_value(known.relation)
        self.wanted.setPlainText(known.wanted)
        self.identity.setText(known.identity)
        self.note.setPlainText(known.note)

    def _follow_day(self, words: str) -> None:
        """Let the day on which it is due follow the day of the request, unless somebody chose another."""
        try:
            day = dates.read_date(words.strip())
        except ValueError:
            return
        before, self._usual = self._usual, dates.say(day + self._days)
        if self.due_on.text() == before:
            self.due_on.setText(self._usual)

    def _read(self) -> ReleaseRecord:
        """Return what was typed; raises InvalidInput for days that cannot be read and without a patient."""
        problems: dict[str, str] = {}
        if not self.patient.patient_id:
            problems["patient_id"] = "Choose the patient."
        days: dict[str, date | None] = {}
        for name, line in (("asked_on", self.asked_on), ("due_on", self.due_on)):
            try:
                days[name] = dates.read_date(line.text().strip()) if line.text().strip() else None
            except ValueError as error:
                problems[name] = str(error)
        if not problems and days["asked_on"] is None:
            problems["asked_on"] = "Enter the day of the request."
        if problems:
            raise InvalidInput(problems)
        known = self._known
        return ReleaseRecord(
            self.patient.patient_id, self.asked_by.text().strip(), days["asked_on"] or date.today(),
            self.relation.value(), self.wanted.toPlainText().strip(), days["due_on"], self.identity.text().strip(),
            note=self.note.toPlainText().strip(), reference=known.reference if known else "",
            id=known.id if known else "", version=known.version if known else 0,
        )  # fmt: skip

    def _saved(self, record: ReleaseRecord) -> None:
        self.saved.emit(record)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.failed(error)
