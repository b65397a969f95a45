"""The worklist of entries that may be one surgeon: merge them, or say that they are two people."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.services import duplicates
from referral_app.services.duplicates import Pair
from referral_app.services.merging import Merged
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask, sources, theme, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import merge_dialog, merge_lines, wording
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.flow import Flow

EMPTY = (
    "ok",
    "No duplicates found",
    "Entries that look like one surgeon appear here.",
)


def _detail(surgeon: SurgeonRecord) -> str:
    npi = f"NPI {surgeon.npi}" if surgeon.npi else "No NPI"
    return f"{npi} · {wording.places(surgeon)}"


COLUMNS = (
    Column("One entry", lambda pair: pair.first.name, 240, detail=lambda pair: _detail(pair.first)),
    Column("Another", lambda pair: pair.second.name, 240, detail=lambda pair: _detail(pair.second)),
    Column("Why", lambda pair: merge_lines.because(pair.reasons), 260, stretch=True),
)


class PossibleDuplicates(QWidget):
    """Shows pairs with the reasons; `opened(id)`, `changed` when two became one or were told apart.

    `undoable(words, undo)` when two became one.
    """

    opened = Signal(str)
    said = Signal(str)
    undoable = Signal(str, object)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `reload` fills it."""
        super().__init__()
        self.setObjectName("possibleDuplicates")
        self._desk = desk
        self.list = RecordList(desk, "duplicates", "Entries that may be one surgeon", COLUMNS, EMPTY)
        self.count = labels.muted("")
        self.merge_button = buttons.primary("Compare and merge…", "duplicatesMerge", "link")
        self.apart_button = buttons.outlined("These are two people", "duplicatesApart", "patients")
        self.first_button = buttons.outlined("Open the one", "duplicatesFirst", "open")
        self.second_button = buttons.outlined("Open the other", "duplicatesSecond", "open")
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Look anew."""
        self.list.load(sources.whole(self._desk.db, duplicates.pairs))

    def merge(self) -> None:
        """Compare the current pair."""
        if pair := self.list.current():
            merge_dialog.begin(self._desk, [pair.first.id, pair.second.id], self, self._merged)

    def tell_apart(self) -> None:
        """Ask, then remember that the current pair is two people."""
        if pair := self.list.current():
            detail = f"{pair.first.name} and {pair.second.name} are not shown here again."
            ask.confirm(self, "Are these two people?", detail, "Two people", partial(self._tell_apart, pair))

    def _tell_apart(self, pair: Pair) -> None:
        act = partial(duplicates.not_same, one_id=pair.first.id, other_id=pair.second.id)
        transaction.write(self._desk, self, act, self._told)

    def _told(self, _: object) -> None:
        self.said.emit("Remembered as two people")
        self.changed.emit()
        self.reload()

    def _merged(self, done: Merged) -> None:
        self.changed.emit()
        self.reload()
        undo = partial(merge_dialog.take_back, self._desk, self, done, self._parted)
        self.undoable.emit(merge_lines.done_words(done.dropped, done.kept), undo)

    def _parted(self, back: SurgeonRecord) -> None:
        self.said.emit(f"The merge is undone: the entry of {back.name} is back")
        self.changed.emit()
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every line of the buttons in sight where the window is low."""
        super().resizeEvent(event)
        self._verbs.setMinimumHeight(self._verbs.flow.heightForWidth(self.width() - theme.px(32)))

    def _lay_out(self) -> None:
        self._verbs = verbs = Flow(8)
        for button in (self.merge_button, self.apart_button, self.first_button, self.second_button):
            verbs.add(button)
        head = column(spacing=8, margins=(16, 12, 16, 8))
        head.addWidget(verbs)
        head.addWidget(self.count)
        whole = column(spacing=0)
        whole.addLayout(head)
        whole.addWidget(self.list, 1)
        self.setLayout(whole)
        for button in (self.merge_button, self.apart_button):
            button.setVisible(self._desk.may(Permission.CHANGE_DIRECTORY))

    def _connect(self) -> None:
        self.merge_button.clicked.connect(self.merge)
        self.apart_button.clicked.connect(self.tell_apart)
        self.first_button.clicked.connect(partial(self._open, "first"))
        self.second_button.clicked.connect(partial(self._open, "second"))
        self.list.opened.connect(self._open_row)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self._chosen)
        self._chosen(None)

    def _open(self, which: str) -> None:
        if pair := self.list.current():
            self.opened.emit(getattr(pair, which).id)

    def _open_row(self, _pair: Pair) -> None:
        if self._desk.may(Permission.CHANGE_DIRECTORY):
            self.merge()

    def _loaded(self, number: int) -> None:
        words = f"{number:,} pair{'' if number == 1 else 's'}, the most alike first" if number else ""
        self.count.setText(words)
        if number and self.list.current() is None:
            self.list.table.selectRow(0)

    def _chosen(self, pair: Pair | None) -> None:
        for button in (self.merge_button, self.apart_button, self.first_button, self.second_button):
            button.setEnabled(pair is not None)
