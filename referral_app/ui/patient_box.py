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
from referral_app.ui.widgets.rows import RowButton
from referral_app.ui.widgets.search_box import SearchBox

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
        self.search = SearchBox("Patient", f"{name}Patient", "Name, date of birth, MRN")
        self.search.setToolTip("Type, then choose with Down and Enter")
        self._rows: list[RowButton] = []
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
        self.search.entered.connect(self._enter)
        self.search.down.connect(self._down)
        self._clear.clicked.connect(self._again)

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
        self.setFocusProxy(self._clear if patient_id else self.search)
        self.changed.emit()

    def clear(self) -> None:
        """Choose nobody."""
        if self.patient_id:
            self.choose("", "")

    def _again(self) -> None:
        """Choose nobody and search anew."""
        self.clear()
        self.search.setFocus()

    def _take(self, one: RowButton, name: str) -> None:
        self.choose(one.value, name)
        self._clear.setFocus()

    def _enter(self) -> None:
        """Choose the first who was found for what stands in the search now."""
        if self._rows:
            self._rows[0].click()

    def _down(self) -> None:
        if self._rows:
            self._rows[0].setFocus()

    def _asked(self, text: str) -> None:
        text, self._rows = text.strip(), []
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
        self._rows = []
        before: QWidget = self.search
        for number, one in enumerate(found):
            born = f"Born {dates.say(one.born)}" if one.born else "No date of birth"
            line = RowButton(f"{self._prefix}Patient{number}", one.id, "person", one.name, born)
            line.clicked.connect(partial(self._take, line, one.name))
            self._found.addWidget(line)
            self._rows.append(line)
            QWidget.setTabOrder(before, line)
            before = line
        if not found:
            self._found.addWidget(labels.muted("No patient found."))
