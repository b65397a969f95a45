"""One line of a pasted list: a tick, what was understood, the line itself, and its fields when it is changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from referral_app.clinical.fields import Field
from referral_app.clinical.pasted import Line, State
from referral_app.ui import row_words, theme
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.row_editor import RowEditor
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.states import StateLabel

SAID = {
    State.NONE: ("note", "Says that there is none"),
    State.HEADING: ("note", "Heading or other words"),
    State.STOPPED: ("review", "Stopped, not taken now"),
    State.ELSEWHERE: ("note", "Belongs to another list"),
    State.TOO_LONG: ("review", "Too long to be read"),
}


class PastedLine(QFrame):
    """A line to take over or to leave; the fields of its row open below it."""

    changed = Signal()
    opened = Signal()

    def __init__(self, field: Field, path: str, scratch: Draft, line: Line, known: str = "") -> None:
        """Show a line whose row stands at a path of a scratch draft; `known` says where the same stands already."""
        super().__init__()
        self.line, self.path = line, path
        self._field, self._scratch, self._known = field, scratch, known
        self._editor: RowEditor | None = None
        theme.role(self, "card")
        self._column = QVBoxLayout(self)
        theme.scale(self._column, margins=(12, 8, 12, 8), spacing=8)
        self._title, self._detail = labels.strong(""), labels.muted("")
        self._title.setWordWrap(True)
        self.tick = QCheckBox()
        self.tick.setObjectName(f"{path}.take")
        self.tick.setChecked(line.state is State.ROW and not known)
        self.tick.toggled.connect(self.changed)
        self.change_button = buttons.link("Change", f"{path}.change")
        self.change_button.clicked.connect(self._change)
        self._column.addLayout(self._head())
        self._show()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        theme.scale(head, spacing=8)
        words = QVBoxLayout()
        theme.scale(words, spacing=2)
        for label in (self._title, self._detail):
            words.addWidget(label)
        for state, said in self._flags():
            words.addWidget(StateLabel(state, said), 0, Qt.AlignmentFlag.AlignLeft)
        if self.line.state is not State.HEADING:
            words.addWidget(labels.body(f"In the list: {self.line.shown}"))
        if self.line.over and self.line.state is not State.NONE:
            words.addWidget(labels.muted(f"Not taken over: {self.line.over}"))
        for note in self.line.notes:
            words.addWidget(labels.muted(note))
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self.tick, 0, top)
        head.addLayout(words, 1)
        head.addWidget(self.change_button, 0, top)
        return head

    def _flags(self) -> list[tuple[str, str]]:
        flags = [SAID[self.line.state]] if self.line.state in SAID else []
        return [*flags, ("review", self._known)] if self._known else flags

    def values(self) -> dict[str, Any]:
        """Return the row as it stands now."""
        row = self._scratch.get(self.path)
        return dict(row) if isinstance(row, dict) else {}  # pyright: ignore[reportUnknownArgumentType]

    def _show(self) -> None:
        title, detail = row_words.of(self._field, self.values())
        if self.line.state is State.NONE and self._field.none:
            title, detail = f"Answer: {self._field.none_label}", ""
        self._title.setText(title or "Nothing yet")
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.change_button.setVisible(self.line.state is not State.NONE or not self._field.none)
        said = ", ".join(words for _, words in self._flags())
        name = f"Take over {title}" + (f" ({said})" if said else "")
        self.tick.setAccessibleName(name)
        self.tick.setAccessibleDescription(f"In the list: {self.line.shown}")
        self.change_button.setAccessibleName(f"Change {title}")

    # Changing it

    def _change(self) -> None:
        if self._editor is not None:
            self.close_editor()
            return
        what = f"line {int(answers.parts(self.path)[-1]) + 1}"
        self._editor = RowEditor(self._field, what, self.path, self._scratch, remove="Leave out")
        self._editor.done.connect(self._done)
        self._editor.wanted.connect(self._done)
        self._editor.removed.connect(self._untick)
        self._editor.changed.connect(self._edited)
        self._column.addWidget(self._editor)
        self._editor.show()
        self._editor.focus_name()
        self.opened.emit()

    def _edited(self) -> None:
        self.tick.setChecked(True)
        self._show()

    def _done(self) -> None:
        self.close_editor()
        self.tick.setFocus()

    def _untick(self) -> None:
        self.tick.setChecked(False)
        self._done()

    def close_editor(self) -> None:
        """Close the fields; what was typed stays."""
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
            self._show()
