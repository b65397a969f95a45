"""Finding a surgeon: filters, search box, list and detail together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from referral_app.services import query_text, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Found, Query, SurgeonRecord
from referral_app.services.surgeon_rows import FoundRow
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.finding import Finding
from referral_app.ui.settled import Settled
from referral_app.ui.surgeons import reading
from referral_app.ui.surgeons.asked import Asked
from referral_app.ui.surgeons.asking import Asking
from referral_app.ui.surgeons.card import SurgeonCard
from referral_app.ui.surgeons.filters import Filters
from referral_app.ui.surgeons.order_line import OrderLine
from referral_app.ui.surgeons.results import SurgeonList
from referral_app.ui.surgeons.selection_bar import SelectionBar
from referral_app.ui.surgeons.short_lists import ShortLists
from referral_app.ui.surgeons.short_pane import ShortPane
from referral_app.ui.surgeons.verbs import Verbs
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.panes import Panes
from referral_app.ui.widgets.search_box import SearchBox

SETTLE_MS = 40
TOO_MANY = (
    "{:,} are too many to handle together: the first {} are selected. “Export what is found” and “Print this search as "
    "a directory” in the menu of the page take all."
)
HINT = "Name, town, procedure, plan, zip:21287"
WIDTHS = {"cards": 390, "table": 620}
"""What the list needs beside filters and detail."""


class Directory(QWidget):
    """The three panes; `acted(verb, ids)` and `invented_wanted` are for the page, `said` for the status bar."""

    acted = Signal(str, list)
    invented_wanted = Signal()
    said = Signal(str)
    stale_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; nothing is asked before `reload`."""
        super().__init__()
        self._desk = desk
        self._asked: Asked | None = None
        self._pinned: SurgeonRecord | None = None
        self.pane = ShortPane()
        self.filters, self.list = Filters(self.pane), SurgeonList(desk)
        self.verbs = Verbs(desk, self, self.chosen)
        self.card, self.bar = SurgeonCard(self.verbs), SelectionBar(self.verbs)
        self.search = SearchBox("Search surgeons", "surgeonSearch", hint=HINT)
        self.asking = Asking(self.search, self.filters)
        self.short = ShortLists(desk, self.pane)
        self.order = OrderLine(self.list)
        self.sort, self.count = self.order.sort, self.order.count
        self.filter_button = buttons.outlined("Filters", "showFilters", icon="filter")
        self.filter_button.setShortcut("F9")
        line = row(self.filter_button, self.search)
        line.setStretch(1, 1)
        self.remark = labels.muted("")
        self.remark.setObjectName("searchRemark")
        self.remark.hide()
        lines = (line, self.remark, self.order, self.bar)
        self._finding = Finding("surgeonResults", self.search, self.list, *lines)
        self.panes = Panes(
            desk, "surgeons", self._finding, self.card, self.filters, widths=(240, WIDTHS["cards"], 410)
        )
        whole = column(spacing=0)
        whole.addWidget(self.panes)
        self.setLayout(whole)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._reading = desk.background.latest(self, self._show_read)
        self._connect()

    def reload(self) -> None:
        """Ask again, and offer the procedures, plans and short lists there are now."""
        transaction.read(self._desk, self, reading.offered, self.filters.offer)
        self.short.reload()
        self.ask()

    def ask(self) -> None:
        """Search now for what search box, filters and order say."""
        self._finding.ask()

    def query(self) -> Query:
        """Return what is asked now."""
        return self.asking.query(self.order.word(), self.order.descending())

    def chosen(self) -> list[str]:
        """Return the ids of the surgeons that an act means: those selected together, or the one shown."""
        if self._many() > 1 and self.list.selection is not None:
            return [found.surgeon.id for found in self.list.selection.rows()]
        current = self.list.current()
        shown = self.card.surgeon()
        if current is not None:
            return [current.surgeon.id]
        return [shown.id] if shown is not None else []

    def open(self, surgeon_id: str) -> None:
        """Show one surgeon, whatever the list was filtered by."""
        look = partial(surgeons.get, surgeon_id=surgeon_id)
        transaction.read(self._desk, self, look, self._show_opened, self._gone)

    def show_again(self, surgeon_id: str) -> None:
        """Show an entry that was just changed; what is searched stays, and the focus goes to the list."""
        look = partial(surgeons.get, surgeon_id=surgeon_id)
        transaction.read(self._desk, self, look, self._show_changed, self._gone)

    def reset(self) -> None:
        """Take search text and filters away."""
        self.search.clear()
        self.filters.reset()

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self.panes.close_right()
        self._finding.take_focus()

    def focus_list(self) -> None:
        """Put the focus into the list, at the row that is current."""
        self.list.enter()

    def save_search(self) -> None:
        """Keep this search under a name."""
        self.short.save(self.asking.text(self.order.word(), self.order.descending()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while out of sight."""
        super().hideEvent(event)
        self._finding.stop()
        self._settle.stop()

    def _connect(self) -> None:
        self._settle.timeout.connect(self._show_current)
        self._finding.wanted.connect(self._ask)
        self._finding.changed.connect(self._changed)
        self._finding.found.connect(self._answered)
        self._finding.top.connect(self.list.open_first)
        Settled(self._desk, self, "surgeons").follow(self._finding, self.list, self._said)
        self.filters.changed.connect(self._finding.change)
        self.filters.hidden.connect(partial(self.panes.show_left, False))
        self.filters.as_text.connect(self.show_as_text)
        self.asking.as_text_changed.connect(self.filters.show_form)
        self.asking.order_typed.connect(self.order.show_order)
        self.filter_button.clicked.connect(self._show_filters)
        self.panes.left_shown.connect(self._filters_shown)
        self._filters_shown(not self.filters.isHidden())
        self.panes.closed.connect(self.list.enter)
        self.order.changed.connect(self._finding.change)
        self._connect_list()
        self._connect_short_lists()
        self.verbs.follow()

    def _connect_list(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.table.clicked.connect(self._clicked)
        self.list.acted.connect(self._act)
        self.list.shown_as.connect(self._make_room)
        self._make_room(self.list.mode)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._row_menu)
        self.verbs.acted.connect(self.acted)
        self.bar.cleared.connect(self._choose_one)
        self.bar.left.connect(self.list.enter)
        if self.list.selection is not None:
            self.list.selection.changed.connect(self._selected)
            self.list.selection.cut.connect(self._cut)

    def _connect_short_lists(self) -> None:
        self.pane.searched.connect(self.asking.take)
        self.pane.opened.connect(self.open)
        self.pane.save_wanted.connect(self.save_search)
        self.pane.stale_wanted.connect(self.stale_wanted)
        self.pane.favorites_wanted.connect(self._show_favorites)
        self.short.said.connect(self.said)
        self.short.changed.connect(self._favorites_changed)

    def _ask(self) -> None:
        self._asked = asked = Asked(self._desk.db, self.query(), self.list.around, self.search.text())
        self.order.follow(bool(asked.query.zip))
        self.list.load(asked.source())

    def _changed(self) -> None:
        self._pinned = None
        number = self.filters.count()
        self.filter_button.setText(f"Filters ({number})" if number else "Filters")

    def _answered(self, number: int) -> None:
        self.order.show_count(number)
        asked = self._asked
        self.filters.show_problem(asked.problem if asked and asked.is_of_zip else "")
        self.remark.setText(" ".join(asked.remarks) if asked else "")
        self.remark.setVisible(bool(self.remark.text()))
        if not number and asked:
            _say_why_empty(self.list.note, asked, self._asks_anything())

    def _said(self) -> str:
        return self._asked.query.said if self._asked else ""

    def _act(self) -> None:
        if self._asked and self._asked.problem and not self._asked.is_of_zip:
            self.reload()
        elif self._asks_anything():
            self.reset()
        else:
            self.invented_wanted.emit()

    def _asks_anything(self) -> bool:
        return bool(self._finding.words() or self.filters.count())

    def _make_room(self, mode: str) -> None:
        """Give a table more room than cards need; the detail then folds away until an entry is opened."""
        self.panes.need(WIDTHS[mode])

    # Which surgeon is shown

    def _many(self) -> int:
        return self.list.selection.count() if self.list.selection is not None else 0

    def _chosen(self, _found: FoundRow | None) -> None:
        self.verbs.follow()
        self._settle.start()

    def _selected(self) -> None:
        self.bar.show_number(self._many())
        self._settle.start()

    def _cut(self, wanted: int) -> None:
        most = self._many()
        self.bar.show_number(most, TOO_MANY.format(wanted, most))

    def _choose_one(self) -> None:
        """Give up the choice of several; the current row stays."""
        self.list.table.choose(max(self.list.table.currentIndex().row(), 0))
        self.list.enter()

    def _show_current(self) -> None:
        number, found = self._many(), self.list.current()
        self.verbs.follow()
        self._name_favorite()
        if number > 1:
            self.card.show_several(number)
        elif found is not None:
            self._pinned = None
            self._reading.ask(partial(reading.found, self._desk.db, found), self._gone)
        else:
            self._reading.drop()
            self.card.show_found(Found(self._pinned) if self._pinned else None)

    def _show_read(self, found: Found) -> None:
        self.card.show_found(found)
        self.verbs.follow()

    def _clicked(self) -> None:
        found = self.list.current()
        if found and self._many() <= 1:
            self._opened(found)

    def _opened(self, found: FoundRow) -> None:
        self._pinned = None
        self.card.to_top()
        self.short.note_opened(found.surgeon.id)
        self._reading.ask(partial(reading.found, self._desk.db, found), self._gone)
        if self.panes.open_right():
            self.card.refer_button.setFocus()

    def _show_opened(self, surgeon: SurgeonRecord) -> None:
        self.reset()
        self._point_to(surgeon.id)
        self.short.note_opened(surgeon.id)
        self._pinned = surgeon
        self.card.show_found(Found(surgeon))
        self.card.to_top()
        self.panes.open_right()
        self.ask()
        self._pinned = surgeon
        self.verbs.follow()
        self.card.refer_button.setFocus()

    def _show_changed(self, surgeon: SurgeonRecord) -> None:
        """Show it, also where it is no longer among what is searched."""
        self._point_to(surgeon.id)
        self._pinned = surgeon
        self.card.show_found(Found(surgeon))
        self.ask()
        self.verbs.follow()
        shown = self.list.table.isVisible()
        (self.list.table if shown else self.search).setFocus()

    def _point_to(self, surgeon_id: str) -> None:
        """Let the list keep this surgeon current, not the one before, where the row is not at hand yet."""
        if not self.list.choose(surgeon_id):
            self.list.table.setCurrentIndex(QModelIndex())

    def _gone(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.card.show_found(None)
        self.said.emit(str(error))

    # Filters, favorites and menus

    def _show_favorites(self) -> None:
        self.reset()
        self.filters.show_values({"favorites_of": query_text.MINE})
        self._finding.change()

    def _name_favorite(self) -> None:
        """Let the act say what it would do."""
        chosen = self.chosen()
        are = bool(chosen) and all(one in self.short.favorites for one in chosen)
        self.verbs.action("favorite").setText("No longer a favorite" if are else "Add to favorites")

    def _favorites_changed(self) -> None:
        self.list.show_favorites(self.short.favorites)
        self._name_favorite()
        if self.query().favorites_of:
            self.ask()

    def show_as_text(self) -> None:
        """Write the filters into the search box as text, or take them out of it again."""
        self.asking.show_as_text(not self.asking.as_text())

    def _show_filters(self) -> None:
        self.panes.show_left(True)

    def _filters_shown(self, shown: bool) -> None:
        self.filter_button.setVisible(not shown)

    def _row_menu(self, where: QPoint) -> None:
        self.verbs.show_menu(self.list.table.viewport().mapToGlobal(where), self._many() > 1)


def _say_why_empty(note: EmptyState, asked: Asked, asks_anything: bool) -> None:
    """Say why no surgeon is shown, and what can be done about it."""
    if asked.is_of_zip:
        note.say("pin", "This ZIP code is not known", asked.problem, "Reset filters")
    elif asked.problem:
        note.say("waiting", "The directory cannot be searched now", asked.problem, "Try again")
    elif asks_anything:
        hint = " ".join(asked.remarks) or "Try fewer filters or another word."
        note.say("search", "No surgeon fits", hint, "Reset filters")
    else:
        hint = "Import a file, or try it with invented surgeons."
        note.say("surgeons", "The directory is empty", hint, "Load the invented directory")
