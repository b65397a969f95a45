"""What stands below the rows of a table: add, paste a list, none, put back, what the rows ask, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from referral_app.clinical import pasted_rows
from referral_app.clinical.fields import Field
from referral_app.ui import theme
from referral_app.ui.referrals.flow import FlowLayout
from referral_app.ui.widgets import buttons, labels

KEYS = (
    "Enter goes on, Ctrl+Enter to the next row, Esc closes a row. Arrows go between rows, Delete removes one."
)


class RowsFoot(QWidget):
    """The buttons of a table and its sentences; the table connects them."""

    def __init__(self, field: Field, path: str, one: str) -> None:
        """Make it for a table; `one` is what a single row is called."""
        super().__init__()
        self._field = field
        self.add_button = buttons.outlined(f"Add {one}", f"{path}.add", "plus")
        self.add_button.setToolTip(f"Add {one} (Ctrl+Enter in a row)")
        self.add_button.setAccessibleDescription(KEYS)
        self.paste_button = buttons.outlined("Paste a list", f"{path}.paste", "list")
        self.paste_button.setAccessibleName(f"{field.label}: paste a list")
        self.paste_button.setToolTip("Paste a list from a chart or a print-out (Ctrl+V)")
        self.none_box = QCheckBox(field.none_label or "None")
        self.none_box.setObjectName(f"{path}.{field.none or 'none'}")
        self.none_box.setAccessibleName(f"{field.label}: {field.none_label}")
        self.back_button = buttons.link("Put back", f"{path}.put_back")
        for button in (self.paste_button, self.back_button):
            button.setProperty("aside", True)  # Enter passes them on its way to the next answer
        self.back_button.setAccessibleName(f"Put back the {one} that was removed")
        self._hint, self._problem = labels.muted(""), labels.muted("")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.scale(column, spacing=8)
        line = QWidget()
        row = FlowLayout(line, gap=16)
        for part in self.tab_stops():
            row.addWidget(part)
        column.addWidget(line)
        theme.role(self._problem, "error")
        for label in (self._hint, self._problem):
            label.hide()
            column.addWidget(label)

    def tab_stops(self) -> list[QWidget]:
        """Return what takes the focus, in the order of reading."""
        return [self.add_button, self.paste_button, self.none_box, self.back_button]

    def show_state(self, none: bool, rows: bool, removed: bool) -> None:
        """Show what can be done: `none` where that is the answer, `rows` where there are some."""
        with QSignalBlocker(self.none_box):
            self.none_box.setChecked(none)
        self.none_box.setVisible(bool(self._field.none) and not rows)
        self.add_button.setVisible(not none)
        self.paste_button.setVisible(not none and self._field.name in pasted_rows.TABLES)
        self.back_button.setVisible(removed)

    def show_hint(self, words: str) -> None:
        """Say what the rows ask of a person."""
        _show(self._hint, words)

    def show_problem(self, words: str) -> None:
        """Show what is wrong with the table as a whole."""
        _show(self._problem, words)


def _show(label: QLabel, words: str) -> None:
    if label.text() != words:
        label.setText(words)
    label.setVisible(bool(words))
