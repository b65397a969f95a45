"""The page of what was printed and sent: every document, what was done with it, and exactly its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.services import ledger
from referral_app.services.ledger import Filter, PaperRecord
from referral_app.ui.desk import Desk
from referral_app.ui.papers import wording
from referral_app.ui.papers.detail import PaperDetail
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.panes import Panes
from referral_app.ui.widgets.search_box import SearchBox

DEBOUNCE_MS = 250
KEPT = "What left the program is kept byte by byte, and nothing here changes it."
COLUMNS = (
    Column("When", wording.clock, 140, detail=wording.day),
    Column("Document", lambda one: one.kind.label, 190, detail=wording.written),
    Column("About", wording.about, 190, detail=wording.version, stretch=True),
    Column("What was done", wording.last_act, 240, icon=wording.icon, detail=wording.last_by),
)


@dataclass(frozen=True)
class _Asked:
    """One question to the ledger; both functions run in the background."""

    db: Database
    wanted: Filter

    def count(self) -> int:
        """Return how many documents fit."""
        with self.db.read() as session:
            return ledger.count(session, self.wanted)

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[PaperRecord]:
        """Return a page of documents, the latest first."""
        with self.db.read() as session:
            return ledger.find(session, self.wanted, limit, offset)


class PapersPage(QWidget):
    """What was printed, saved, sent and given out: of everybody, of one referral or of one patient."""

    go = Signal(str)
    kept = Signal(str)
    help_topic = "papers"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("papersPage")
        self._desk = desk
        self._of = Filter()
        self.releases_button = buttons.outlined("Copies asked for", "showReleases", "copy")
        self.incidents_button = buttons.outlined("Incidents", "showIncidents", "review")
        self.privacy_button = buttons.outlined("Corrections", "showPrivacy", "edit")
        self.privacy_button.setAccessibleName("Corrections and legal holds")
        right = self.incidents_button, self.privacy_button, self.releases_button
        self.head = Head("Printed and sent", "papers", *right, below="Packets")
        self.search = SearchBox(
            "Search documents", "papersSearch", hint="Patient, surgeon or reference number"
        )
        self.kind = ChoiceBox(
            "papersKind", [(str(one), one.label) for one in PaperKind], empty="All documents"
        )
        self.kind.setAccessibleName("Kind of document")
        self.seen = ChoiceBox(
            "papersSeen", [("all", "Also what was only looked at")], empty="What left the program"
        )
        self.seen.setAccessibleName("Which documents")
        self.of, self.all = labels.strong(""), buttons.link("Show all", "papersAll")
        self.count = labels.muted("")
        empty = ("letter", "No document", "What is printed, saved or sent appears here.")
        self.list, self.detail = RecordList(desk, "papers", "Documents", COLUMNS, empty), PaperDetail()
        self.panes = Panes(desk, "papers", self._middle(), self.detail, None, widths=(0, 660, 340))
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addWidget(self.panes, 1)
        self.setLayout(lines)
        self._connect()
        self._show_of("")

    def reload(self) -> None:
        """Read the newest documents."""
        self._ask()

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self.search.setFocus()
        self.search.selectAll()

    def show_of(self, reference: str = "", patient_id: str = "", name: str = "") -> None:
        """Show what left of one referral, or for one patient, called `name` here."""
        self._of = Filter(reference=reference, patient_id=patient_id)
        self._show_of(name or reference)
        self._ask()

    def _middle(self) -> QWidget:
        made = QWidget()
        top = column(spacing=8, margins=(16, 12, 16, 8))
        top.addWidget(self.search)
        top.addLayout(row(self.kind, self.seen, None))
        self._of_line = QWidget()
        self._of_line.setLayout(row(self.of, self.all, None))
        top.addWidget(self._of_line)
        top.addWidget(self.count)
        foot = column(margins=(16, 8, 16, 8))
        foot.addWidget(labels.muted(KEPT))
        lines = column(spacing=0)
        lines.addLayout(top)
        lines.addWidget(self.list, 1)
        lines.addLayout(foot)
        made.setLayout(lines)
        return made

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self.head.back.clicked.connect(self._packets)
        self.releases_button.clicked.connect(self._releases)
        self.incidents_button.clicked.connect(self._incidents)
        self.privacy_button.clicked.connect(self._privacy)
        self.search.textChanged.connect(self._timer.start)
        self.search.down.connect(self.list.enter)
        self.search.entered.connect(self._ask)
        for box in (self.kind, self.seen):
            box.currentIndexChanged.connect(self._ask)
        self.all.clicked.connect(self.show_of)
        self.panes.closed.connect(self.list.enter)
        self.list.loaded.connect(self._loaded)
        self.list.typed.connect(self._typed)
        self.list.chosen.connect(self.detail.show_paper)
        self.list.opened.connect(self._opened)
        self.list.table.clicked.connect(self.panes.open_right)
        self.detail.opened.connect(self.kept)
        self.detail.only_patient.connect(self._only_patient)

    def _ask(self) -> None:
        self._timer.stop()
        kinds = [PaperKind(self.kind.value())] if self.kind.value() else []
        words, seen = self.search.text().strip(), bool(self.seen.value())
        asked = _Asked(self._desk.db, replace(self._of, kinds=kinds, words=words, looked_at_too=seen))
        self.list.load(Source(asked.fetch, asked.count))

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} document{'' if number == 1 else 's'}, the latest first")

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _opened(self, _one: PaperRecord) -> None:
        if self.panes.open_right():
            self.detail.open_button.setFocus()

    def _only_patient(self, one: PaperRecord) -> None:
        self.show_of(patient_id=one.patient_id, name=one.patient)

    def _show_of(self, name: str) -> None:
        self.of.setText(f"Of {name}" if name else "")
        self._of_line.setVisible(bool(name))

    def _packets(self) -> None:
        self.go.emit("packets")

    def _releases(self) -> None:
        self.go.emit("releases")

    def _privacy(self) -> None:
        self.go.emit("privacy")

    def _incidents(self) -> None:
        self.go.emit("incidents")
