"""The page of patients: search, list and detail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QWidget

from referral_app.database import Database
from referral_app.services import patient_duplicates, patients
from referral_app.services.errors import InvalidInput
from referral_app.services.patient_merging import MergedPatients, Parted
from referral_app.services.patients import PatientRecord
from referral_app.ui import ask, copying, theme, transaction
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.finding import Finding
from referral_app.ui.patients import detail, wording
from referral_app.ui.patients.bringing import PatientBringing
from referral_app.ui.patients.detail import PatientDetail, PatientFile
from referral_app.ui.patients.dialog import PatientDialog
from referral_app.ui.settled import Settled
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.panes import Panes
from referral_app.ui.widgets.search_box import SearchBox

HINT = "Name, date of birth, last four of the phone, MRN"
SORTS = [("name", "Name"), ("born", "Date of birth"), ("updated", "Last changed")]
SETTLE_MS = 60
EMPTY = (
    "patients",
    "No patient yet",
    "Enter one here, or with a referral.",
    "New patient",
)


def _updated(patient: PatientRecord) -> str:
    return wording.moment(patient.updated)


COLUMNS = (
    Column("Patient", wording.name, 260, detail=wording.born, stretch=True),
    Column("Phone", wording.number, 150, detail=wording.record_number),
    Column("Changed", _updated, 150),
)


@dataclass(frozen=True)
class _Asked:
    """One search; both functions run in the background."""

    db: Database
    text: str
    sort: str

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[PatientRecord]:
        """Return a page of patients."""
        with self.db.read() as session:
            return patients.find(session, self.text, limit, offset, self.sort)

    def count(self) -> int:
        """Return how many there are."""
        with self.db.read() as session:
            return patients.count(session, self.text)


class PatientsPage(QWidget):
    """Finds patients, keeps their values, and begins a referral for one."""

    new_referral = Signal(dict)
    open_referral = Signal(str)
    said = Signal(str)
    changed = Signal()
    resume_draft = Signal(str)
    undoable = Signal(str, object)
    papers_wanted = Signal(str, str, str)
    releases_wanted = Signal(str, str)
    privacy_wanted = Signal(str, str)
    call_wanted = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        """Make the page; `reload` brings it to life."""
        super().__init__()
        self.setObjectName("patientsPage")
        self._desk = desk
        self._wanted = ""
        self.search = SearchBox("Search patients", "patientSearch", hint=HINT)
        self.search.setAccessibleDescription(f"By {HINT[0].lower()}{HINT[1:]}")
        self.sort = ChoiceBox("patientSort", SORTS, says="Sort by", empty=None)
        self.count = labels.muted("")
        self.new_button = buttons.outlined("New patient", "newPatient", icon="plus")
        self.import_button = buttons.outlined("Import…", "importPatients", icon="import")
        self.bringing = PatientBringing(desk, self)
        self.list, self.detail = RecordList(desk, "patients", "Patients", COLUMNS, EMPTY), PatientDetail()
        words = labels.muted("Sort by")
        words.setWordWrap(False)
        order = row(self.count, None, words, self.sort)
        self._finding = Finding("patientResults", self.search, self.list, self.search, order)
        self.panes = Panes(desk, "patients", self._finding, self.detail, widths=(0, 420, 420), share=0.42)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._chores = Chores(self)
        self._lay_out()
        self._connect()

    def about(self) -> tuple[str, str]:
        """Return the id of the patient that is shown, "" where there is none; no referral is."""
        file = self.detail.file()
        return (file.patient.id if file else "", "")

    def reload(self) -> None:
        """Ask again."""
        self._finding.ask()
        if self._wanted:
            self._load(self._wanted)

    def open(self, patient_id: str) -> None:
        """Show one patient, whatever the list was searched by."""
        self._wanted = patient_id
        self.search.clear()
        self.list.choose(patient_id)
        self._finding.ask()
        self.panes.open_right()
        self._load(patient_id)

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self.panes.close_right()
        self._finding.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while out of sight."""
        super().hideEvent(event)
        self._finding.stop()
        self._settle.stop()

    def _ask(self) -> None:
        asked = _Asked(self._desk.db, self._finding.words(), self.sort.value())
        self.list.load(Source(asked.fetch, asked.count))

    def _lay_out(self) -> None:
        head = QFrame()
        theme.role(head, "bar")
        head.setLayout(
            row(labels.title("Patients"), None, self.import_button, self.new_button, margins=(24, 10, 24, 10))
        )
        lines = column(spacing=0)
        lines.addWidget(head)
        lines.addWidget(self.panes, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self._settle.timeout.connect(self._show_current)
        self._finding.wanted.connect(self._ask)
        self._finding.found.connect(self._found)
        self._finding.top.connect(self.list.open_first)
        Settled(self._desk, self, "patients").follow(self._finding, self.list)
        self.sort.currentIndexChanged.connect(self._finding.change)
        self.panes.closed.connect(self.list.enter)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.table.clicked.connect(self._clicked)
        self.list.acted.connect(self._act)
        self.new_button.clicked.connect(self._new)
        self.detail.referred.connect(self._refer)
        self.detail.edited.connect(self._edit)
        self.detail.opened.connect(self.open_referral)
        self.detail.copy_wanted.connect(self._copy)
        self.detail.merge_wanted.connect(self.merge)
        self.detail.apart_wanted.connect(self._tell_apart)
        self.detail.part_wanted.connect(self._part)
        self.detail.papers_wanted.connect(self.papers_wanted)
        self.detail.releases_wanted.connect(self.releases_wanted)
        self.detail.privacy_wanted.connect(self.privacy_wanted)
        self.detail.call_wanted.connect(self.call_wanted)
        self.import_button.clicked.connect(self.bringing.choose_file)
        self.bringing.said.connect(self.said)
        self.bringing.resume_draft.connect(self.resume_draft)
        self.bringing.changed.connect(self._brought)

    def _found(self, number: int) -> None:
        self.count.setText(f"{number:,} patient{'' if number == 1 else 's'}" if number else "")
        if not number and self._finding.words():
            self.list.note.say(
                "search", "No patient found", "Try the date of birth, or the MRN.", "New patient"
            )

    def _act(self) -> None:
        self._new()

    def _chosen(self, _patient: PatientRecord | None) -> None:
        self._settle.start()

    def _show_current(self) -> None:
        patient = self.list.current()
        if patient is not None:
            self._wanted = patient.id
            self._load(patient.id)
        elif not self._wanted:
            self.detail.show_file(None)

    def _clicked(self) -> None:
        if patient := self.list.current():
            self._opened(patient)

    def _opened(self, patient: PatientRecord) -> None:
        self._wanted = patient.id
        self._load(patient.id)
        if self.panes.open_right():
            self.detail.refer_button.setFocus()

    def _load(self, patient_id: str) -> None:
        db = self._desk.db

        def work() -> tuple[str, PatientFile]:
            with db.read() as session:
                return patient_id, detail.read(session, patient_id)

        self._desk.background.run(self, work, self._show, self._gone)

    def _show(self, found: tuple[str, PatientFile]) -> None:
        """Show the patient who was asked for; one who was merged leads to the one who stays."""
        asked, file = found
        if asked == self._wanted:
            self._wanted = file.patient.id
            self.detail.show_file(file)

    def _gone(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self._wanted = ""
        self.detail.show_file(None)
        self.said.emit(str(error))

    def _refer(self, patient_id: str) -> None:
        self.new_referral.emit({"patient_id": patient_id})

    def _new(self) -> None:
        self._open_dialog(None)

    def _edit(self, patient_id: str) -> None:
        """Read the patient anew, so that nobody changes what is out of date."""
        look = partial(patients.get, patient_id=patient_id)
        transaction.read(self._desk, self, look, self._open_dialog)

    def _open_dialog(self, patient: PatientRecord | None) -> None:
        dialog = PatientDialog(self._desk, patient, self)
        dialog.saved.connect(self._saved)
        dialog.opened.connect(self.open)
        self._chores.add(dialog.open)

    def _saved(self, patient: PatientRecord) -> None:
        self.said.emit(f"Saved {patient.spoken}")
        self.changed.emit()
        self.open(patient.id)

    def _copy(self, patient_id: str) -> None:
        copying.patient(self._desk, self, patient_id, self.said.emit)

    def _brought(self) -> None:
        self.changed.emit()
        self.reload()

    # Two entries of one person

    def merge(self, patient_id: str, other_id: str = "") -> None:
        """Merge a patient with another, who is asked for where none is named."""
        from referral_app.ui.patients import merge_dialog

        if other_id:
            merge_dialog.begin(self._desk, patient_id, other_id, self, self._merged)
        else:
            merge_dialog.ask_other(self._desk, patient_id, self, self._merged)

    def _merged(self, done: MergedPatients) -> None:
        self.changed.emit()
        self.open(done.kept.id)
        words = f"Merged {done.dropped.spoken} into {done.kept.spoken}"
        self.undoable.emit(words, partial(self._part, done.merge_id))

    def _part(self, merge_id: str) -> None:
        from referral_app.ui.patients import merge_dialog

        merge_dialog.take_back(self._desk, self, merge_id, self._parted)

    def _parted(self, done: Parted) -> None:
        self.changed.emit()
        self.said.emit(f"The merge is undone: {done.back.spoken} is back")
        self.open(done.back.id)
        if done.stays:
            ask.tell(self, "The merge is undone. This stays as it is:", "\n".join(done.stays))

    def _tell_apart(self, patient_id: str, other_id: str) -> None:
        act = partial(patient_duplicates.not_same, one_id=patient_id, other_id=other_id)
        transaction.write(self._desk, self, act, self._told_apart)

    def _told_apart(self, _: object) -> None:
        self.said.emit("Remembered as two people")
        self.reload()
