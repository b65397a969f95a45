"""The detail of a patient: banner, contact, coverage, needs and referrals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from referral_app.choices import Permission, ReferralState
from referral_app.database import Session
from referral_app.services import calls, patient_duplicates, patient_merging, patients, referrals, worklists
from referral_app.services.calls import CallRecord
from referral_app.services.patient_duplicates import LikePatient
from referral_app.services.patient_merging import PatientMergeRecord
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import actor
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.ui import call_lines, copying, theme
from referral_app.ui.patients import wording
from referral_app.ui.widgets import banner, buttons, labels
from referral_app.ui.widgets.banner import PatientBanner
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.detail import Detail
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Notice
from referral_app.ui.widgets.rows import RowButton

REFERRALS_SHOWN = 50
CALLS_SHOWN = 5
FIRST, FROM_LAST = "New referral for this patient", "New referral from the last one"
CARRIED = "It begins with diagnosis, treatments, injections and imaging of the last referral; the rest is asked again."
STATE_ICONS = {
    ReferralState.DRAFT: "draft", ReferralState.SIGNED: "signed", ReferralState.SENT: "sent",
    ReferralState.ANSWERED: "answered", ReferralState.CLOSED: "closed", ReferralState.CANCELED: "canceled",
}  # fmt: skip


@dataclass(frozen=True)
class PatientFile:
    """A patient with their referrals, newest first, and the allergies that the last one names.

    `likes` are those who may be the same person, `merges` those who became one with this one.
    """

    patient: PatientRecord
    referrals: list[ReferralRow]
    allergies: Any = None
    likes: tuple[LikePatient, ...] = ()
    merges: tuple[PatientMergeRecord, ...] = ()
    may_merge: bool = False
    may_write: bool = False
    calls: tuple[CallRecord, ...] = ()

    @property
    def last(self) -> ReferralRow | None:
        """The referral that a new one begins with: one that was canceled may have been about somebody else."""
        return _last(self.referrals)


def _last(found: list[ReferralRow]) -> ReferralRow | None:
    return next((one for one in found if one.state is not ReferralState.CANCELED), None)


def read(session: Session, patient_id: str) -> PatientFile:
    """Return everything that the detail shows; raises NotFound."""
    patient = patients.get(session, patient_id)
    found = worklists.find(session, Filter(patient_id=patient.id, sort="created"), REFERRALS_SHOWN)
    last = _last(found)
    safety = referrals.safety_of(session, last.id) if last else {}
    likes = patient_duplicates.like(session, patient.values, patient.id, 3)
    merges = patient_merging.of_patient(session, patient.id)
    may = actor(session).may
    return PatientFile(
        patient,
        found,
        safety.get("allergies"),
        tuple(likes),
        tuple(merges),
        may(Permission.MERGE),
        may(Permission.WRITE),
        tuple(calls.of_patient(session, patient.id, CALLS_SHOWN)),
    )


class PatientDetail(QWidget):
    """Shows one patient; its signals carry what the buttons ask for."""

    referred = Signal(str)
    edited = Signal(str)
    opened = Signal(str)
    copy_wanted = Signal(str)
    merge_wanted = Signal(str, str)
    apart_wanted = Signal(str, str)
    part_wanted = Signal(str)
    papers_wanted = Signal(str, str, str)
    releases_wanted = Signal(str, str)
    privacy_wanted = Signal(str, str)
    call_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("patientDetail")
        self._file: PatientFile | None = None
        self.refer_button = buttons.primary(FIRST, "referPatient", icon="plus")
        self.edit_button = buttons.outlined("Edit", "editPatient", icon="edit")
        self.refer_button.clicked.connect(self._refer)
        self.edit_button.clicked.connect(self._edit)
        empty = EmptyState(
            "patients",
            "Choose a patient",
            "Contact, coverage and referrals appear here.",
            name="patientDetailEmpty",
        )
        self._detail = Detail("patientDetail", empty, self.edit_button, None, self.refer_button)
        lines = column(spacing=0)
        lines.addWidget(self._detail)
        self.setLayout(lines)

    def show_file(self, file: PatientFile | None) -> None:
        """Show a patient, or that none is chosen."""
        if file == self._file:
            return
        self._file = file
        last = file.last if file else None
        self.refer_button.setText(FROM_LAST if last else FIRST)
        self.refer_button.setToolTip(CARRIED if last else "")
        self._detail.show_content(self._sections(file) if file else None)

    def file(self) -> PatientFile | None:
        """Return what is shown."""
        return self._file

    def _sections(self, file: PatientFile) -> QWidget:
        values = file.patient.values
        made = QWidget()
        lines = column(spacing=20, margins=20)
        for number, like in enumerate(file.likes if file.may_write else ()):
            lines.addWidget(self._like(number, like, file))
        lines.addLayout(self._referrals(file.referrals))
        lines.addLayout(_contact(file.patient))
        lines.addLayout(_coverage(file.patient))
        lines.addLayout(_section("Language and needs", _facts(wording.needs(values)), "Nothing on file."))
        if file.calls:
            lines.addLayout(_calls(file.calls))
        if file.merges:
            lines.addLayout(self._merges(file))
        lines.addWidget(self._acts(file))
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

    def _like(self, number: int, like: LikePatient, file: PatientFile) -> QWidget:
        """Return the notice of one who may be the same person, with what can be done."""
        made, other = Notice("warning"), like.patient
        made.column.addWidget(labels.strong(f"May be the same as {other.spoken}"))
        made.column.addWidget(labels.body(wording.facts(other)))
        made.column.addWidget(labels.muted(f"{like.why}."))
        merge = buttons.outlined("Compare and merge…", f"likePatientMerge{number}")
        apart = buttons.outlined("They are two people", f"likePatientApart{number}")
        merge.clicked.connect(partial(self.merge_wanted.emit, file.patient.id, other.id))
        apart.clicked.connect(partial(self.apart_wanted.emit, file.patient.id, other.id))
        merge.setVisible(file.may_merge)
        flow = Flow(8)
        for button in (merge, apart) if file.may_merge else (apart,):
            flow.add(button)
        made.column.addWidget(flow)
        return made

    def _acts(self, file: PatientFile) -> QWidget:
        copy = buttons.outlined(copying.LABEL, "copyPatientSummary", icon="copy")
        copy.clicked.connect(partial(self.copy_wanted.emit, file.patient.id))
        flow = Flow(8)
        flow.add(copy)
        sent = buttons.outlined("Printed and sent", "patientPapers", icon="letter")
        asked = buttons.outlined("Copies asked for", "patientReleases", icon="copy")
        call = buttons.outlined("Log a call…", "patientCall", icon="phone")
        call.clicked.connect(partial(self.call_wanted.emit, file.patient.id, ""))
        about = file.patient.id, wording.name(file.patient)
        sent.clicked.connect(partial(self.papers_wanted.emit, "", *about))
        asked.clicked.connect(partial(self.releases_wanted.emit, *about))
        privacy = buttons.outlined("Corrections, disclosures, holds", "patientPrivacy", icon="edit")
        privacy.clicked.connect(partial(self.privacy_wanted.emit, *about))
        flow.add(sent)
        flow.add(asked)
        flow.add(privacy)
        if file.may_write:
            flow.add(call)
        if file.may_merge:
            merge = buttons.outlined("Merge with another patient…", "mergePatient", icon="link")
            merge.clicked.connect(partial(self.merge_wanted.emit, file.patient.id, ""))
            flow.add(merge)
        return flow

    def _merges(self, file: PatientFile) -> QVBoxLayout:
        """Return the history of merges, each with its way back."""
        lines = _section("Merged")
        for number, one in enumerate(file.merges):
            who = f" by {one.person}" if one.person else ""
            words = f"{one.other or 'A patient without a name'}, {wording.moment(one.at)}{who}"
            if one.undone_at:
                by = f" by {one.undone_by}" if one.undone_by else ""
                words = f"{words}; undone {wording.moment(one.undone_at)}{by}"
            text = labels.body(words)
            if one.undone_at or not file.may_merge:
                lines.addWidget(text)
                continue
            undo = buttons.link("Undo this merge", f"undoPatientMerge{number}")
            undo.setAccessibleName(f"Undo the merge with {one.other}")
            undo.clicked.connect(partial(self.part_wanted.emit, one.id))
            line = row(text, undo)
            line.setStretch(0, 1)
            lines.addLayout(line)
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


def _calls(found: tuple[CallRecord, ...]) -> QVBoxLayout:
    lines = _section("Calls")
    for one in found:
        lines.addLayout(call_lines.line(one))
    return lines


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
