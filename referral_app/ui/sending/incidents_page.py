"""Incidents: what went where it was not meant to go, those that are open first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.services import incidents
from referral_app.services.incidents import IncidentRecord
from referral_app.ui import sources, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.list_detail import ListDetail
from referral_app.ui.sending.incident_detail import IncidentDetail
from referral_app.ui.sending.incident_dialog import IncidentDialog
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.head import Head, headed
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.listing import Listing

COLUMNS = (
    Column("State", lambda one: "Open" if one.is_open else "Closed", 100, icon=lambda one: _state(one)),
    Column("Found on", lambda one: dates.say(one.found_on), 150),
    Column("Number or address", lambda one: one.said, 170, detail=lambda one: one.what, stretch=True),
    Column("Patient", lambda one: one.patient, 180, detail=lambda one: one.reference),
)


def _state(one: IncidentRecord) -> str:
    return "warning" if one.is_open else "ok"


class IncidentsPage(QWidget):
    """List and detail; an incident is written down where a fax came back from a wrong number."""

    go = Signal(str)
    said = Signal(str)
    open_referral = Signal(str)
    preview = Signal(str, str)
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
        self.detail = IncidentDetail(desk)
        middle = Listing(self.list, row(self.which, self.count, None))
        self.panes = ListDetail(desk, "incidents", middle, self.list, self.detail)
        self.setLayout(headed(self.head, self.panes))
        self._connect()

    def reload(self) -> None:
        """Read the list."""
        is_open = bool(self.which.value())
        count = partial(incidents.count, open_only=is_open)
        find = partial(incidents.find, open_only=is_open)
        self.list.load(sources.paged(self._desk.db, count, find))

    def edit(self, one: IncidentRecord) -> None:
        """Write down more of one that is open."""
        look = partial(incidents.get, incident_id=one.id)
        transaction.read(self._desk, self, look, self._open_dialog)

    def _open_dialog(self, one: IncidentRecord) -> None:
        dialog = IncidentDialog(self._desk, self, one)
        dialog.saved.connect(self._saved)
        dialog.sheet_wanted.connect(self._preview)
        dialog.open()

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._packets)
        self.which.currentIndexChanged.connect(self.reload)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self.detail.show_incident)
        self.detail.edited.connect(self.edit)
        self.detail.printed.connect(self._preview)
        self.detail.referral.connect(self.open_referral)

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} incident{'' if number == 1 else 's'}")

    def _saved(self, record: IncidentRecord) -> None:
        self.said.emit("Incident saved" if record.is_open else "Incident closed")
        self.reload()

    def _preview(self, incident_id: str) -> None:
        self.preview.emit("incident_sheet", incident_id)

    def _packets(self) -> None:
        self.go.emit("packets")
