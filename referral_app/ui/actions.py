"""What can be done in the window from anywhere: each a QAction with its shortcut and its place in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu


@dataclass(frozen=True)
class Entry:
    """One action: object name, words, shortcuts, and what it does; a name of "" is a line in the menu."""

    name: str = ""
    words: str = ""
    keys: tuple[str, ...] = ()
    act: Callable[[], object] | None = None


def fill(window: QMainWindow, menu: QMenu, entries: list[Entry]) -> None:
    """Make the actions, known to the window and listed in the menu."""
    for entry in entries:
        if not entry.name or entry.act is None:
            menu.addSeparator()
            continue
        action = QAction(entry.words, window)
        action.setObjectName(entry.name)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.triggered.connect(entry.act)
        window.addAction(action)
        menu.addAction(action)


def shortcuts(window: QMainWindow) -> list[tuple[str, str]]:
    """Return (words, keys) of every action of the window that has a shortcut, and of the buttons now in sight."""
    native = QKeySequence.SequenceFormat.NativeText
    found: list[tuple[str, str]] = []
    for action in window.findChildren(QAction):
        keys = ", ".join(key.toString(native) for key in action.shortcuts())
        if keys and action.text():
            found.append((action.text().replace("&", ""), keys))
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.shortcut().isEmpty():
            found.append((button.text() or button.accessibleName(), button.shortcut().toString(native)))
    return found
