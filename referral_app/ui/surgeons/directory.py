"""Finding a surgeon: filters, search box, list and detail together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from referral_app.database import Database
from referral_app.services import matching, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Found, Query, SurgeonRecord
from referral_app.ui.desk import Desk
from referral_app.ui.finding import Finding
from referral_app.ui.settled import Settled
from referral_app.ui.surgeons.card import SurgeonCard
from referral_app.ui.surgeons.filters import Filters, with_text
from referral_app.ui.surgeons.results import SurgeonList
from referral_app.ui.tables import Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.panes import Panes
from referral_app.ui.widgets.search_box import SearchBox

SORTS = [
    ("match", "Best match"), ("distance", "Distance"), ("wait", "Next available"), ("name", "Name"),
    ("verified", "Last verified"),
]  # fmt: skip
SETTLE_MS = 40


@dataclass
class _Asked:
    """One search, and what was wrong with it."""

    db: Database
    query: Query
    problem: str = ""

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Found]:
        """Return a page of surgeons; runs in the background."""
        try:
            with self.db.read() as session:
                return matching.find(session, self.query, limit, offset)
        except InvalidInput:
            return []

    def count(self) -> int:
        """Return how many there are; runs in the background."""
        try:
            with self.db.read() as session:
                return matching.count(session, self.query)
        except InvalidInput as error:
            self.problem = str(error)
            return 0


class Directory(QWidget):
    """The three panes; `referred(id)`, `edited(record)` and `invented_wanted` are for the page."""

    referred = Signal(str)
    edited = Signal(object)
    invented_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; nothing is asked before `reload`."""
        super().__init__()
        self._desk = desk
        self._asked: _Asked | None = None
        self._pinned: Found | None = None
        self.filters, self.list, self.card = Filters(), SurgeonList(desk), SurgeonCard()
        self.search = SearchBox("Search surgeons", "surgeonSearch", hint="Name, town, procedure, plan or NPI")
        self.sort = ChoiceBox("surgeonSort", SORTS, says="Sort by", empty=None)
        self.count = labels.muted("")
        self.filter_button = buttons.outlined("Filters", "showFilters", icon="filter")
        self.filter_button.setShortcut("F9")
        self._finding = self._middle()
        self.panes = Panes(desk, "surgeons", self._finding, self.card, self.filters, widths=(240, 390, 410))
        lines = column(spacing=0)
        lines.addWidget(self.panes)
        self.setLayout(lines)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._connect()

    def reload(self) -> None:
        """Ask again, and offer the procedures and plans there are now."""
        db = self._desk.db

        def load() -> tuple[Any, Any]:
            with db.read() as session:
                return surgeons.procedures(session), surgeons.plans(session)

        self._desk.background.run(self, load, self._offer)
        self.ask()

    def ask(self) -> None:
        """Search now for what search box, filters and order say."""
        self._finding.ask()

    def _ask(self) -> None:
        query = with_text(self.filters.query(), self._finding.words(), self.sort.value())
        self._asked = asked = _Asked(self._desk.db, query)
        self.list.load(Source(asked.fetch, asked.count, _key))

    def open(self, surgeon_id: str) -> None:
        """Show one surgeon, whatever the list was filtered by."""
        db = self._desk.db

        def load() -> SurgeonRecord:
            with db.read() as session:
                return surgeons.get(session, surgeon_id)

        self._desk.background.run(self, load, self._show_opened, self._gone)

    def reset(self) -> None:
        """Take search text and filters away."""
        self.search.clear()
        self.filters.reset()

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self.panes.close_right()
        self._finding.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while out of sight."""
        super().hideEvent(event)
        self._finding.stop()
        self._settle.stop()

    def _middle(self) -> Finding:
        words = labels.muted("Sort by")
        words.setWordWrap(False)
        line = row(self.filter_button, self.search)
        line.setStretch(1, 1)
        order = row(self.count, None, words, self.sort)
        return Finding("surgeonResults", self.search, self.list, line, order)

    def _connect(self) -> None:
        self._settle.timeout.connect(self._show_current)
        self._finding.wanted.connect(self._ask)
        self._finding.changed.connect(self._changed)
        self._finding.found.connect(self._answered)
        self._finding.top.connect(self.list.open_first)
        Settled(self._desk, self, "surgeons").follow(self._finding, self.list, self._said)
        self.filters.changed.connect(self._finding.change)
        self.filters.hidden.connect(self._hide_filters)
        self.filter_button.clicked.connect(self._show_filters)
        self.panes.left_shown.connect(self._filters_shown)
        self._filters_shown(not self.filters.isHidden())
        self.panes.closed.connect(self.list.enter)
        self.sort.currentIndexChanged.connect(self._finding.change)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.table.clicked.connect(self._clicked)
        self.list.acted.connect(self._act)
        self.card.referred.connect(self.referred)
        self.card.edited.connect(self.edited)

    def _offer(self, found: tuple[Any, Any]) -> None:
        self.filters.offer(*found)

    def _changed(self) -> None:
        self._pinned = None
        number = self.filters.count()
        self.filter_button.setText(f"Filters ({number})" if number else "Filters")

    def _answered(self, number: int) -> None:
        self.count.setText(f"{number:,} surgeon{'' if number == 1 else 's'}" if number else "")
        problem = self._asked.problem if self._asked else ""
        self.filters.show_problem(problem)
        if not number:
            self._say_why_empty(problem)

    def _said(self) -> str:
        return self._asked.query.said if self._asked else ""

    def _say_why_empty(self, problem: str) -> None:
        note = self.list.note
        if problem:
            note.say("pin", "This ZIP code is not known", "Check it among the filters.", "Reset filters")
        elif self._asks_anything():
            note.say("search", "No surgeon fits", "Try fewer filters or another word.", "Reset filters")
        else:
            hint = "Import a file, or try it with invented surgeons."
            note.say("surgeons", "The directory is empty", hint, "Load the invented directory")

    def _act(self) -> None:
        if self._asks_anything():
            self.reset()
        else:
            self.invented_wanted.emit()

    def _asks_anything(self) -> bool:
        return bool(self._finding.words() or self.filters.count())

    def _chosen(self, found: Found | None) -> None:
        self._settle.start()

    def _show_current(self) -> None:
        found = self.list.current()
        if found is not None:
            self._pinned = None
        self.card.show_found(found or self._pinned)

    def _clicked(self) -> None:
        if found := self.list.current():
            self._opened(found)

    def _opened(self, found: Found) -> None:
        self._pinned = None
        self.card.show_found(found)
        if self.panes.open_right():
            self.card.refer_button.setFocus()

    def _show_opened(self, surgeon: SurgeonRecord) -> None:
        self.reset()
        self.list.choose(surgeon.id)
        self._pinned = Found(surgeon)
        self.card.show_found(self._pinned)
        self.panes.open_right()
        pinned = self._pinned
        self.ask()
        self._pinned = pinned
        self.card.refer_button.setFocus()

    def _gone(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.count.setText(str(error))

    def _hide_filters(self) -> None:
        self.panes.show_left(False)

    def _show_filters(self) -> None:
        self.panes.show_left(True)

    def _filters_shown(self, shown: bool) -> None:
        self.filter_button.setVisible(not shown)


def _key(found: Found) -> str:
    return found.surgeon.id
