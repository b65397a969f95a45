"""A card: a surface with a hairline around it, an optional heading, and what is put in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels


class Card(QFrame):
    """A surface with 16 px inside; `add` takes widgets and layouts, `heading_row` more beside the heading."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        """Make an empty card."""
        super().__init__(parent)
        theme.role(self, "card")
        self.column = QVBoxLayout(self)
        theme.scale(self.column, margins=16, spacing=8)
        self.heading_row = QHBoxLayout()
        theme.scale(self.heading_row, spacing=8)
        self.column.addLayout(self.heading_row)
        if heading:
            self.setAccessibleName(heading)
            self.heading_row.addWidget(labels.heading(heading), 1)

    def add(self, thing: QWidget | QLayout) -> None:
        """Put a widget or a layout below the others."""
        if isinstance(thing, QWidget):
            self.column.addWidget(thing)
        else:
            self.column.addLayout(thing)


def column(spacing: int = 8, margins: int | tuple[int, int, int, int] = 0) -> QVBoxLayout:
    """Return a column whose spaces follow the zoom."""
    made = QVBoxLayout()
    theme.scale(made, margins=margins, spacing=spacing)
    return made


def stacked(
    *parts: QWidget | QLayout, spacing: int = 8, margins: int | tuple[int, int, int, int] = 0
) -> QVBoxLayout:
    """Return such a column with widgets and layouts in it."""
    made = column(spacing, margins)
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        else:
            made.addLayout(part)
    return made


def row(
    *widgets: QWidget | QLayout | None,
    spacing: int = 8,
    margins: int | tuple[int, int, int, int] = 0,
    bottom: bool = False,
) -> QHBoxLayout:
    """Return a row whose spaces follow the zoom; None is a stretch, `bottom` lines fields up at their inputs."""
    made = QHBoxLayout()
    theme.scale(made, margins=margins, spacing=spacing)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        elif isinstance(widget, QWidget):
            made.addWidget(widget)
            if bottom:
                made.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        else:
            made.addLayout(widget)
    return made


def clear(layout: QLayout, keep: int = 0) -> None:
    """Delete what is in a layout, but for its first `keep` items."""
    while layout.count() > keep:
        item = layout.takeAt(keep)
        if item is None:
            return
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)
            inner.deleteLater()
