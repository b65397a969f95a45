"""What can be done with the surgeons chosen: one list for the detail, the menu of a row, and the bar of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from referral_app.choices import Permission
from referral_app.ui import icons, rights
from referral_app.ui.desk import Desk


@dataclass(frozen=True)
class Verb:
    """One act: name, words, icon, keys, what it needs, and of how many surgeons it takes."""

    name: str
    words: str
    icon: str
    keys: str = ""
    permission: Permission = Permission.SEE_DIRECTORY
    fewest: int = 1
    most: int = 1


MANY = 200
VERBS = (
    Verb("refer", "Refer to this surgeon", "send", "Ctrl+R", Permission.WRITE),
    Verb("copy", "Copy phone, fax and address", "copy", "Ctrl+B"),
    Verb("favorite", "Add to favorites", "star", "Ctrl+D", most=MANY),
    Verb("card", "Print card", "print", "Ctrl+P", most=MANY),
    Verb("compare", "Compare", "compare", "Ctrl+Shift+M", fewest=2, most=4),
    Verb("edit", "Edit", "edit", "Ctrl+E", Permission.CHANGE_DIRECTORY),
    Verb("verify", "Verify…", "verified", "Ctrl+Shift+V", Permission.CHANGE_DIRECTORY, most=MANY),
    Verb("sheet", "Print verification sheet", "letter", "", Permission.CHANGE_DIRECTORY, most=MANY),
    Verb("history", "History…", "history", "Ctrl+H"),
    Verb("leave", "Leave or departure…", "calendar", "", Permission.CHANGE_DIRECTORY),
    Verb("merge", "Merge with…", "link", "", Permission.CHANGE_DIRECTORY, most=2),
    Verb("export", "Export…", "import", "", Permission.ADMINISTER, most=MANY),
    Verb("archive", "Archive", "trash", "", Permission.CHANGE_DIRECTORY, most=MANY),
)
OF_ONE = ("copy", "favorite", "edit", "verify", "sheet", "history", "leave", "merge", "archive")
"""The menu of the detail, where Refer and Print card are buttons of their own."""
OF_ROW = ("refer", *OF_ONE[:2], "card", *OF_ONE[2:])
OF_SEVERAL = ("compare", "verify", "card", "favorite", "sheet", "merge", "export", "archive")


class Verbs(QWidget):
    """The acts as QActions of a place, so that their keys work from its search box too; `acted(name, ids)`."""

    acted = Signal(str, list)

    def __init__(self, desk: Desk, place: QWidget, chosen: Callable[[], list[str]]) -> None:
        """Make them for a place; `chosen()` returns the ids of the surgeons that are meant now."""
        super().__init__(place)
        self.hide()
        self.desk, self._chosen, self._place = desk, chosen, place
        self._actions = {verb.name: self._make(verb) for verb in VERBS}

    def action(self, name: str) -> QAction:
        """Return one of them."""
        return self._actions[name]

    def fill(self, menu: QMenu, names: Sequence[str]) -> None:
        """Put some into a menu, which says why one of them cannot be used."""
        menu.setToolTipsVisible(True)
        for name in names:
            if name in ("archive", "edit", "export"):
                menu.addSeparator()
            menu.addAction(self._actions[name])

    def show_menu(self, where: QPoint, several: bool) -> None:
        """Show those of a row, or of several, at a place of the screen."""
        menu = QMenu(self._place)
        menu.setObjectName("rowMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.follow()
        self.fill(menu, OF_SEVERAL if several else OF_ROW)
        menu.popup(where)

    def follow(self) -> None:
        """Let those be used that fit how many are chosen and what the person may do."""
        number = len(self._chosen())
        for verb in VERBS:
            action = self._actions[verb.name]
            if rights.allow(action, self.desk.db, verb.permission, _tip(verb)):
                fits = verb.fewest <= number <= verb.most
                action.setEnabled(fits)
                action.setToolTip(_tip(verb) if fits else _why(verb, number))

    def _make(self, verb: Verb) -> QAction:
        action = QAction(icons.icon(verb.icon), verb.words, self)
        action.setObjectName(f"{verb.name}Surgeon")
        action.setData(verb.name)
        if verb.keys:
            action.setShortcut(QKeySequence(verb.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._place.addAction(action)
        action.triggered.connect(self._act)
        return action

    def _act(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.acted.emit(str(action.data()), self._chosen())


class Bound(QObject):
    """Lets a button do what an action does, grey and explained as the action is."""

    def __init__(self, button: QPushButton, action: QAction) -> None:
        """Bind them; the button keeps its own words."""
        super().__init__(button)
        self._button, self._action = button, action
        button.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        may = self._action.isEnabled()
        self._button.setEnabled(may)
        self._button.setToolTip(self._action.toolTip())
        self._button.setAccessibleDescription("" if may else self._action.toolTip())


def _tip(verb: Verb) -> str:
    return f"{verb.words} ({verb.keys})" if verb.keys else verb.words


def _why(verb: Verb, number: int) -> str:
    """Return why a verb does not fit so many surgeons."""
    if not number:
        return "Choose a surgeon first."
    if number < verb.fewest:
        return f"Choose {verb.fewest} to {verb.most} surgeons."
    return (
        "This works with one surgeon at a time."
        if verb.most == 1
        else f"Choose at most {verb.most} surgeons."
    )
