"""A table of the intake: one line a row, the row being written open as a small form."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from referral_app.clinical.fields import Field
from referral_app.ui import row_words, theme
from referral_app.ui.referrals import answers, controls
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.flow import stops, tab_before
from referral_app.ui.referrals.group_view import Fields
from referral_app.ui.widgets import buttons, labels

SINGULAR = {
    "coverage": "coverage", "treatments": "treatment", "injections": "injection", "imaging": "imaging",
    "allergies": "allergy", "medications": "medication", "attachments": "attachment",
}  # fmt: skip


class RowsView(QWidget):
    """The rows of one table; one of them open at a time."""

    left = Signal()

    def __init__(self, field: Field, path: str, draft: Draft, titled: bool = False) -> None:
        """Show the rows that the draft holds; `titled` writes the label of the table above them."""
        super().__init__()
        self.field, self.path, self._draft = field, path, draft
        self._one = SINGULAR.get(field.name, "row")
        self._open = -1
        self._removed: tuple[int, Any] | None = None
        self._lines: list[QWidget] = []
        self.editor: Fields | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        theme.scale(self.column, spacing=8)
        if titled:
            self._add_title()
        self._rows = QVBoxLayout()
        theme.scale(self._rows, spacing=8)
        self.column.addLayout(self._rows)
        self.column.addLayout(self._foot())
        self._problem = labels.muted("")
        theme.role(self._problem, "error")
        self._problem.hide()
        self.column.addWidget(self._problem)
        self.show_rows()

    def _add_title(self) -> None:
        self.column.addWidget(labels.strong(self.field.label))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.scale(row, spacing=16)
        self.add_button = buttons.outlined(f"Add {self._one}", f"{self.path}.add", "plus")
        self.add_button.setToolTip(f"Add {self._one} (Ctrl+Enter in a row)")
        self.add_button.clicked.connect(self.add_row)
        row.addWidget(self.add_button)
        self.none_box = QCheckBox(self.field.none_label or "None")
        self.none_box.setObjectName(f"{self.path}.{self.field.none or 'none'}")
        self.none_box.setAccessibleName(f"{self.field.label}: {self.field.none_label}")
        self.none_box.toggled.connect(self._none_clicked)
        row.addWidget(self.none_box)
        self.back_button = buttons.link("Put back", f"{self.path}.put_back")
        self.back_button.setAccessibleName(f"Put back the {self._one} that was removed")
        self.back_button.clicked.connect(self._put_back)
        row.addWidget(self.back_button)
        row.addStretch()
        return row

    # The rows as the draft holds them

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the draft, the list itself."""
        value = self._draft.get(self.path)
        return cast(list[dict[str, Any]], value) if isinstance(value, list) else []

    def show_rows(self) -> None:
        """Show every row anew, the open one as a form."""
        self._clear()
        for number in range(len(self.rows())):
            self._lines.append(self._editor(number) if number == self._open else self._line(number))
            self._rows.addWidget(self._lines[-1])
        self._set_order()
        none = self._draft.get(self.path) == self.field.none and bool(self.field.none)
        with QSignalBlocker(self.none_box):
            self.none_box.setChecked(none)
        self.none_box.setVisible(bool(self.field.none) and not self._lines)
        self.add_button.setVisible(not none)
        self.back_button.setVisible(self._removed is not None)

    def _clear(self) -> None:
        self.editor = None
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines.clear()

    def _line(self, number: int) -> QWidget:
        frame, row = _framed(f"{self.path}[{number}].line")
        row.addLayout(self._words(number), 1)
        row.addWidget(self._button("Edit", number, self._edit_clicked))
        row.addWidget(self._button("Remove", number, self._remove_clicked))
        return frame

    def _words(self, number: int) -> QVBoxLayout:
        title, detail = row_words.of(self.field, self.rows()[number])
        column = QVBoxLayout()
        theme.scale(column, spacing=0)
        name = labels.strong(title or f"Empty {self._one}")
        name.setWordWrap(True)
        column.addWidget(name)
        if detail:
            column.addWidget(labels.muted(detail))
        return column

    def _editor(self, number: int) -> QWidget:
        frame = QFrame()
        frame.setAccessibleName(f"{self._one.capitalize()} {number + 1}")
        theme.role(frame, "card")
        column = QVBoxLayout(frame)
        theme.scale(column, margins=12, spacing=12)
        self.editor = Fields(self._asked(), f"{self.path}[{number}].", self._draft, self._make)
        column.addWidget(self.editor)
        foot = QHBoxLayout()
        done = self._button("Done", number, self._done_clicked)
        theme.role(done, "outlined")
        foot.addWidget(done)
        foot.addStretch()
        foot.addWidget(self._button("Remove", number, self._remove_clicked))
        column.addLayout(foot)
        return frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with another row: Ctrl+Enter comes up here from every field of a row."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.editor is not None:
            self.left.emit()
            self.add_row()
        else:
            super().keyPressEvent(event)

    def tab_stops(self) -> list[QWidget]:
        """Return the rows, then what stands below them."""
        return [*(stop for line in self._lines for stop in stops(line)), *self._below()]

    def _below(self) -> list[QWidget]:
        return [self.add_button, self.none_box, self.back_button]

    def _set_order(self) -> None:
        tab_before(self._below(), self._lines)

    def _asked(self) -> tuple[Field, ...]:
        """Return what a person is asked: a checksum is made with the file, never typed."""
        return tuple(field for field in self.field.fields if field.name != "sha256")

    def _make(self, field: Field, path: str) -> QWidget:
        view = FieldView(field, path, self._draft, controls.make(field, compact=True))
        view.control.changed.connect(self._row_changed)
        view.left.connect(self.left)
        return view

    def _row_changed(self) -> None:
        if self.editor is not None:
            self.editor.refresh()

    def _button(self, words: str, number: int, act: Any) -> QPushButton:
        button = buttons.link(words, f"{self.path}[{number}].{words.lower()}")
        button.setAccessibleName(f"{words} {self._one} {number + 1}")
        button.setProperty("number", number)
        button.clicked.connect(act)
        return button

    # What the user does

    def add_row(self) -> None:
        """Add a row and open it; an empty one that is open already is used first."""
        rows = self.rows()
        if not (rows and not answers.begun(rows[-1])):
            self._draft.put(self.path, [*rows, {}])
        self.open_row(len(self.rows()) - 1)

    def open_row(self, number: int) -> None:
        """Open a row and put the focus into its first field."""
        self._open = number
        self._removed = None
        self.show_rows()
        if self.editor is not None and self.editor.views:
            cast(FieldView, self.editor.views[0]).take_focus()

    def _edit_clicked(self) -> None:
        self.open_row(self._number())

    def _done_clicked(self) -> None:
        number, self._open = self._number(), -1
        if not answers.begun(self.rows()[number]):
            self._take(number)
        self.show_rows()
        self.add_button.setFocus()
        self.left.emit()

    def _remove_clicked(self) -> None:
        number, self._open = self._number(), -1
        row = self._take(number)
        self._removed = (number, row) if answers.begun(row) else None
        self.show_rows()
        (self.back_button if self._removed else self.add_button).setFocus()

    def _take(self, number: int) -> dict[str, Any]:
        rows = list(self.rows())
        row = rows.pop(number)
        self._draft.put(self.path, rows)
        return row

    def _put_back(self) -> None:
        if self._removed is not None:
            number, row = self._removed
            rows = list(self.rows())
            self._draft.put(self.path, [*rows[:number], row, *rows[number:]])
        self._removed = None
        self.show_rows()
        self.add_button.setFocus()

    def _none_clicked(self, on: bool) -> None:
        self._draft.put(self.path, self.field.none if on else None)
        self._removed = None
        self.show_problem("")
        self.show_rows()
        self.left.emit()

    def _number(self) -> int:
        return int(cast(QWidget, self.sender()).property("number"))

    # What the form asks for

    def load(self) -> None:
        """Show what the draft holds now."""
        self._open = -1
        self.show_rows()

    def show_problem(self, words: str) -> None:
        """Show what is wrong with the table as a whole."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong with the table or with a row of it."""
        self.show_problem(problems.get(self.path, ""))
        inside = {path: words for path, words in problems.items() if path.startswith(f"{self.path}[")}
        said = [
            f"Row {int(answers.parts(path.removeprefix(self.path))[0]) + 1}: {words}"
            for path, words in inside.items()
        ]
        if said:
            self.show_problem("\n".join(said))
        for view in self._views(self.editor):
            view.show_problem(inside.get(view.path, ""))

    def focus_row(self, path: str) -> None:
        """Open the row of a path and put the focus into the field that it names."""
        number = answers.parts(path.removeprefix(self.path))[0]
        if not isinstance(number, int) or number >= len(self.rows()):
            return self.take_focus()
        if self._open != number:
            self.open_row(number)
        for view in self._views(self.editor):
            if view.path == path:
                view.take_focus()
        return None

    def _views(self, fields: Fields | None) -> list[FieldView]:
        if fields is None:
            return []
        own = [view for view in fields.views if isinstance(view, FieldView)]
        return own + [view for group in fields.groups for view in self._views(group)]

    def take_focus(self) -> None:
        """Put the focus where the next row is added."""
        target = self.none_box if self.none_box.isChecked() else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _framed(name: str) -> tuple[QFrame, QHBoxLayout]:
    frame = QFrame()
    frame.setObjectName(name)
    theme.role(frame, "card")
    row = QHBoxLayout(frame)
    theme.scale(row, margins=(12, 6, 8, 6), spacing=8)
    return frame, row
