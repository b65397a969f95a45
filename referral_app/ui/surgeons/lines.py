"""Lines that grow and shrink in the form: credentials or handouts, each a few fields with a way to remove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.ui import fields, tab_order
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.card import column, row


@dataclass(frozen=True)
class Kind:
    """What the lines hold: the field of the entry, what one is called, and its fields row by row."""

    path: str
    what: str
    empty: str
    make: Callable[[str], Sequence[Mapping[str, Field]]]


class Line(QWidget):
    """One line; `removed(self)` when it should go."""

    removed = Signal(object)
    changed = Signal()

    def __init__(self, kind: Kind, at: int, values: object | None) -> None:
        """Show values, or an empty line."""
        super().__init__()
        name = f"{kind.what}{at}"
        rows = kind.make(name)
        self.blocks = {key: block for blocks in rows for key, block in blocks.items()}
        self.widgets = {key: block.widget for key, block in self.blocks.items()}
        remove = buttons.link("Remove", f"{name}Remove")
        remove.setAccessibleName(f"Remove this {kind.what}")
        remove.clicked.connect(self._remove)
        lines = column(spacing=8)
        for blocks in rows[:-1]:
            lines.addWidget(side_by_side(*blocks.values()))
        lines.addWidget(side_by_side(*rows[-1].values(), remove))
        lines.addWidget(labels.line())
        self.setLayout(lines)
        if values is not None:
            fields.fill(self.widgets, values)
        fields.connect_changes(self.widgets, self.changed)

    def read(self) -> dict[str, Any]:
        """Return what was typed."""
        return fields.read(self.widgets)

    def _remove(self) -> None:
        self.removed.emit(self)


class Lines(QWidget):
    """All lines, and a button for one more."""

    changed = Signal()

    def __init__(self, kind: Kind) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName(kind.path)
        self._kind, self._count = kind, 0
        self.items: list[Line] = []
        self._lines = column(spacing=8)
        self._empty = labels.muted(kind.empty)
        self.add_button = buttons.outlined(f"Add a {kind.what}", f"add{kind.what.title()}", icon="plus")
        self.add_button.clicked.connect(self._add_empty)
        self._lines.addWidget(self._empty)
        self._lines.addLayout(row(self.add_button, None))
        self.setLayout(self._lines)

    def add(self, values: object | None = None) -> Line:
        """Add a line."""
        made = Line(self._kind, self._count, values)
        self._count += 1
        made.removed.connect(self._remove)
        made.changed.connect(self.changed)
        self.items.append(made)
        self._lines.insertWidget(self._lines.count() - 1, made)
        self._empty.hide()
        tab_order.tab_before([self.add_button], [made])
        return made

    def read(self) -> list[dict[str, Any]]:
        """Return what was typed in each line."""
        return [one.read() for one in self.items]

    def blocks(self) -> dict[str, Field]:
        """Return the fields of all lines by path."""
        return {
            f"{self._kind.path}[{n}].{key}": block
            for n, one in enumerate(self.items)
            for key, block in one.blocks.items()
        }

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key stops at, the button last."""
        return [stop for one in self.items for stop in tab_order.stops(one)] + [self.add_button]

    def _add_empty(self) -> None:
        fields.go_to(next(iter(self.add().widgets.values())))
        self.changed.emit()

    def _remove(self, line: Line) -> None:
        self.items.remove(line)
        line.hide()
        line.deleteLater()
        self._empty.setVisible(not self.items)
        self.add_button.setFocus()
        self.changed.emit()


def side_by_side(*parts: QWidget) -> Beside:
    """Return fields side by side as far as there is room; those without a width of their own share what is left."""
    fixed = {"width", "max_width"}
    wide = [
        one for one in parts if isinstance(one, Field) and not fixed & set(one.widget.property("sizes") or ())
    ]
    return Beside(*parts, wide=tuple(wide))
