"""The list of keyboard shortcuts, made from the actions themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.scroll import fit, scrolled

IN_LISTS = (
    ("Open the row", "Enter"),
    ("From the search box into the list", "Down"),
    ("Clear the search box", "Esc"),
    ("Start a search from the list", "type"),
)

IN_FORMS = (
    ("Undo the last change in a referral", "Ctrl+Z"),
    ("Redo it", "Ctrl+Shift+Z, Ctrl+Y"),
)
"""The form takes these before the line with the focus does, so that they are no actions (referrals/form_keys.py)."""


class ShortcutsDialog(QDialog):
    """What can be done, and with which keys."""

    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        """List (words, keys)."""
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        theme.scale(column, margins=24, spacing=12)
        column.addWidget(labels.title("Keyboard shortcuts"))
        area = scrolled(_grid([*shortcuts, *IN_FORMS, *IN_LISTS]), "shortcutsArea")
        column.addWidget(area, 1)
        close = buttons.primary("Close", "shortcutsClose")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addLayout(row(None, close))
        fit(self, area, 520)


def _grid(shortcuts: Sequence[tuple[str, str]]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    theme.scale(grid, margins=(0, 0, 12, 0), horizontal=24, vertical=8)
    for at, (words, keys) in enumerate(shortcuts):
        grid.addWidget(labels.body(words), at, 0)
        grid.addWidget(labels.strong(keys), at, 1)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(len(shortcuts), 1)
    return made
