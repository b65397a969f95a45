"""The detail of a patient: banner, contact, coverage, needs and referrals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from referral_app.choices import ReferralState
from referral_app.database import Session
from referral_app.services import patients, referrals, worklists
from referral_app.services.patients import PatientRecord
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.ui import theme
from referral_app.ui.patients import wording
from referral_app.ui.widgets import banner, buttons, labels
from referral_app.ui.widgets.banner import PatientBanner
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.detail import Detail
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.rows import RowButton

REFERRALS_SHOWN = 50
STATE_ICONS = {
    ReferralState.DRAFT: "draft", ReferralState.SIGNED: "signed", ReferralState.SENT: "sent",
    ReferralState.ANSWERED: "answered", ReferralState.CLOSED: "closed", ReferralState.CANCELED: "canceled",
}  # fmt: skip


@dataclass(frozen=True)
class PatientFile:
    """A patient with their referrals, newest first, and the allergies that the newest names."""

    patient: PatientRecord
    referrals: list[ReferralRow]
    allergies: Any = None


def read(session: Session, patient_id: str) -> PatientFile:
    """Return everything that the detail shows; raises NotFound."""
    patient = patients.get(session, patient_id)
    found = worklists.find(session, Filter(patient_id=patient_id, sort="created"), REFERRALS_SHOWN)
    safety = referrals.safety_of(session, found[0].id) if found else {}
    return PatientFile(patient, found, safety.get("allergies"))


class PatientDetail(QWidget):
    """Shows one patient; its signals carry what the buttons ask for."""

    referred = Signal(str)
    edited = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("patientDetail")
        self._file: PatientFile | None = None
        self.refer_button = buttons.primary("New referral for this patient", "referPatient", icon="plus")
        self.edit_button = buttons.outlined("Edit", "editPatient", icon="edit")
        self.refer_button.clicked.connect(self._refer)
        self.edit_button.clicked.connect(self._edit)
        empty = EmptyState(
            "patients",
            "Choose a patient",
            "Contact, coverage and referrals appear here.",
            name="patientDetailEmpty",
        )
        self._detail = Detail("patientDetail", empty, self.edit_button, self.refer_button)
        lines = column(spacing=0)
        lines.addWidget(self._detail)
        self.setLayout(lines)

    def show_file(self, file: PatientFile | None) -> None:
        """Show a patient, or that none is chosen."""
        if file == self._file:
            return
        self._file = file
        self._detail.show_content(self._sections(file) if file else None)

    def file(self) -> PatientFile | None:
        """Return what is shown."""
        return self._file

    def _sections(self, file: PatientFile) -> QWidget:
        values = file.patient.values
        made = QWidget()
        lines = column(spacing=20, margins=20)
        lines.addLayout(self._referrals(file.referrals))
        lines.addLayout(_contact(file.patient))
        lines.addLayout(_coverage(file.patient))
        lines.addLayout(_section("Language and needs", _facts(wording.needs(values)), "Nothing on file."))
        lines.addWidget(
            labels.muted(f"Changed {wording.moment(file.patient.updated).replace('Today', 'today')}")
        )
        lines.addStretch(1)
        whole = column(spacing=0)
        whole.addWidget(_banner(file))
        whole.addLayout(lines, 1)
        made.setLayout(whole)
        return made

    def _referrals(self, found: list[ReferralRow]) -> QVBoxLayout:
        lines = column(spacing=4)
        lines.addWidget(labels.heading("Referrals"))
        for one in found:
            made = RowButton(
                f"patientReferral_{one.id}", one.id, STATE_ICONS[one.state], one.surgeon or "No surgeon chosen yet",
                f"{one.state_words} · {one.reference}", wording.moment(one.updated),
            )  # fmt: skip
            made.clicked.connect(self._open)
            lines.addWidget(made)
        if not found:
            lines.addWidget(labels.muted("No referral yet."))
        return lines

    def _refer(self) -> None:
        if self._file:
            self.referred.emit(self._file.patient.id)

    def _edit(self) -> None:
        if self._file:
            self.edited.emit(self._file.patient.id)

    def _open(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self.opened.emit(pressed.value)


def _banner(file: PatientFile) -> PatientBanner:
    """Return the banner with its facts below the name: the detail is too narrow to have them beside it."""
    made = PatientBanner("patientDetailBanner")
    layout = made.layout()
    if isinstance(layout, QBoxLayout):
        layout.setDirection(QBoxLayout.Direction.TopToBottom)
        theme.scale(layout, margins=(20, 14, 20, 14), spacing=8)
    made.show_facts(wording.name(file.patient), banner.facts(file.patient.values, file.allergies))
    return made


def _contact(patient: PatientRecord) -> QVBoxLayout:
    lines = _section("Contact")
    numbers = column(spacing=0)
    numbers.addWidget(CopyLine("Phone", wording.number(patient), "copyPatientPhone", "phone"))
    if other := wording.other_number(patient):
        numbers.addWidget(CopyLine("Other", other, "copyPatientOther", "phone"))
    if record := wording.record_number(patient):
        numbers.addWidget(CopyLine("MRN", record.removeprefix("MRN "), "copyPatientMrn", "person"))
    lines.addLayout(numbers)
    lines.addLayout(_facts(wording.contact(patient.values), 80))
    return lines


def _coverage(patient: PatientRecord) -> QVBoxLayout:
    lines = _section("Coverage")
    for item in patient.coverage:
        title, facts = wording.coverage(item)
        one = column(spacing=4)
        one.addWidget(labels.strong(title))
        one.addLayout(_facts(facts))
        lines.addLayout(one)
    if not patient.coverage:
        lines.addWidget(labels.muted("No coverage on file; it is asked in the next referral."))
    return lines


def _section(title: str, content: QVBoxLayout | None = None, nothing: str = "") -> QVBoxLayout:
    lines = column(spacing=8)
    lines.addWidget(labels.heading(title))
    if content is not None and content.count():
        lines.addLayout(content)
    elif nothing:
        lines.addWidget(labels.muted(nothing))
    return lines


def _facts(facts: wording.Lines, width: int = 104) -> QVBoxLayout:
    lines = column(spacing=4)
    for label, words in facts:
        lines.addLayout(_fact(label, words, width))
    return lines


def _fact(label: str, words: str, width: int) -> QLayout:
    word = labels.muted(label)
    word.setWordWrap(False)
    theme.scale(word, min_width=width)
    made = row(word, labels.body(words))
    made.setStretch(1, 1)
    made.setAlignment(word, Qt.AlignmentFlag.AlignTop)
    return made
