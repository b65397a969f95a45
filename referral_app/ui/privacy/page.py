"""Corrections that patients ask for, by the day of their answer; of one patient also disclosures and legal holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.services import amendments
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.legal_holds import HoldRecord
from referral_app.ui import sources, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.list_detail import ListDetail
from referral_app.ui.privacy import dialogs, patient_line, wording
from referral_app.ui.privacy.asking_dialog import AskingDialog
from referral_app.ui.privacy.detail import CorrectionDetail
from referral_app.ui.privacy.patient_line import PatientLine, Standing
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.head import Head, headed
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.listing import Listing

COLUMNS = (
    Column("Due", wording.due, 280, detail=wording.asked, icon=wording.due_state),
    Column("Patient", lambda one: one.patient, 180),
    Column("To correct", lambda one: one.what, 200, detail=lambda one: one.reference, stretch=True),
)
_DIALOGS: dict[str, tuple[Callable[[Desk, QWidget, AmendmentRecord], AskingDialog], str]] = {
    "accept": (dialogs.accepting, "Correction accepted"), "deny": (dialogs.denying, "Answer kept"),
    "extend": (dialogs.extending, "Put off by 30 days"), "edit": (dialogs.entering, "Request saved"),
    "tell": (dialogs.telling, "Recorded"), "state": (dialogs.stating, "Statement kept"),
}  # fmt: skip


class PrivacyPage(QWidget):
    """Requests for corrections of everybody or of one patient."""

    go = Signal(str)
    said = Signal(str)
    preview = Signal(str, str)
    open_referral = Signal(str)
    help_topic = "privacy"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("privacyPage")
        self._desk = desk
        self._patient: tuple[str, str] = ("", "")
        self._standing: Standing | None = None
        self.new_button = buttons.primary("New request", "newCorrection", "plus")
        self.head = Head("Corrections and holds", "privacy", self.new_button, below="Packets")
        self.which = ChoiceBox("privacyWhich", [("open", "Only those that are open")], empty="All requests")
        self.which.setAccessibleName("Which requests")
        self.count = labels.muted("")
        self.of = PatientLine()
        empty = ("edit", "No request", "Who asks that something be corrected is entered here.", "New request")
        self.list = RecordList(desk, "privacy", "Requests for corrections", COLUMNS, empty)
        self.detail = CorrectionDetail(desk)
        middle = Listing(self.list, self.of, row(self.which, self.count, None))
        self.panes = ListDetail(desk, "privacy", middle, self.list, self.detail)
        self.setLayout(headed(self.head, self.panes))
        self._connect()

    def reload(self) -> None:
        """Read the requests, and what stands beside them of the patient."""
        patient_id = self._patient[0]
        self.of.setVisible(bool(patient_id))
        if patient_id:
            transaction.read(self._desk, self, partial(patient_line.read, patient_id=patient_id), self._stand)
        find = partial(amendments.find, patient_id=patient_id, open_only=bool(self.which.value()))
        self.list.load(sources.whole(self._desk.db, find))

    def show_of(self, patient_id: str = "", name: str = "") -> None:
        """Show what one patient asked, or everybody."""
        self._patient, self._standing = (patient_id, name), None
        self.reload()

    def show_everybody(self) -> None:
        """Show what is there of everybody, where the page was narrowed."""
        self.head.lead()
        if self._patient[0]:
            self.show_of()

    def came_from(self, key: str, label: str) -> None:
        """Let the way back lead to the page that asked for this."""
        self.head.lead(key, label)

    def ask_new(self) -> None:
        """Enter a request, for the patient who is shown where it is of one."""
        patient_id, name = self._patient
        known = AmendmentRecord(patient_id, "", date.today(), "", patient=name) if patient_id else None
        who = self._standing.who_may_ask if self._standing else ""
        self._open(dialogs.entering(self._desk, self, known, who), "Request saved")

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._packets)
        self.new_button.clicked.connect(self.ask_new)
        self.which.currentIndexChanged.connect(self.reload)
        self.of.everybody.connect(self.show_everybody)
        self.of.disclosures_wanted.connect(self._disclosures)
        self.of.hold_wanted.connect(self._place)
        self.of.lift_wanted.connect(self._lift)
        self.list.acted.connect(self.ask_new)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self.detail.show_request)
        self.detail.acted.connect(self._act)

    def _stand(self, standing: Standing) -> None:
        if standing.patient.id == self._patient[0] or not self._standing:
            self._standing = standing
            self.of.show_standing(standing)

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} request{'' if number == 1 else 's'}")

    def _act(self, key: str, request: AmendmentRecord) -> None:
        if key == "open":
            self.open_referral.emit(request.referral_id)
            return
        make, said = _DIALOGS[key]
        dialog = make(self._desk, self, request)
        if key == "accept" and request.referral_id:
            dialog.saved.connect(partial(self._correct, request.referral_id))
        self._open(dialog, said)

    def _correct(self, referral_id: str, _record: object) -> None:
        """Open the form: the correction itself is a version of the referral."""
        self.open_referral.emit(referral_id)

    def _disclosures(self, reference: str) -> None:
        self.preview.emit("disclosures", reference)

    def _place(self) -> None:
        if self._standing:
            patient = self._standing.patient
            self._open(dialogs.holding(self._desk, self, patient.id, patient.spoken), "Legal hold placed")

    def _lift(self, hold: HoldRecord) -> None:
        self._open(dialogs.lifting(self._desk, self, hold), "Legal hold lifted")

    def _open(self, dialog: AskingDialog, said: str) -> None:
        dialog.saved.connect(self.reload)
        dialog.saved.connect(partial(self._say, said))
        dialog.open()

    def _say(self, words: str, _record: Any) -> None:
        self.said.emit(words)

    def _packets(self) -> None:
        self.go.emit(self.head.leads_to or "packets")
