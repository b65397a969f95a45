"""A table of the intake: one line a row, the row being written open as a small form."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QVBoxLayout, QWidget

from referral_app.clinical import drug_names, pasted
from referral_app.clinical.fields import Field
from referral_app.ui import row_words, theme
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.flow import stops, tab_before
from referral_app.ui.referrals.paste_dialog import PasteDialog
from referral_app.ui.referrals.row_editor import RowEditor
from referral_app.ui.referrals.row_line import RowLine
from referral_app.ui.referrals.rows_foot import RowsFoot
from referral_app.ui.referrals.table_rows import TableRows
from referral_app.ui.widgets import labels

SINGULAR = {
    "coverage": "coverage", "treatments": "treatment", "injections": "injection", "imaging": "imaging",
    "allergies": "allergy", "medications": "medication", "attachments": "attachment",
}  # fmt: skip


class RowsView(QWidget):
    """The rows of one table; one of them open at a time. `go` carries the path of a question that they raise."""

    left, go = Signal(), Signal(str)

    def __init__(self, field: Field, path: str, draft: Draft, titled: bool = False) -> None:
        """Show the rows that the draft holds; `titled` writes the label of the table above them."""
        super().__init__()
        self.field, self.path, self._draft = field, path, draft
        self._one = SINGULAR.get(field.name, "row")
        self._open = -1
        self.table = TableRows(draft, path, self._one)
        self._lines: list[RowLine] = []
        self.editor: RowEditor | None = None
        self.column = QVBoxLayout(self)
        theme.scale(self.column, margins=0, spacing=8)
        if titled:
            self.column.addWidget(labels.strong(self.field.label))
        self._rows = QVBoxLayout()
        theme.scale(self._rows, spacing=4)
        self.column.addLayout(self._rows)
        self._foot = RowsFoot(field, path, self._one)
        self.column.addWidget(self._foot)
        self.add_button, self.paste_button = self._foot.add_button, self._foot.paste_button
        self.none_box, self.back_button = self._foot.none_box, self._foot.back_button
        self._connect()
        self.show_rows()

    def _connect(self) -> None:
        self._foot.go.connect(self.go)
        self.add_button.clicked.connect(self.add_row)
        self.paste_button.clicked.connect(self._paste_clicked)
        self.none_box.toggled.connect(self._none_clicked)
        self.back_button.clicked.connect(self._put_back)
        if self.path == "safety.medications":
            self._draft.checked.connect(self._show_hint)

    # The rows as the draft holds them

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the draft, the list itself."""
        return self.table.all()

    def show_rows(self) -> None:
        """Show every row as it is now, the open one as a form; what stands there already stays."""
        rows = self.rows()
        self._open = self._open if self._open < len(rows) else -1
        self.column.setEnabled(False)  # or Qt lays out all rows anew for each one that comes
        self._show_editor()
        while len(self._lines) < len(rows):
            self._add_line(len(self._lines))
        for line in self._lines[len(rows) :]:
            line.hide()
            line.deleteLater()
        del self._lines[len(rows) :]
        for number, line in enumerate(self._lines):
            line.show_words(f"{self._one} {number + 1}", *self._words(rows[number]))
            line.setVisible(number != self._open)
        self._place_editor()
        self.column.setEnabled(True)
        self.column.invalidate()
        none = self._draft.get(self.path) == self.field.none and bool(self.field.none)
        self._foot.show_state(none, bool(self._lines), bool(self.table.removed))
        self._show_hint()
        tab_before(self._foot.tab_stops(), self._parts())

    def _show_editor(self) -> None:
        """Take the editor of another row away, and make the one of the open row."""
        path = f"{self.path}[{self._open}]"
        if self.editor is not None and self.editor.path != path:
            self._rows.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        if self._open >= 0 and self.editor is None:
            self.editor = made = RowEditor(self.field, f"{self._one} {self._open + 1}", path, self._draft)
            made.left.connect(self.left)
            made.done.connect(self._close_row)
            made.wanted.connect(self.next_row)
            made.removed.connect(self._remove_open)
            made.pasted.connect(self.paste)

    def _place_editor(self) -> None:
        if self.editor is not None and self._rows.indexOf(self.editor) != self._open + 1:
            self._rows.removeWidget(self.editor)
            self._rows.insertWidget(self._open + 1, self.editor)
            self.editor.show()

    def _add_line(self, number: int) -> None:
        line = RowLine(f"{self.path}[{number}]")
        line.clicked.connect(self._edit_clicked)
        line.removed.connect(self._remove_clicked)
        self._lines.append(line)
        self._rows.addWidget(line)

    def _words(self, row: dict[str, Any]) -> tuple[str, str]:
        title, detail = row_words.of(self.field, row)
        return title or f"Empty {self._one}", detail

    def _show_hint(self) -> None:
        """Say which questions the medications raise; they are answered by a person alone."""
        if self.path == "safety.medications":
            self._foot.show_questions(drug_names.questions(self._draft.intake))

    def _parts(self) -> list[QWidget]:
        """Return the rows in the order of reading, the editor in its place."""
        editor = self.editor
        return [editor if at == self._open and editor else line for at, line in enumerate(self._lines)]

    def tab_stops(self) -> list[QWidget]:
        """Return the rows, then what stands below them."""
        return [*(stop for part in self._parts() for stop in stops(part)), *self._foot.tab_stops()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go between rows with the arrow keys, move a row with Alt, and take a pasted list."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step and held == Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif step and not held:
            self._go(step)
        elif event.matches(QKeySequence.StandardKey.Paste) and self.paste_button.isVisible():
            self._paste_clicked()
        else:
            super().keyPressEvent(event)

    def _at(self) -> int:
        """Return the number of the row that has the focus; the number of rows for what stands below them."""
        focus = QApplication.focusWidget()
        for number, part in enumerate(self._parts()):
            if focus is part or (focus is not None and part.isAncestorOf(focus)):
                return number
        return len(self._lines)

    def _go(self, step: int) -> None:
        """Put the focus into the row above or below: from a field into the same field there."""
        target, name = self._at() + step, self._field_name()
        if target >= len(self._lines):
            self.take_focus()
        elif target >= 0 and name:
            self.open_row(target, name)
        elif target >= 0:
            self._focus_line(target)

    def _field_name(self) -> str:
        return self.editor.current_name() if self.editor is not None else ""

    def _focus_line(self, number: int) -> None:
        """Put the focus on a row; on Add where there is none."""
        if not self._lines:
            return self.take_focus()
        number = min(number, len(self._lines) - 1)
        if number == self._open and self.editor is not None:
            return self.editor.focus_name()
        return self._lines[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int) -> None:
        """Move the row with the focus up or down."""
        number, name = self._at(), self._field_name()
        if not self.table.swap(number, number + step):
            return
        if name:
            self.open_row(number + step, name)
        else:
            self._show_focused(number + step)
        self.left.emit()

    def _show_focused(self, number: int) -> None:
        """Show the rows, none of them open, the focus on one of them."""
        self._open = -1
        self.show_rows()
        self._focus_line(number)

    # What the user does

    def add_row(self) -> None:
        """Add a row and open it; an empty one at the end is used first."""
        self.open_row(self.table.add())

    def next_row(self) -> None:
        """Go on from the open row: to the next one, to a new one after the last, out of the table from an empty one."""
        self.left.emit()
        number = self._open
        if self.table.empty(number):
            self._leave()
        elif 0 <= number < self.table.count() - 1:
            self.open_row(number + 1)
        else:
            self.add_row()

    def _leave(self) -> None:
        """Take the empty row away and go to what follows the table."""
        self.table.take(self._open)
        self._open = -1
        self.show_rows()
        last = [stop for stop in self._foot.tab_stops() if stop.isVisible()][-1]
        last.setFocus(Qt.FocusReason.TabFocusReason)
        self.focusNextChild()

    def open_row(self, number: int, name: str = "") -> None:
        """Open a row and put the focus into the field of that name, the first one where none is named."""
        if self._open not in (-1, number) and number < self._open and self.table.empty(self._open):
            self.table.take(self._open)
        self._open = number
        self.table.removed.clear()
        self.show_rows()
        if self.editor is not None:
            self.editor.focus_name(name)

    def _edit_clicked(self) -> None:
        self.open_row(self._number())

    def _close_row(self) -> None:
        number = self._open
        if self.table.empty(number):
            self.table.take(number)
        self._show_focused(number)
        self.left.emit()

    def _remove_clicked(self) -> None:
        self._remove(self._number())

    def _remove_open(self) -> None:
        self._remove(self._open)

    def _remove(self, number: int) -> None:
        """Take a row away; the focus goes to the row that takes its place."""
        self.table.remove(number)
        self._show_focused(number)
        self.left.emit()

    def _put_back(self) -> None:
        self._show_focused(self.table.put_back())

    def _none_clicked(self, on: bool) -> None:
        self._draft.put(self.path, self.field.none if on else None)
        self.table.removed.clear()
        self.show_problem("")
        self.show_rows()
        self.left.emit()

    def _number(self) -> int:
        return self._lines.index(cast(RowLine, self.sender()))

    # A pasted list

    def _paste_clicked(self) -> None:
        self.paste(QApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """Show the lines of a list to confirm; say why it is not read where it is not."""
        why = _why_not(text)
        self.show_problem(why)
        if not why:
            if self.table.empty(self._open):
                self._close_row()
            dialog = PasteDialog(self.field, self.path, self._draft, text, self)
            dialog.taken.connect(self._pasted)
            dialog.open()

    def _pasted(self, number: int) -> None:
        self.show_problem("")
        self._show_focused(number)
        self.left.emit()

    # What the form asks for

    def load(self) -> None:
        """Show what the draft holds now; an open row stays open."""
        if self.editor is not None and self._open < len(self.rows()):
            self.editor.load()
        self.table.removed.clear()
        self.show_rows()

    def show_problem(self, words: str) -> None:
        """Show what is wrong with the table as a whole."""
        self._foot.show_problem(words)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong with the table or with a row of it."""
        self.show_problem(problems.get(self.path, ""))
        inside = {path: words for path, words in problems.items() if path.startswith(f"{self.path}[")}
        if inside:
            self.show_problem(
                "\n".join(f"Row {_number(path, self.path) + 1}: {words}" for path, words in inside.items())
            )
        for view in self.editor.views() if self.editor is not None else ():
            view.show_problem(inside.get(view.path, ""))

    def focus_row(self, path: str) -> None:
        """Open the row of a path and put the focus into the field that it names."""
        number, *rest = answers.parts(path.removeprefix(self.path))
        if not isinstance(number, int) or number >= self.table.count():
            return self.take_focus()
        return self.open_row(number, str(rest[-1]) if rest else "")

    def take_focus(self) -> None:
        """Put the focus where the next row is added."""
        target: QPushButton | QCheckBox = self.none_box if self.none_box.isChecked() else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _why_not(text: str) -> str:
    """Return the sentence why a text is not read, "" where it is."""
    if not text.strip():
        return "There is no text to paste. Copy the list in the chart first, then press “Paste a list”."
    return pasted.refused(text)


def _number(path: str, table: str) -> int:
    return int(answers.parts(path.removeprefix(table))[0])
