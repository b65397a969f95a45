"""A list of entries in a card: providers of an office, experts or trials of the Center."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from referral_app.ui import ask
from referral_app.ui.office.entry_dialog import EntryDialog, Sheet
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, row
from referral_app.ui.widgets.rows import RowButton


@dataclass(frozen=True)
class Kind:
    """What a list holds: its words, how an entry is shown, and the fields that change one."""

    heading: str
    icon: str
    empty: str
    removed: str
    title: Callable[[Any], str]
    detail: Callable[[Any], str]
    sheet: Callable[[], Sheet]


class Entries(Card):
    """Add, change and remove entries; `changed` after each."""

    changed = Signal()

    def __init__(self, name: str, kind: Kind) -> None:
        """Make an empty list; `name` is what one entry is called."""
        super().__init__(kind.heading)
        self.records: list[Any] = []
        self._name, self._kind = name, kind
        self._lines: list[RowButton] = []
        self._add_button = buttons.outlined(f"Add {name}", f"add{name.capitalize()}", "plus")
        self._add_button.clicked.connect(self._add)
        self.heading_row.addWidget(self._add_button)

    def show_records(self, records: Sequence[Any]) -> None:
        """Show these entries."""
        self.records = list(records)
        self._show()

    def _show(self) -> None:
        clear(self.column, keep=1)
        self._lines.clear()
        if not self.records:
            self.add(labels.muted(self._kind.empty))
        for at, one in enumerate(self.records):
            self.add(self._row(at, self._kind.title(one), self._kind.detail(one)))

    def _row(self, at: int, title: str, detail: str) -> QHBoxLayout:
        line = RowButton(f"{self._name}_{at}", str(at), self._kind.icon, title, detail)
        line.clicked.connect(self._change)
        self._lines.append(line)
        remove = buttons.tool("trash", f"Remove {title}", f"remove{self._name.capitalize()}_{at}")
        remove.setProperty("at", at)
        remove.clicked.connect(self._remove)
        both = row(line, remove)
        both.setStretch(0, 1)
        return both

    def _add(self) -> None:
        self._open(None, self._added)

    def _change(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self._at = int(pressed.value)
            self._open(self.records[self._at], self._changed_one)

    def _open(self, entry: object, slot: Callable[[Any], None]) -> None:
        dialog = EntryDialog(self._kind.sheet(), entry, self)
        dialog.done_with.connect(slot)
        dialog.open()

    def _added(self, record: object) -> None:
        self.records.append(record)
        self._changed_list(len(self.records) - 1)

    def _changed_one(self, record: object) -> None:
        self.records[self._at] = record
        self._changed_list(self._at)

    def _remove(self) -> None:
        self._at = int(self.sender().property("at"))
        question = f"Remove {self._kind.title(self.records[self._at])}?"
        ask.confirm(self, question, self._kind.removed, "Remove", self._removed, danger=True)

    def _removed(self) -> None:
        del self.records[self._at]
        self._changed_list(min(self._at, len(self.records) - 1))

    def _changed_list(self, at: int) -> None:
        """Show the list anew, with the focus where it was: a line that was made anew has lost it."""
        self._show()
        (self._lines[at] if self._lines else self._add_button).setFocus()
        self.changed.emit()
