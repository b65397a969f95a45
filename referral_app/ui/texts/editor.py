"""The words themselves: a plain editor with an undo of its own, placeholders from a menu, and its problems as links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton, QWidget

from referral_app.ui import theme
from referral_app.ui.texts.shelf import Problem
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row
from referral_app.ui.widgets.wrapped_link import WrappedLink

MOST_SHOWN = 8
"""This many problems are listed at a time."""
FINE = "These words can be printed."


class Editor(QWidget):
    """Words to edit; `changed` after each key, and `words` as they stand."""

    changed = Signal()

    def __init__(self, name: str, says: str) -> None:
        """Make it empty; `name` begins the object names."""
        super().__init__()
        self._name = name
        self._placeholders: Sequence[tuple[str, str]] = ()
        self.edit = QPlainTextEdit()
        self.edit.setObjectName(f"{name}Words")
        self.edit.setAccessibleName(says)
        self.edit.setTabChangesFocus(True)
        theme.scale(self.edit, min_height=200)
        self.insert_button = buttons.outlined("Insert a placeholder", f"{name}Insert")
        self.undo_button = buttons.tool("undo", "Undo in these words", f"{name}Undo")
        self.redo_button = buttons.tool("redo", "Do it again", f"{name}Redo")
        self.menu = QMenu(self.insert_button)
        self.menu.setObjectName(f"{name}Placeholders")
        self.insert_button.setMenu(self.menu)
        self._steps = QWidget()
        self._steps.setLayout(row(self.undo_button, self.redo_button))
        self.problems = QWidget()
        self._problems = column(spacing=2)
        self.problems.setLayout(self._problems)
        self._lay_out()
        self._connect()

    @property
    def tools(self) -> tuple[QWidget, ...]:
        """The buttons, which whoever holds the editor puts above it."""
        return self.insert_button, self._steps

    def words(self) -> str:
        """Return the words as they stand."""
        return self.edit.toPlainText()

    def show_words(self, words: str, placeholders: Sequence[tuple[str, str]], fixed: bool = False) -> None:
        """Show other words, with no step to undo before them; `fixed` ones can be read and copied alone."""
        self.edit.setReadOnly(fixed)
        self._placeholders = placeholders
        self.insert_button.setVisible(bool(placeholders))
        self.edit.blockSignals(True)
        self.edit.setPlainText(words)
        self.edit.blockSignals(False)
        self.show_problems(())

    def replace(self, words: str) -> None:
        """Put words in the place of all, as one step that can be undone."""
        cursor = QTextCursor(self.edit.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        self.edit.setFocus()

    def show_problems(self, problems: Sequence[Problem] | None) -> None:
        """List what keeps the words from being printed, each a link to its line; None says that nothing does."""
        clear(self._problems)
        for number, (line, sentence) in enumerate((problems or ())[:MOST_SHOWN]):
            self._problems.addWidget(self._link(number, line, f"Line {line}: {sentence}"))
        if problems and len(problems) > MOST_SHOWN:
            self._problems.addWidget(labels.muted(f"And {len(problems) - MOST_SHOWN} more."))
        if problems is None and not self.edit.isReadOnly():
            self._problems.addWidget(labels.muted(FINE))
        self.edit.setProperty("wrong", "true" if problems else "false")
        theme.role(self.edit, "")
        self.edit.setAccessibleDescription(
            f"Error: line {problems[0][0]}: {problems[0][1]}" if problems else ""
        )

    def go_to_line(self, line: int) -> None:
        """Put the cursor on a line, from 1, with its words marked."""
        block = self.edit.document().findBlockByNumber(min(line, self.edit.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.centerCursor()
        self.edit.setFocus()

    def go_to_words(self, sentence: str) -> None:
        """Put the cursor on the line that holds a sentence as it is read: placeholders and marks left out."""
        beginning = sentence[:30].strip()
        for number, line in enumerate(self.words().splitlines(), 1):
            if beginning in re.sub(r"\{\w+\}", "it", line.replace("**", "")):
                self.go_to_line(number)
                return
        self.edit.setFocus()

    def _lay_out(self) -> None:
        lines = column(spacing=8)
        lines.addWidget(self.edit, 1)
        lines.addWidget(self.problems)
        self.setLayout(lines)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self.changed)
        self.edit.undoAvailable.connect(self.undo_button.setEnabled)
        self.edit.redoAvailable.connect(self.redo_button.setEnabled)
        self.undo_button.clicked.connect(self.edit.undo)
        self.redo_button.clicked.connect(self.edit.redo)
        self.menu.aboutToShow.connect(self._offer)
        self.menu.triggered.connect(self._insert)
        self.undo_button.setEnabled(False)
        self.redo_button.setEnabled(False)

    def _offer(self) -> None:
        self.menu.clear()
        for name, meaning in self._placeholders:
            action = QAction(f"{{{name}}}   {meaning}".replace("&", "&&"), self.menu)
            action.setData(name)
            self.menu.addAction(action)

    def _insert(self, action: QAction) -> None:
        self.edit.insertPlainText(f"{{{action.data()}}}")
        self.edit.setFocus()

    def _link(self, number: int, line: int, sentence: str) -> QWidget:
        link = WrappedLink(sentence, f"{self._name}Problem{number}")
        link.setProperty("line", line)
        link.clicked.connect(self._follow)
        line_of_it = row(labels.picture("missing", 16, "warning"), link)
        line_of_it.setStretch(1, 1)
        made = QWidget()
        made.setLayout(line_of_it)
        return made

    def _follow(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.go_to_line(int(pressed.property("line")))
