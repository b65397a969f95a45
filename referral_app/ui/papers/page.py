"""The page of what was printed and sent: every document, what was done with it, and exactly its bytes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import PaperKind
from referral_app.services import ledger
from referral_app.services.ledger import Filter, PaperRecord
from referral_app.ui import sources
from referral_app.ui.desk import Desk
from referral_app.ui.finding import NOTED_MS, Finding
from referral_app.ui.list_detail import ListDetail
from referral_app.ui.papers import wording
from referral_app.ui.papers.detail import PaperDetail
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.head import Head, headed
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.search_box import SearchBox

KEPT = "What left the program is kept byte by byte, and nothing here changes it."
COLUMNS = (
    Column("When", wording.clock, 140, detail=wording.day),
    Column("Document", lambda one: one.kind.label, 190, detail=wording.written),
    Column("About", wording.about, 190, detail=wording.version, stretch=True),
    Column("What was done", wording.last_act, 240, icon=wording.icon, detail=wording.last_by),
)


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
        self._of_line = QWidget()
        self._of_line.setLayout(row(self.of, self.all, None))
        above = (self.search, row(self.kind, self.seen, None), self._of_line, self.count)
        self._finding = Finding("papersFound", self.search, self.list, *above, foot=KEPT, pause=NOTED_MS)
        widths = (0, 660, 340)
        self.panes = ListDetail(desk, "papers", self._finding, self.list, self.detail, widths=widths)
        self.setLayout(headed(self.head, self.panes))
        self._connect()
        self._show_of("")

    def reload(self) -> None:
        """Read the newest documents."""
        self._finding.ask()

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self._finding.take_focus()

    def show_of(self, reference: str = "", patient_id: str = "", name: str = "") -> None:
        """Show what left of one referral, or for one patient, called `name` here."""
        self._of = Filter(reference=reference, patient_id=patient_id)
        self._show_of(name or reference)
        self._finding.ask()

    def show_everybody(self) -> None:
        """Show what is there of everybody, where the page was narrowed."""
        self.head.lead()
        if self._of != Filter():
            self.show_of()

    def came_from(self, key: str, label: str) -> None:
        """Let the way back lead to the page that asked for this."""
        self.head.lead(key, label)

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._packets)
        self.releases_button.clicked.connect(self._releases)
        self.incidents_button.clicked.connect(self._incidents)
        self.privacy_button.clicked.connect(self._privacy)
        self._finding.wanted.connect(self._ask)
        self._finding.found.connect(self._found)
        self._finding.top.connect(self.list.open_first)
        for box in (self.kind, self.seen):
            box.currentIndexChanged.connect(self._finding.ask)
        self.all.clicked.connect(self.show_everybody)
        self.list.chosen.connect(self.detail.show_paper)
        self.detail.opened.connect(self.kept)
        self.detail.only_patient.connect(self._only_patient)

    def _ask(self) -> None:
        kinds = [PaperKind(self.kind.value())] if self.kind.value() else []
        words, seen = self._finding.words(), bool(self.seen.value())
        which = replace(self._of, kinds=kinds, words=words, looked_at_too=seen)
        count, find = partial(ledger.count, which=which), partial(ledger.find, which=which)
        self.list.load(sources.paged(self._desk.db, count, find))

    def _found(self, number: int) -> None:
        self.count.setText(f"{number:,} document{'' if number == 1 else 's'}, the latest first")

    def _only_patient(self, one: PaperRecord) -> None:
        self.show_of(patient_id=one.patient_id, name=one.patient)

    def _show_of(self, name: str) -> None:
        self.of.setText(f"Of {name}" if name else "")
        self._of_line.setVisible(bool(name))

    def _packets(self) -> None:
        self.go.emit(self.head.leads_to or "packets")

    def _releases(self) -> None:
        self.go.emit("releases")

    def _privacy(self) -> None:
        self.go.emit("privacy")

    def _incidents(self) -> None:
        self.go.emit("incidents")
