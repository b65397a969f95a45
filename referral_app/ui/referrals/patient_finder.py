"""Finding the patient first, so that nobody is entered twice; likely duplicates are offered while typing."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.services import patient_duplicates, patients
from referral_app.services.patient_duplicates import LikePatient
from referral_app.services.patients import PatientRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.finder import Finder, Offer
from referral_app.ui.referrals.flow import empty
from referral_app.ui.settled import Settled
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.notice import Notice

_TELLING = frozenset({"patient.family_name", "patient.given_name", "patient.date_of_birth", "patient.phone"})


class PatientFinder(QWidget):
    """A line that finds a patient, and the people who may be the one being typed in."""

    taken = Signal()
    told_apart = Signal()

    def __init__(self, desk: Desk, draft: Draft) -> None:
        """Offer the search while the patient is not known yet."""
        super().__init__()
        self._desk, self._draft = desk, draft
        self._search = desk.background.latest(self, self._found)
        self._settled = Settled(desk, self, "patients")
        self._likely = desk.background.latest(self, self._show_likely, delay=300)
        self._offers: list[LikePatient] = []
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=8)
        column.addWidget(self._build_search())
        column.addWidget(self._build_likely())
        draft.changed.connect(self._changed)
        draft.reverted.connect(self._fit)
        self._fit()

    def _build_search(self) -> QWidget:
        self._searching = QWidget()
        column = QVBoxLayout(self._searching)
        theme.scale(column, margins=0, spacing=4)
        self.finder = Finder("Find a patient who is here already", "patient.find")
        title = labels.strong("Find a patient who is here already")
        title.setBuddy(self.finder.edit)
        column.addWidget(title)
        column.addWidget(self.finder)
        column.addWidget(
            labels.muted("Name, date of birth, last four of the phone or MRN. For a new patient go on below.")
        )
        column.addSpacing(theme.px(4))
        column.addWidget(labels.line())
        self.finder.asked.connect(self._ask)
        self.finder.picked.connect(self.take)
        return self._searching

    def _build_likely(self) -> Notice:
        self._frame = Notice("warning")
        column = self._frame.column
        theme.scale(column, spacing=4)
        self._likely_title = labels.strong("")
        column.addLayout(row(labels.picture("patients", 16, "warning"), self._likely_title, None))
        self._likely_rows = QVBoxLayout()
        theme.scale(self._likely_rows, spacing=2)
        column.addLayout(self._likely_rows)
        self.apart_button = buttons.link("They are two people", "patient.likely.apart")
        self.apart_button.clicked.connect(self._tell_apart)
        column.addLayout(row(self.apart_button, None))
        self._frame.hide()
        return self._frame

    def wanted(self) -> bool:
        """Tell whether it is still open whose referral this is."""
        return not self._draft.sheet.patient_id and not self._draft.sheet.referral_id

    def _fit(self, *_: object) -> None:
        self._searching.setVisible(self.wanted())

    # Searching

    def _ask(self, text: str) -> None:
        if text:
            self._search.ask(partial(_find, self._desk.db, text), self._failed)
        else:
            self.finder.offer([])

    def _found(self, found: list[PatientRecord]) -> None:
        offers = [Offer(one, one.name, about(one)) for one in found]
        self._settled.answered(self.finder.edit.text().strip(), len(found))
        self.finder.offer(offers, "Nobody of that name, date or number. Enter the patient below.")

    def _failed(self, _error: Exception) -> None:
        self.finder.offer([], "The patients could not be searched. Try again.")

    def take(self, patient: PatientRecord) -> None:
        """Fill the patient and coverage in, and remember whose referral this is."""
        self._settled.note()
        self._desk.background.run(self, partial(_note_opened, self._desk.db, patient.id), lambda _: None)
        with self._draft.act("the choice of the patient"):
            self._draft.sheet.patient_id, self._draft.sheet.patient_version = patient.id, patient.version
            self._draft.put("patient", {**(self._draft.get("patient") or {}), **patient.values})
            if patient.coverage and not self._draft.get("coverage"):
                self._draft.put("coverage", [dict(one) for one in patient.coverage])
        self.finder.clear()
        self._frame.hide()
        self._fit()
        self.taken.emit()

    # Duplicates

    def _changed(self, path: str) -> None:
        if path in _TELLING and self.wanted():
            values = dict(self._draft.get("patient") or {})
            self._likely.ask(partial(_duplicates, self._desk.db, values), self._ignore)

    def _ignore(self, _error: Exception) -> None:
        self._frame.hide()

    def _show_likely(self, found: list[LikePatient]) -> None:
        empty(self._likely_rows)
        self._offers = [
            one for one in found if one.patient.id not in self._draft.sheet.apart and self.wanted()
        ]
        one = len(self._offers) == 1
        count = "Someone like this is" if one else f"{len(self._offers)} people like this are"
        self._likely_title.setText(f"{count} here already")
        self.apart_button.setText("They are two people" if one else "None of them: this is somebody else")
        for number, like in enumerate(self._offers):
            self._likely_rows.addWidget(self._likely_row(number, like))
        self._frame.setVisible(bool(self._offers))

    def _likely_row(self, number: int, like: LikePatient) -> QWidget:
        line, patient = QWidget(), like.patient
        words = QVBoxLayout()
        theme.scale(words, spacing=0)
        words.addWidget(labels.body(" · ".join(part for part in (patient.name, about(patient)) if part)))
        words.addWidget(labels.muted(like.why))
        use = buttons.link("Use this patient", f"patient.likely[{number}].use")
        use.setAccessibleName(f"Use {patient.name}, {about(patient)}")
        use.setProperty("number", number)
        use.clicked.connect(self._use)
        line.setLayout(row(words, use))
        line.layout().setStretch(0, 1)  # type: ignore[union-attr]
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        return line

    def _use(self) -> None:
        sender: Any = self.sender()
        self.take(self._offers[int(sender.property("number"))].patient)

    def _tell_apart(self) -> None:
        """Remember that the one being typed in is nobody of these; it is stored with the save."""
        self._draft.sheet.apart |= {one.patient.id for one in self._offers}
        self._show_likely([])
        self.told_apart.emit()


def about(patient: PatientRecord) -> str:
    """Return what tells people of one name apart: born, age, phone."""
    born = patient.born
    said = f"born {dates.say(born)}, {dates.age(born, datetime.date.today())} years" if born else ""
    return " · ".join(part for part in (said, patient.phone) if part)


def _find(db: Database, text: str) -> list[PatientRecord]:
    with db.read() as session:
        return patients.find(session, text, limit=8)


def _note_opened(db: Database, patient_id: str) -> None:
    """Let the audit note that a patient who was found is opened."""
    with db.read() as session:
        patients.get(session, patient_id)


def _duplicates(db: Database, values: dict[str, Any]) -> list[LikePatient]:
    with db.read() as session:
        return patient_duplicates.like(session, values)
