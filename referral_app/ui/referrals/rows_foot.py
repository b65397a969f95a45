"""What stands below the rows of a table: add, paste a list, none, put back, what the rows ask, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from referral_app.clinical import drug_names, pasted_rows
from referral_app.clinical.fields import Field
from referral_app.ui import theme
from referral_app.ui.referrals.flow import FlowLayout
from referral_app.ui.widgets import buttons, labels

KEYS = (
    "Enter goes on, Ctrl+Enter to the next row, Esc closes a row. Arrows go between rows, Delete removes one."
)


class Asked(QWidget):
    """A question that the rows raise, with a link to it."""

    def __init__(self, name: str) -> None:
        """Make it hidden."""
        super().__init__()
        self.path = ""
        self._words = labels.muted("")
        self.link = buttons.link("Go to it", name)
        self.link.setProperty("aside", True)
        line = QHBoxLayout(self)
        theme.scale(line, margins=0, spacing=8)
        line.addWidget(self._words, 1)
        line.addWidget(self.link)
        self.hide()

    def ask(self, path: str, words: str) -> None:
        """Show a question and where it is asked, or nothing."""
        if (path, words) != (self.path, self._words.text()):
            self.path = path
            self._words.setText(words)
            self.link.setAccessibleName(f"Go to it: {words}")
        self.setVisible(bool(path))


class RowsFoot(QWidget):
    """The buttons of a table and its sentences; the table connects them. `go` carries the path of a question."""

    go = Signal(str)

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
        self._problem = labels.muted("")
        asked = range(len(drug_names.QUESTIONS) if path == "safety.medications" else 0)
        self._asked = [Asked(f"{path}.asked{number}") for number in asked]
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.scale(column, spacing=8)
        line = QWidget()
        row = FlowLayout(line, gap=16)
        for part in (self.add_button, self.paste_button, self.none_box, self.back_button):
            row.addWidget(part)
        column.addWidget(line)
        for one in self._asked:
            one.link.clicked.connect(self._go)
            column.addWidget(one)
        theme.role(self._problem, "error")
        self._problem.hide()
        column.addWidget(self._problem)

    def _go(self) -> None:
        self.go.emit(next(one.path for one in self._asked if one.link is self.sender()))

    def tab_stops(self) -> list[QWidget]:
        """Return what takes the focus, in the order of reading."""
        own = (self.add_button, self.paste_button, self.none_box, self.back_button)
        return [*own, *(one.link for one in self._asked)]

    def show_state(self, none: bool, rows: bool, removed: bool) -> None:
        """Show what can be done: `none` where that is the answer, `rows` where there are some."""
        with QSignalBlocker(self.none_box):
            self.none_box.setChecked(none)
        self.none_box.setVisible(bool(self._field.none) and not rows)
        self.add_button.setVisible(not none)
        self.paste_button.setVisible(not none and self._field.name in pasted_rows.TABLES)
        self.back_button.setVisible(removed)

    def show_questions(self, questions: Sequence[tuple[str, str]]) -> None:
        """Say what the rows ask of a person: each question by its path and words."""
        for at, one in enumerate(self._asked):
            one.ask(*(questions[at] if at < len(questions) else ("", "")))

    def show_problem(self, words: str) -> None:
        """Show what is wrong with the table as a whole."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
