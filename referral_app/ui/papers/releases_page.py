"""The release log: copies that were asked for, by when they are due, and what became of each."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.services import releases
from referral_app.services.ledger import PaperRecord
from referral_app.services.releases import ReleaseRecord
from referral_app.ui import sources, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.list_detail import ListDetail
from referral_app.ui.papers import wording
from referral_app.ui.papers.giving_dialog import (
    GivingDialog,
    WhyDialog,
    extending,
    papers_of,
    refusing,
)
from referral_app.ui.papers.release_detail import ReleaseDetail
from referral_app.ui.papers.request_dialog import RequestDialog
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.head import Head, headed
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.listing import Listing

COLUMNS = (
    Column("Due", wording.due, 210, icon=wording.due_state),
    Column("Patient", lambda one: one.patient, 190, stretch=True),
    Column("Asked by", lambda one: one.asked_by, 190, detail=lambda one: one.relation),
    Column("Asked on", lambda one: dates.say(one.asked_on), 150),
)


class ReleasesPage(QWidget):
    """Requests for copies: of everybody or of one patient."""

    go = Signal(str)
    said = Signal(str)
    help_topic = "papers"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("releasesPage")
        self._desk = desk
        self._patient: tuple[str, str] = ("", "")
        self.new_button = buttons.primary("New request", "newRelease", "plus")
        self.head = Head("Copies asked for", "releases", self.new_button, below="Packets")
        self.which = ChoiceBox("releasesWhich", [("open", "Only those that are open")], empty="All requests")
        self.which.setAccessibleName("Which requests")
        self.of, self.all = labels.strong(""), buttons.link("Show all", "releasesAll")
        self.count = labels.muted("")
        empty = ("copy", "No request", "Who asks for a copy of what was sent is entered here.", "New request")
        self.list = RecordList(desk, "releases", "Requests for copies", COLUMNS, empty)
        self.detail = ReleaseDetail()
        self._of_line = QWidget()
        self._of_line.setLayout(row(self.of, self.all, None))
        middle = Listing(self.list, row(self.which, self.count, None), self._of_line)
        self.panes = ListDetail(desk, "releases", middle, self.list, self.detail)
        self.setLayout(headed(self.head, self.panes))
        self._connect()

    def reload(self) -> None:
        """Read the log."""
        self.of.setText(f"Of {self._patient[1]}" if self._patient[0] else "")
        self._of_line.setVisible(bool(self._patient[0]))
        find = partial(releases.find, patient_id=self._patient[0], open_only=bool(self.which.value()))
        self.list.load(sources.whole(self._desk.db, find))

    def show_of(self, patient_id: str = "", name: str = "") -> None:
        """Show the requests for one patient, or all."""
        self._patient = (patient_id, name)
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
        """Enter a request, for the patient whose log is shown where it is of one."""
        patient_id, name = self._patient
        known = ReleaseRecord(patient_id, "", date.today(), patient=name) if patient_id else None
        self._open(RequestDialog(self._desk, self, known), "Request saved")

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._packets)
        self.new_button.clicked.connect(self.ask_new)
        self.which.currentIndexChanged.connect(self.reload)
        self.all.clicked.connect(self.show_everybody)
        self.list.acted.connect(self.ask_new)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self.detail.show_release)
        self.detail.edited.connect(self._edit)
        self.detail.given.connect(self._give)
        self.detail.refused.connect(self._refuse)
        self.detail.extended.connect(self._extend)

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} request{'' if number == 1 else 's'}")

    def _edit(self, request: ReleaseRecord) -> None:
        self._open(RequestDialog(self._desk, self, request), "Request saved")

    def _give(self, request: ReleaseRecord) -> None:
        def show(papers: list[PaperRecord]) -> None:
            self._open(GivingDialog(self._desk, self, request, papers), "Copies recorded")

        transaction.read(self._desk, self, partial(papers_of, patient_id=request.patient_id), show)

    def _refuse(self, request: ReleaseRecord) -> None:
        self._open(refusing(self._desk, self, request), "Recorded")

    def _extend(self, request: ReleaseRecord) -> None:
        self._open(extending(self._desk, self, request), "Put off by 30 days")

    def _open(self, dialog: RequestDialog | GivingDialog | WhyDialog, said: str) -> None:
        dialog.saved.connect(self._show_saved)
        dialog.saved.connect(partial(self._say, said))
        dialog.open()

    def _show_saved(self, record: ReleaseRecord) -> None:
        """Read the log anew, with what was stored as its current row."""
        self.list.table.setCurrentIndex(QModelIndex())
        self.list.choose(record.id)
        self.reload()

    def _say(self, words: str, _record: object) -> None:
        self.said.emit(words)

    def _packets(self) -> None:
        self.go.emit(self.head.leads_to or "packets")
