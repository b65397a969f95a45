"""The dialog for one entry of a list: a provider, an expert or a trial."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.scroll import fit, scrolled

WIDTH = 580


@dataclass(frozen=True)
class Sheet:
    """What an entry is called, its blocks row by row, and how what was typed is checked and made a record."""

    name: str
    rows: tuple[dict[str, Field], ...]
    problems: Callable[[dict[str, Any]], dict[str, str]]
    record: Callable[[Any, dict[str, Any]], Any]


class EntryDialog(QDialog):
    """The fields of one entry; `done_with` carries the record."""

    done_with = Signal(object)

    def __init__(self, sheet: Sheet, entry: object, parent: QWidget) -> None:
        """Make it for an entry, or for a new one where `entry` is None."""
        super().__init__(parent)
        self.setObjectName(f"{sheet.name}Dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{'Add' if entry is None else 'Change'} {sheet.name}")
        self._sheet, self._entry = sheet, entry
        self.blocks = {name: block for blocks in sheet.rows for name, block in blocks.items()}
        self.widgets = {name: block.widget for name, block in self.blocks.items()}
        self._errors = ErrorSummary(f"{sheet.name}Errors")
        self._errors.chosen.connect(self._go_to)
        self._area = scrolled(self._body(), f"{sheet.name}Area")
        self._lay_out()
        if entry is not None:
            fields.fill(self.widgets, entry)

    def accept(self) -> None:
        """Hand the record on, or say what is wrong with it."""
        values = fields.read(self.widgets)
        errors = self._sheet.problems(values)
        fields.show_errors(self.blocks, errors)
        self._errors.show_errors(errors)
        if errors:
            fit(self, self._area, WIDTH)
            return
        self.done_with.emit(self._sheet.record(self._entry, values))
        super().accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the fields: only now do they have the style of the window."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
        super().showEvent(event)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        theme.scale(column, margins=24, spacing=14)
        column.addWidget(labels.title(self.windowTitle()))
        column.addWidget(self._errors)
        for blocks in self._sheet.rows:
            first, *more = blocks.values()
            if more:
                column.addLayout(row(first, *more, None, spacing=12, bottom=True))
            else:
                column.addWidget(first)
        column.addStretch(1)
        return body

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        theme.scale(whole, margins=0, spacing=0)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        cancel = buttons.outlined("Cancel", f"{self._sheet.name}Cancel")
        keep = buttons.primary(f"Keep {self._sheet.name}", f"{self._sheet.name}Save")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.accept)
        keep.setDefault(True)
        return row(None, cancel, keep, margins=(24, 8, 24, 16))

    def _go_to(self, name: str) -> None:
        fields.go_to(self.widgets[name])
