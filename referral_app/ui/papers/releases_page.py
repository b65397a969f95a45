"""The release log: copies that were asked for, by when they are due, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.services import releases
from referral_app.services.ledger import PaperRecord
from referral_app.services.releases import ReleaseRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.papers import wording
from referral_app.ui.papers.giving_dialog import GivingDialog, RefusalDialog, papers_of
from referral_app.ui.papers.release_detail import ReleaseDetail
from referral_app.ui.papers.request_dialog import RequestDialog
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.panes import Panes

COLUMNS = (
    Column("Due", wording.due, 210, icon=wording.due_state),
    Column("Patient", lambda one: one.patient, 190, stretch=True),
    Column("Asked by", lambda one: one.asked_by, 190, detail=lambda one: one.relation),
    Column("Asked on", lambda one: dates.say(one.asked_on), 150),
)


@dataclass(frozen=True)
class _Asked:
    """One question to the log; both functions run in the background."""

    db: Database
    patient_id: str
    open_only: bool

    def count(self) -> int:
        """Return how many requests there are."""
        return len(self._all())

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[ReleaseRecord]:
        """Return a page of requests, the open ones by their day first."""
        return self._all()[offset : offset + limit]

    def _all(self) -> list[ReleaseRecord]:
        with self.db.read() as session:
            return releases.find(session, self.patient_id, self.open_only)


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
        self.list, self.detail = (
            RecordList(desk, "releases", "Requests for copies", COLUMNS, empty),
            ReleaseDetail(),
        )
        self.panes = Panes(desk, "releases", self._middle(), self.detail, None, widths=(0, 620, 340))
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addWidget(self.panes, 1)
        self.setLayout(lines)
        self._connect()

    def reload(self) -> None:
        """Read the log."""
        self.of.setText(f"Of {self._patient[1]}" if self._patient[0] else "")
        self._of_line.setVisible(bool(self._patient[0]))
        asked = _Asked(self._desk.db, self._patient[0], bool(self.which.value()))
        self.list.load(Source(asked.fetch, asked.count))

    def show_of(self, patient_id: str = "", name: str = "") -> None:
        """Show the requests for one patient, or all."""
        self._patient = (patient_id, name)
        self.reload()

    def ask_new(self) -> None:
        """Enter a request, for the patient whose log is shown where it is of one."""
        patient_id, name = self._patient
        known = ReleaseRecord(patient_id, "", date.today(), patient=name) if patient_id else None
        self._open(RequestDialog(self._desk, self, known), "Request saved")

    def _middle(self) -> QWidget:
        made = QWidget()
        top = column(spacing=8, margins=(16, 12, 16, 8))
        top.addLayout(row(self.which, self.count, None))
        self._of_line = QWidget()
        self._of_line.setLayout(row(self.of, self.all, None))
        top.addWidget(self._of_line)
        lines = column(spacing=0)
        lines.addLayout(top)
        lines.addWidget(self.list, 1)
        made.setLayout(lines)
        return made

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._packets)
        self.new_button.clicked.connect(self.ask_new)
        self.which.currentIndexChanged.connect(self.reload)
        self.all.clicked.connect(self.show_of)
        self.panes.closed.connect(self.list.enter)
        self.list.acted.connect(self.ask_new)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self.detail.show_release)
        self.list.opened.connect(self._opened)
        self.list.table.clicked.connect(self.panes.open_right)
        self.detail.edited.connect(self._edit)
        self.detail.given.connect(self._give)
        self.detail.refused.connect(self._refuse)

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} request{'' if number == 1 else 's'}")

    def _opened(self, _one: ReleaseRecord) -> None:
        if self.panes.open_right():
            self.detail.enter()

    def _edit(self, request: ReleaseRecord) -> None:
        self._open(RequestDialog(self._desk, self, request), "Request saved")

    def _give(self, request: ReleaseRecord) -> None:
        def show(papers: list[PaperRecord]) -> None:
            self._open(GivingDialog(self._desk, self, request, papers), "Copies recorded")

        transaction.read(self._desk, self, partial(papers_of, patient_id=request.patient_id), show)

    def _refuse(self, request: ReleaseRecord) -> None:
        self._open(RefusalDialog(self._desk, self, request), "Recorded")

    def _open(self, dialog: RequestDialog | GivingDialog | RefusalDialog, said: str) -> None:
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
        self.go.emit("packets")
