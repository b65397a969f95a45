"""Choosing a patient: found by name, date of birth, phone or record number."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.services.patients import PatientRecord
from referral_app.ui.desk import Desk
from referral_app.ui.settled import Settled
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.rows import RowButton

MOST = 5
QUIET_MS = 200


class PatientBox(QWidget):
    """A search whose answers stand below it; the patient chosen takes its place until they are cleared."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str, nobody: str = "Any patient") -> None:
        """Make it with nobody chosen; `name` begins its object names, `nobody` is the way back to that."""
        super().__init__()
        self._prefix, self._nobody = name, nobody
        self.patient_id = ""
        self._desk = desk
        self._settled = Settled(desk, self, "patients")
        self._latest = desk.background.latest(self, self._show, QUIET_MS)
        self.search = LineEdit(f"{name}Patient", "Patient")
        self.search.setPlaceholderText("Name, date of birth, MRN")
        self._name = labels.body("")
        self._clear = buttons.link(nobody, f"{name}AnyPatient")
        self._chosen = QWidget()
        chosen = column(spacing=2)
        chosen.addWidget(self._name)
        chosen.addLayout(row(self._clear, None))
        self._chosen.setLayout(chosen)
        self._found = column(spacing=0)
        lines = column(spacing=4)
        for part in (self.search, self._chosen):
            lines.addWidget(part)
        lines.addLayout(self._found)
        self.setLayout(lines)
        self.setFocusProxy(self.search)
        self._chosen.hide()
        self.search.textChanged.connect(self._asked)
        self._clear.clicked.connect(self.clear)

    @property
    def name(self) -> str:
        """The name of the patient chosen."""
        return self._name.text()

    def choose(self, patient_id: str, name: str) -> None:
        """Choose one patient."""
        self._settled.note()
        self.patient_id = patient_id
        self._name.setText(name)
        self._clear.setAccessibleName(f"{self._nobody}, not {name}")
        self.search.clear()
        self.search.setVisible(not patient_id)
        self._chosen.setVisible(bool(patient_id))
        self.changed.emit()

    def clear(self) -> None:
        """Choose nobody."""
        if self.patient_id:
            self.choose("", "")

    def _asked(self, text: str) -> None:
        text = text.strip()
        if len(text) < 2:
            self._latest.drop()
            clear(self._found)
            return
        db = self._desk.db

        def work() -> list[PatientRecord]:
            from referral_app.services import patients

            with db.read() as session:
                return patients.find(session, text, limit=MOST)

        self._latest.ask(work)

    def _show(self, found: list[PatientRecord]) -> None:
        self._settled.answered(self.search.text().strip(), len(found))
        clear(self._found)
        for number, one in enumerate(found):
            born = f"Born {dates.say(one.born)}" if one.born else "No date of birth"
            line = RowButton(f"{self._prefix}Patient{number}", one.id, "person", one.name, born)
            line.clicked.connect(partial(self.choose, one.id, one.name))
            self._found.addWidget(line)
        if not found:
            self._found.addWidget(labels.muted("No patient found."))
