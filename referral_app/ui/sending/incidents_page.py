"""Incidents: what went where it was not meant to go, those that are open first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.services import incidents
from referral_app.services.incidents import IncidentRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.sending.incident_detail import IncidentDetail
from referral_app.ui.sending.incident_dialog import IncidentDialog
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.panes import Panes

COLUMNS = (
    Column("State", lambda one: "Open" if one.is_open else "Closed", 120, icon=lambda one: _state(one)),
    Column("Found on", lambda one: dates.say(one.found_on), 150),
    Column("Number or address", lambda one: one.said, 170, detail=lambda one: one.what, stretch=True),
    Column("Patient", lambda one: one.patient, 180, detail=lambda one: one.reference),
)


def _state(one: IncidentRecord) -> str:
    return "warning" if one.is_open else "ok"


@dataclass(frozen=True)
class _Asked:
    """One question; both functions run in the background."""

    db: Database
    open_only: bool

    def count(self) -> int:
        """Return how many there are."""
        with self.db.read() as session:
            return incidents.count(session, self.open_only)

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[IncidentRecord]:
        """Return a page of them."""
        with self.db.read() as session:
            return incidents.find(session, self.open_only, limit, offset)


class IncidentsPage(QWidget):
    """List and detail; an incident is written down where a fax came back from a wrong number."""

    go = Signal(str)
    said = Signal(str)
    open_referral = Signal(str)
    help_topic = "sending"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("incidentsPage")
        self._desk = desk
        self.head = Head("Incidents", "incidents", below="Packets")
        self.which = ChoiceBox(
            "incidentsWhich", [("open", "Only those that are open")], empty="All incidents"
        )
        self.which.setAccessibleName("Which incidents")
        self.count = labels.muted("")
        empty = ("ok", "No incident", "Where a fax went to a wrong number, it is written down here.", "")
        self.list = RecordList(desk, "incidents", "Incidents", COLUMNS, empty)
        self.detail = IncidentDetail()
        self.panes = Panes(desk, "incidents", self._middle(), self.detail, None, widths=(0, 620, 340))
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addWidget(self.panes, 1)
        self.setLayout(lines)
        self._connect()

    def reload(self) -> None:
        """Read the list."""
        asked = _Asked(self._desk.db, bool(self.which.value()))
        self.list.load(Source(asked.fetch, asked.count))

    def edit(self, one: IncidentRecord) -> None:
        """Write down more of one that is open."""
        look = partial(incidents.get, incident_id=one.id)
        transaction.read(self._desk, self, look, self._open_dialog)

    def _open_dialog(self, one: IncidentRecord) -> None:
        dialog = IncidentDialog(self._desk, self, one)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _middle(self) -> QWidget:
        made = QWidget()
        top = column(spacing=8, margins=(16, 12, 16, 8))
        top.addLayout(row(self.which, self.count, None))
        lines = column(spacing=0)
        lines.addLayout(top)
        lines.addWidget(self.list, 1)
        made.setLayout(lines)
        return made

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._packets)
        self.which.currentIndexChanged.connect(self.reload)
        self.panes.closed.connect(self.list.enter)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self.detail.show_incident)
        self.list.opened.connect(self._opened)
        self.list.table.clicked.connect(self.panes.open_right)
        self.detail.edited.connect(self.edit)
        self.detail.referral.connect(self.open_referral)

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} incident{'' if number == 1 else 's'}")

    def _opened(self, _one: IncidentRecord) -> None:
        if self.panes.open_right():
            self.detail.enter()

    def _saved(self, record: IncidentRecord) -> None:
        self.said.emit("Incident saved" if record.is_open else "Incident closed")
        self.reload()

    def _packets(self) -> None:
        self.go.emit("packets")
