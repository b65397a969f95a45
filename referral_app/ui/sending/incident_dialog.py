"""One incident: what went where, who has it, who was told, and what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates, phones
from referral_app.database import Session
from referral_app.services import incidents
from referral_app.services.incidents import IncidentRecord, Told
from referral_app.ui import fields, rights, transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.sending import words
from referral_app.ui.sending.told_lines import ToldLines
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import LineEdit, TextArea

REACHED = "As it was really dialed, as on the fax report. Leave it empty if nobody knows."
LISTED = "The patient may read this in the list of disclosures: no names of staff."
WHO = "Or that nobody could find out. The patient may read this too."


class IncidentDialog(Framed):
    """`saved(record)` once it is stored; an administrator closes it here too. `sheet_wanted(id)` asks for its sheet."""

    saved = Signal(object)
    sheet_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, incident: IncidentRecord) -> None:
        """Show what is written so far."""
        sentence = f"{incident.patient} · reference {incident.reference} · {incident.said}"
        super().__init__(parent, "incidentDialog", "Incident", sentence)
        self._desk, self._incident = desk, incident
        self._prints = False
        self.found, self.what = LineEdit("incidentFound", chars=20), TextArea("incidentWhat", rows=2)
        self.who, self.deeds = LineEdit("incidentWho", chars=48), TextArea("incidentDone", rows=3)
        self.reached, self.note = LineEdit("incidentReached", chars=40), TextArea("incidentNote", rows=2)
        self.told = ToldLines(incident.told)
        self.blocks = {
            "found_on": Field("Found on", self.found),
            "address": Field("Number or address that was reached", self.reached, REACHED, optional=True),
            "what": Field("What went there", self.what, LISTED),
            "who_has_it": Field("Who has it", self.who, WHO, optional=True),
            "note": Field("Note for the office", self.note, "Told to nobody outside", optional=True),
            "told": Field(
                "Who was told", self.told, "Privacy officer, patient, surgeon’s office", optional=True
            ),
            "done": Field(
                "What was done", self.deeds, "Such as: they shredded it and said so", optional=True
            ),
        }
        Echo(self.blocks["found_on"], dates.read_happened, typed_day.happened_hint())
        self.found.setText(dates.say(incident.found_on))
        self.reached.setText(phones.say(incident.address) if incident.address else "")
        filled = {"what": self.what, "who_has_it": self.who, "done": self.deeds, "note": self.note}
        fields.fill(filled, incident)
        for block in self.blocks.values():
            self.body.addWidget(block)
        self.save_button = buttons.primary("Save", "incidentSave", "save")
        self.close_button = buttons.outlined("Save and close the incident", "incidentClose", "ok")
        self.print_button = buttons.outlined("Save and preview sheet", "incidentPrint", "print")
        no = buttons.outlined("Back", "incidentBack")
        rights.allow(self.close_button, desk.db, Permission.ADMINISTER)
        rights.allow(self.print_button, desk.db, Permission.PRINT)
        self.close_button.clicked.connect(self.close_incident)
        self.print_button.clicked.connect(self.print)
        self.close_with((760, 640), self.save_button, no, self.close_button, self.print_button)

    def accept(self) -> None:
        """Store it, or say what is missing."""
        self._store(incidents.record)

    def print(self) -> None:
        """Store it, and ask for the sheet of what is stored."""
        self._prints = True
        self._store(incidents.record)

    def close_incident(self) -> None:
        """Store it and close the incident, in one."""
        self._store(_record_and_close)

    def _store(self, service: object) -> None:
        incident = self._written()
        if incident is None or not callable(service):
            self._prints = False
            return
        self.save_button.setEnabled(False)
        act = partial(service, incident=incident)
        transaction.write(self._desk, self, act, self._stored, self._refused)

    def _written(self) -> IncidentRecord | None:
        """Return the incident as it is typed, None where a day is none, which is said then."""
        found = words.read_day(self, self.found, "found_on")
        if found is None:
            return None
        told: list[Told] = []
        for who, on, how in self.told.lines():
            try:
                told.append(Told(who, dates.read_happened(on) if on else date.today(), how))
            except ValueError as error:
                self.show_errors({"told": str(error)})
                return None
        return replace(
            self._incident, found_on=found, what=self.what.toPlainText(), who_has_it=self.who.text(),
            done=self.deeds.toPlainText(), told=tuple(told), address=self.reached.text(), note=self.note.toPlainText(),
        )  # fmt: skip

    def _stored(self, record: IncidentRecord) -> None:
        self.saved.emit(record)
        if self._prints:
            self.sheet_wanted.emit(record.id)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self._prints = False
        self.save_button.setEnabled(True)
        self.failed(error)


def _record_and_close(session: Session, incident: IncidentRecord) -> IncidentRecord:
    return incidents.close(session, incidents.record(session, incident).id)
