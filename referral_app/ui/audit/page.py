"""The page of the audit: filters, events, one event whole, the check and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Database, StoreProblem
from referral_app.services import audit, people
from referral_app.services.audit import AuditRecord, Filter
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, moments
from referral_app.ui.audit import wording
from referral_app.ui.audit.detail import EventDetail
from referral_app.ui.audit.filters import Filters
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.finding import NOTED_MS, Finding
from referral_app.ui.list_detail import ListDetail
from referral_app.ui.settled import Settled
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.head import Head, headed
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from referral_app.jobs.audit import Verified

CSV = "CSV table (*.csv)"
KEPT = "Kept at least six years. Nothing here can change or delete an event."
COLUMNS = (
    Column("When", wording.clock, 144, detail=wording.day),
    Column("Person", wording.person, 150),
    Column("Action", wording.action, 220, icon=wording.state, detail=wording.about, stretch=True),
    Column("What", wording.what, 170, detail=lambda one: one.patient),
)  # fmt: skip


@dataclass
class _Asked:
    """One question; both functions run in the background, and both leave out what is noted after they began."""

    db: Database
    wanted: Filter

    def count(self) -> int:
        """Return how many events fit now."""
        self.wanted = replace(self.wanted, up_to=self.db.head().sequence)
        with self.db.read() as session:
            return audit.count(session, self.wanted)

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[AuditRecord]:
        """Return a page of events, the latest first."""
        with self.db.read() as session:
            return audit.find(session, self.wanted, limit, offset)


class AuditPage(QWidget):
    """What was done and seen; nothing here changes any of it."""

    go = Signal(str)
    said = Signal(str)
    help_topic = "audit"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("auditPage")
        self._desk = desk
        self.check_button = buttons.outlined("Check the audit", "checkAudit", "check")
        self.export_button = buttons.outlined("Export…", "exportAudit", "save")
        self.head = Head("Audit", "audit", self.check_button, self.export_button)
        self.warning, self.whole = Advice("emergency", "auditWarning"), Advice("ok", "auditWhole")
        self.search = SearchBox(
            "Search the audit", "auditSearch", hint="Words of the reason, details, reference"
        )
        self.count = labels.muted("")
        self.filters = Filters(desk)
        self.filter_button = buttons.outlined("Filters", "showAuditFilters", "filter")
        empty = ("history", "No such event", "Try fewer filters.")
        self.list, self.detail = RecordList(desk, "audit", "Events", COLUMNS, empty), EventDetail()
        line = row(self.count, self.filter_button)
        line.setStretch(0, 1)
        above = (self.warning, self.whole, self.search, line)
        self._finding = Finding("auditFound", self.search, self.list, *above, foot=KEPT, pause=NOTED_MS)
        widths = (230, 620, 330)
        self.panes = ListDetail(desk, "audit", self._finding, self.list, self.detail, self.filters, widths)
        self._settled = Settled(desk, self, "audit")
        self.setLayout(headed(self.head, self.panes))
        self._connect()

    def reload(self) -> None:
        """Read the newest events, and the warnings of the start."""
        self.warning.say(" ".join(self._desk.db.warnings))
        db = self._desk.db
        self._desk.background.run(self, lambda: _people(db), self.filters.offer_people, self._refused)
        self._finding.ask()

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self._finding.take_focus()

    def export_into(self, path: Path) -> None:
        """Write the events that are asked for into a CSV file."""
        db, wanted = self._desk.db, self._wanted()

        def work(progress: Progress, canceled: Canceled) -> int:
            from referral_app.jobs import audit as jobs

            return jobs.export_csv(db, path, wanted)

        self._desk.background.job(self, "Exporting the audit", work, self._exported, self._refused)

    def check(self) -> None:
        """Check the whole chain."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Verified:
            from referral_app.jobs import audit as jobs

            return jobs.verify(db)

        self.check_button.setEnabled(False)
        self._desk.background.job(self, "Checking the audit", work, self._checked, self._refused)

    def _wanted(self) -> Filter:
        return self.filters.wanted(self._finding.words())

    def _ask(self) -> None:
        asked = _Asked(self._desk.db, self._wanted())
        self.list.load(Source(asked.fetch, asked.count, lambda one: one.sequence))

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._back)
        self.check_button.clicked.connect(self.check)
        self.export_button.clicked.connect(self._ask_export)
        self._finding.wanted.connect(self._ask)
        self._finding.found.connect(self._found)
        self._finding.top.connect(self.list.open_first)
        self.filters.changed.connect(self._finding.ask)
        self.filter_button.clicked.connect(self._show_filters)
        self.filters.hidden.connect(self._hide_filters)
        self.panes.left_shown.connect(self.filter_button.setHidden)
        self.list.chosen.connect(self.detail.show_event)
        self.list.opened.connect(self._settled.note)
        self.detail.only_person.connect(self._only_person)
        self.detail.only_patient.connect(self._only_patient)

    def _back(self) -> None:
        self.go.emit("settings")

    def _show_filters(self) -> None:
        self.panes.show_left(True)
        self.filters.person.setFocus()

    def _hide_filters(self) -> None:
        self.panes.show_left(False)
        self.filter_button.setFocus()

    def _found(self, number: int) -> None:
        self.count.setText(f"{number:,} event{'' if number == 1 else 's'}, the latest first")
        asked = (self._finding.words(), self.filters.words())
        self._settled.answered(" · ".join(part for part in asked if part), number)

    def _only_person(self, one: AuditRecord) -> None:
        self.filters.person.set_value(one.person_id)

    def _only_patient(self, one: AuditRecord) -> None:
        self.filters.patient.choose(one.patient_id, one.patient or "This patient")

    def _ask_export(self) -> None:
        name = f"audit-{datetime.now():%Y-%m-%d}.csv"
        ask.save_file(self, "Export the audit", name, CSV, self.export_into)

    def _exported(self, number: int) -> None:
        self.said.emit(f"{number:,} event{'' if number == 1 else 's'} exported; the export was noted")
        self._finding.ask()

    def _checked(self, found: Verified) -> None:
        self.check_button.setEnabled(True)
        now = moments.say(datetime.now().astimezone())
        self.whole.say(
            "" if found.problems else f"The audit is whole: {found.events:,} events, checked {now}."
        )
        self.warning.say(" ".join(dict.fromkeys([*self._desk.db.warnings, *found.problems])))
        self._finding.ask()

    def _refused(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self, str(error), warning=True)


def _people(db: Database) -> list[tuple[str, str]]:
    """Return everybody who has or had an account."""
    with db.read() as session:
        return [(one.id, one.name) for one in people.find(session, with_removed=True)]
