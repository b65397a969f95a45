"""One diagnosis code of a referral: its title, what is wrong with it, its rank, and its buttons."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from referral_app.clinical import code_rules
from referral_app.clinical.code_lists import CodeLists
from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels


class CodeRow(QFrame):
    """A code; Alt with Up or Down moves it, the first one is primary. `moved` carries from where and to where."""

    removed = Signal(int)
    moved = Signal(int, int)

    def __init__(self, path: str, number: int, code: str, of: int, lists: CodeLists, day: date) -> None:
        """Show a code by the release that holds on a day."""
        super().__init__()
        self._number, self._of = number, of
        theme.role(self, "card")
        row = QHBoxLayout(self)
        theme.scale(row, margins=(8, 2, 2, 2), spacing=8)
        row.addLayout(self._words(code, lists, day), 1)
        if number == 0:
            row.addWidget(labels.muted("Primary"))
            self._first: QPushButton | None = None
        else:
            self._first = self._button(
                "Make primary", f"Make {code} the primary code", f"{path}[{number}].first"
            )
            self._first.clicked.connect(self._make_primary)
            row.addWidget(self._first)
        self.remove = self._button("Remove", f"Remove {code}", f"{path}[{number}].remove")
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.remove)

    def _words(self, code: str, lists: CodeLists, day: date) -> QVBoxLayout:
        column = QVBoxLayout()
        theme.scale(column, spacing=0)
        column.addWidget(labels.body(f"{code}  {lists.title(code, day) or ''}".strip()))
        if trouble := code_rules.trouble(code, lists, day):
            wrong = labels.muted(trouble)
            theme.role(wrong, "error")
            column.addWidget(wrong)
        elif code_rules.unknown(code, lists):
            column.addWidget(labels.muted(f"Not in {lists.on(day).label}; kept as typed."))
        return column

    def _button(self, words: str, name: str, key: str) -> QPushButton:
        button = buttons.link(words, key)
        button.setAccessibleName(name)
        button.setToolTip("Alt with Up or Down moves the code" if self._of > 1 else "")
        button.installEventFilter(self)
        return button

    def focus_move(self) -> None:
        """Take the focus where the code can be moved on from."""
        (self._first or self.remove).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the code with Alt and the arrows, and take it away with Delete."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        pressed = cast(QKeyEvent, event)
        if pressed.key() == Qt.Key.Key_Delete:
            self.removed.emit(self._number)
            return True
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(pressed.key()))
        if step is None or not pressed.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if 0 <= self._number + step < self._of:
            self.moved.emit(self._number, self._number + step)
        return True

    def _make_primary(self) -> None:
        self.moved.emit(self._number, 0)

    def _remove(self) -> None:
        self.removed.emit(self._number)
