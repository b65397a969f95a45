"""The list of texts: below each title where it stands, in icon and words, and what was not saved yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from referral_app.ui import icons
from referral_app.ui.fields import Field
from referral_app.ui.texts.shelf import Entry
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.states import STATES, TONES

UNSAVED = "Edited, not saved"


class EntryList(QWidget):
    """`passed(key)` when arrow keys come to a text, `chosen(key)` on Enter and click, `narrowed` by another option."""

    passed = Signal(str)
    chosen = Signal(str)
    narrowed = Signal()

    def __init__(self, name: str, heading: str, filter_label: str) -> None:
        """Make it empty."""
        super().__init__()
        self.filter = ChoiceBox(f"{name}Filter", (), filter_label, empty=None)
        self.summary = labels.muted("")
        self.list = QListWidget()
        self.list.setObjectName(f"{name}List")
        self.list.setAccessibleName(heading)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._items: dict[str, QListWidgetItem] = {}
        lines = column(spacing=8, margins=(16, 12, 8, 12))
        lines.addWidget(Field(filter_label, self.filter))
        lines.addWidget(self.summary)
        lines.addWidget(self.list, 1)
        self.setLayout(lines)
        self.list.currentItemChanged.connect(self._passed)
        self.list.itemActivated.connect(self._chosen)
        self.list.itemClicked.connect(self._chosen)
        self.filter.currentIndexChanged.connect(self.narrowed)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer what the list is narrowed down by; where there is one option only, it is not shown."""
        self.filter.set_options(options, None)
        if not self.filter.value() and options and options[0][0]:
            self.filter.blockSignals(True)
            self.filter.set_value(options[0][0])
            self.filter.blockSignals(False)

    def show_entries(self, entries: Sequence[Entry], unsaved: Collection[str], current: str) -> None:
        """Show the entries below their groups, one of them as current."""
        self.list.blockSignals(True)
        self.list.clear()
        self._items.clear()
        for number, entry in enumerate(entries):
            if not number or entries[number - 1].group != entry.group:
                self._head(entry.group)
            self._items[entry.key] = item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self._word(item, entry, entry.key in unsaved)
        if current in self._items:
            self.list.setCurrentItem(self._items[current])
        self.list.blockSignals(False)

    def mark(self, entry: Entry, unsaved: bool) -> None:
        """Say of an entry whether it holds what was not saved."""
        if item := self._items.get(entry.key):
            self._word(item, entry, unsaved)

    def _word(self, item: QListWidgetItem, entry: Entry, unsaved: bool) -> None:
        state, said = ("draft", UNSAVED) if unsaved else (entry.state, entry.short or entry.said)
        icon, tone = STATES[state]
        item.setText(f"{entry.title}\n{said}")
        item.setToolTip(labels.tip(f"{entry.title}\n{entry.said}"))
        item.setIcon(icons.icon(icon, TONES[tone], 16))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {said}")

    def _head(self, words: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)

    def _passed(self, item: QListWidgetItem | None) -> None:
        """Show what the arrow keys come to."""
        if isinstance(entry := item.data(Qt.ItemDataRole.UserRole) if item else None, Entry):
            self.passed.emit(entry.key)

    def _chosen(self, item: QListWidgetItem) -> None:
        if isinstance(entry := item.data(Qt.ItemDataRole.UserRole), Entry):
            self.chosen.emit(entry.key)
