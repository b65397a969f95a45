"""The line above the list: how many were found, their order, and whether they are shown as cards or as a table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.ui import icons
from referral_app.ui.surgeons.results import CARDS, TABLE, SurgeonList
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox

SORTS = [
    ("match", "Best match"), ("distance", "Distance"), ("wait", "Next available"), ("surgery", "Surgery available"),
    ("name", "Name"), ("verified", "Last verified"),
]  # fmt: skip
DISTANCE_NEEDS_ZIP = "To sort by distance, type a ZIP code among the filters."


class OrderLine(QWidget):
    """Count, order and form; `changed` when another order is wanted."""

    changed = Signal()

    def __init__(self, records: SurgeonList) -> None:
        """Stand above a list."""
        super().__init__()
        self._list, self._down = records, False
        self.count, self.note = labels.muted(""), labels.muted(DISTANCE_NEEDS_ZIP)
        self.count.setWordWrap(False)
        self.sort = ChoiceBox("surgeonSort", SORTS, says="Sort by", empty=None)
        self.direction = buttons.tool("up", "Ascending", "surgeonDirection")
        self.view_button = buttons.tool("table", "Show as a table", "surgeonView")
        words = labels.muted("Sort by")
        words.setWordWrap(False)
        words.setBuddy(self.sort)
        lines: QVBoxLayout = column(spacing=4)
        lines.addLayout(row(self.count, None, words, self.sort, self.direction, self.view_button))
        lines.addWidget(self.note)
        self.setLayout(lines)
        self.sort.currentIndexChanged.connect(self._changed)
        self.direction.clicked.connect(self._turn)
        self.view_button.clicked.connect(self.switch)
        records.sort_wanted.connect(self._head_pressed)
        records.shown_as.connect(self._show_form)
        self._show_form(records.mode)
        self.follow(has_zip=False)

    def word(self) -> str:
        """Return what is sorted by, as a query names it."""
        return self.sort.value()

    def descending(self) -> bool:
        """Tell whether the order is turned round; the best match always comes first."""
        return self._down and self.word() != "match"

    def show_order(self, word: str, descending: bool = False) -> None:
        """Show another order, asking nothing: whoever shows it asks."""
        self.sort.blockSignals(True)
        self.sort.set_value(word)
        self.sort.blockSignals(False)
        self._down = descending

    def show_count(self, number: int) -> None:
        """Say how many were found."""
        self.count.setText(f"{number:,} surgeon{'' if number == 1 else 's'}" if number else "")

    def follow(self, has_zip: bool) -> None:
        """Show the order that is asked for, and what it lacks."""
        best, down = self.word() == "match", self.descending()
        self.note.setVisible(self.word() == "distance" and not has_zip)
        self.direction.setEnabled(not best)
        says = "The best match comes first" if best else "Descending" if down else "Ascending"
        icons.put(self.direction, "down" if down else "up", 20)
        self.direction.setAccessibleName(f"Order: {says}")
        self.direction.setToolTip(says)
        self._list.show_order(self.word(), down)

    def switch(self) -> None:
        """Show the list in its other form."""
        self._list.show_as(TABLE if self._list.mode == CARDS else CARDS)

    def _show_form(self, mode: str) -> None:
        words = "Show as a table" if mode == CARDS else "Show as cards"
        icons.put(self.view_button, "table" if mode == CARDS else "cards", 20)
        self.view_button.setAccessibleName(words)
        self.view_button.setToolTip(f"{words} (Ctrl+T)")
        self._list.show_order(self.word(), self.descending())

    def _changed(self) -> None:
        self._down = False
        self.changed.emit()

    def _turn(self) -> None:
        self._down = not self._down
        self.changed.emit()

    def _head_pressed(self, word: str) -> None:
        """Sort by a column; the same column again turns the order round, a third time the best match comes first."""
        if not word:
            self._list.show_order(self.word(), self.descending())
        elif word != self.word():
            self.show_order(word)
            self.changed.emit()
        elif not self._down:
            self._turn()
        else:
            self.show_order("match")
            self.changed.emit()
