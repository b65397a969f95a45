"""The chart of one patient, from a C-CDA file: who it is, and what a referral may begin with, each to be confirmed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_app.jobs.patient_import import LookedPatients, PatientPreview
from referral_app.services.patient_import_records import JudgedPatient, PatientAct
from referral_app.services.patients import PatientRecord
from referral_app.ui import theme
from referral_app.ui.patients import wording
from referral_app.ui.patients.import_preview import whole
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.inputs import Radios
from referral_app.ui.widgets.notice import Advice

GROUPS = {
    "allergies": "Allergies",
    "medications": "Medications",
    "problems": "Problems with an ICD-10-CM code",
}
CONFIRM = "Tick what is true today. What is ticked stands in the referral, where it can still be changed."
NOTHING = "The file names no allergies, medications or coded problems. Ask the patient."


class ChartView(QWidget):
    """Shows the patient with what is done, and a box for each thing offered; `changed` with each choice."""

    changed = Signal()

    def __init__(self, looked: LookedPatients, found: PatientPreview) -> None:
        """Show what a file holds and what it means for those on file."""
        super().__init__()
        assert looked.chart is not None
        self._one: JudgedPatient = found.rows[0]
        self.boxes: list[tuple[Any, QCheckBox]] = []
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=12)
        made = f", made {looked.chart.made}" if looked.chart.made else ""
        column.addWidget(labels.muted(f"{looked.chart.title or 'A chart'}{made}"))
        notes = Advice("info", "chartNotes", words=" ".join(found.notes))
        column.addWidget(notes)
        column.addWidget(self._patient())
        column.addWidget(self._offers(looked.chart.offered))

    def act(self) -> PatientAct:
        """Return what is done with the patient."""
        return PatientAct(self.acts.value()) if self.acts.value() else PatientAct.SKIP

    def confirmed(self) -> list[Any]:
        """Return what was ticked."""
        return [one for one, box in self.boxes if box.isChecked()]

    def _patient(self) -> QWidget:
        told = self._one.told
        card = Card("The patient")
        record = PatientRecord(told.values, told.coverage)
        card.add(labels.strong(" · ".join(part for part in (record.spoken, wording.facts(record)) if part)))
        for label, words in (*wording.contact(told.values), *wording.needs(told.values)):
            card.add(labels.body(f"{label}: {words}"))
        for item in told.coverage:
            card.add(labels.body(f"Coverage: {wording.coverage(item)[0]}"))
        text = labels.body("\n".join(whole(self._one)))
        text.setObjectName("chartMeaning")
        card.add(text)
        self.acts = Radios(
            "chartAct", [(act.value, self._one.label(act)) for act in self._one.acts], "What is done"
        )
        self.acts.set_value(self._one.suggested.value)
        self.acts.changed.connect(self.changed)
        card.add(self.acts)
        return card

    def _offers(self, offered: tuple[Any, ...]) -> QWidget:
        card = Card("For a referral")
        card.add(labels.muted(CONFIRM if offered else NOTHING))
        for group, title in GROUPS.items():
            items = [one for one in offered if one.group == group]
            if items:
                card.add(labels.strong(title))
            for one in items:
                words = f"{one.words} ({one.note})" if one.note else one.words
                box = QCheckBox(words.replace("&", "&&"))
                box.setAccessibleName(words)
                box.setObjectName(f"chartOffer{len(self.boxes)}")
                box.toggled.connect(self.changed)
                self.boxes.append((one, box))
                card.add(box)
        return card
