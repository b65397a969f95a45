"""What every control of the form has in common: it reads and fills one answer, and says when it changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class Control(QWidget):
    """One answer on the form; `targets()` are the widgets inside that take the focus."""

    changed = Signal()
    """The user changed the answer."""
    left = Signal()
    """The focus left the answer, or Enter was pressed in it."""
    typed = False
    """Whether the answer is typed letter by letter, so that all of it is one step to undo."""
    found = ""
    """What was found in the answer that is no part of it, in a sentence: hidden characters of a paste."""

    def read(self) -> Any:
        """Return the answer as the intake holds it; None where nothing was answered, raw text where unreadable."""
        raise NotImplementedError

    def fill(self, value: Any) -> None:
        """Show an answer of the intake, unreadable ones as they were typed."""
        raise NotImplementedError

    def targets(self) -> list[QWidget]:
        """Return the widgets that take the focus, the first one first."""
        raise NotImplementedError

    def echo(self) -> str:
        """Return what was understood of the answer, for the line below it."""
        return ""

    def leftover(self) -> str:
        """Return what is wrong with words that were typed but are no answer."""
        return ""

    def call(self, name: str, path: str) -> None:
        """Give the inner widgets their accessible name and object name."""
        first = self.targets()[0]
        first.setAccessibleName(name)
        first.setObjectName(path)

    def describe(self, words: str) -> None:
        """Give the inner widgets their accessible description."""
        for target in self.targets():
            target.setAccessibleDescription(words)

    def mark_wrong(self, wrong: bool) -> None:
        """Show the edge of the inner widgets as wrong, or as usual again."""
        for target in self.targets():
            if target.property("wrong") != wrong:
                target.setProperty("wrong", wrong)
                target.style().unpolish(target)
                target.style().polish(target)

    def watch(self, widget: QWidget) -> None:
        """Tell when the focus leaves a widget that has no signal of its own for it."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn a lost focus into `left`."""
        if event.type() == QEvent.Type.FocusOut and watched in self.targets():
            self.left.emit()
        return False
