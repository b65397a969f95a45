"""Of one patient, above the list: who may ask, the legal holds, how long the record is kept, and the disclosures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import representation
from referral_app.database import Session
from referral_app.services import legal_holds, patients, retention, worklists
from referral_app.services.disclosures import OF_PATIENT
from referral_app.services.legal_holds import HoldRecord
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import actor
from referral_app.services.referral_records import Filter
from referral_app.services.retention import Kept
from referral_app.ui.privacy import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Notice


@dataclass(frozen=True)
class Standing:
    """What is known of a patient beside corrections; `reference` is that of the latest referral, "" for none."""

    patient: PatientRecord
    holds: tuple[HoldRecord, ...]
    kept: Kept
    reference: str
    may_release: bool
    may_lift: bool

    @property
    def who_may_ask(self) -> str:
        """Who may ask for copies and corrections, where that is not the patient alone."""
        return representation.who_may_ask(self.patient.values, date.today())


def read(session: Session, patient_id: str) -> Standing:
    """Return what the line shows; raises NotFound, Denied."""
    patient = patients.get(session, patient_id)
    latest = worklists.find(session, Filter(patient_id=patient.id, sort="created"), 1)
    may = actor(session).may
    return Standing(
        patient, tuple(legal_holds.of_patient(session, patient.id)), retention.of_patient(session, patient.id),
        latest[0].reference if latest else "", may(Permission.MERGE), may(Permission.ADMINISTER),
    )  # fmt: skip


class PatientLine(QWidget):
    """Shows it; signals carry what the buttons ask for."""

    everybody = Signal()
    disclosures_wanted = Signal(str)
    """The number of the latest referral, or the patient as `OF_PATIENT` says where there is none."""
    hold_wanted = Signal()
    lift_wanted = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("privacyPatient")
        self._lines = column(spacing=8)
        self.setLayout(self._lines)
        self._made: QWidget | None = None

    def show_standing(self, one: Standing) -> None:
        """Show a patient."""
        made = QWidget()
        lines = column(spacing=8)
        everybody = buttons.link("Show everybody’s", "privacyAll")
        everybody.clicked.connect(self.everybody)
        lines.addLayout(row(labels.heading(one.patient.spoken), everybody, None))
        if one.who_may_ask:
            notice = Notice("info")
            notice.column.addWidget(labels.body(one.who_may_ask))
            lines.addWidget(notice)
        for number, hold in enumerate(one.holds):
            lines.addWidget(self._hold(number, hold, one.may_lift))
        lines.addWidget(
            labels.muted(f"{wording.kept_until(one.kept)}; last used {wording.day(one.kept.last_on)}")
        )
        lines.addWidget(self._acts(one))
        made.setLayout(lines)
        if self._made is not None:
            self._lines.removeWidget(self._made)
            self._made.hide()
            self._made.deleteLater()
        self._made = made
        self._lines.addWidget(made)

    def _hold(self, number: int, hold: HoldRecord, may_lift: bool) -> QWidget:
        if not hold.stands:
            return labels.muted(f"Legal hold, over: {hold.why}. {wording.hold(hold)}")
        made = Notice("warning")
        made.column.addWidget(labels.strong(f"Legal hold: {hold.why}"))
        made.column.addWidget(labels.muted(f"{wording.hold(hold)}. Nothing of this patient can be deleted."))
        if may_lift:
            lift = buttons.outlined("Lift…", f"liftHold{number}")
            lift.setAccessibleName(f"Lift the legal hold: {hold.why}")
            lift.clicked.connect(partial(self.lift_wanted.emit, hold))
            made.column.addLayout(row(lift, None))
        return made

    def _acts(self, one: Standing) -> QWidget:
        flow = Flow(8)
        disclosures = buttons.outlined("List of disclosures", "privacyDisclosures", "letter")
        about = one.reference or f"{OF_PATIENT}{one.patient.id}"
        disclosures.clicked.connect(partial(self.disclosures_wanted.emit, about))
        disclosures.setEnabled(one.may_release)
        which = "another legal hold" if any(hold.stands for hold in one.holds) else "a legal hold"
        hold = buttons.outlined(f"Place {which}…", "privacyHold", "lock")
        hold.clicked.connect(self.hold_wanted)
        hold.setEnabled(one.may_release)
        for button in (disclosures, hold):
            flow.add(button)
        return flow
