"""Above the filters: searches kept under a name, favorites and surgeons opened lately, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from referral_app.services.shortlists import Kept, Search
from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row


@dataclass(frozen=True)
class Shown:
    """What the pane shows: searches with how many each finds now (None where that could not be told), and recents."""

    searches: Sequence[tuple[Search, int | None]]
    recents: Sequence[Kept]
    to_verify: int = 0
    favorites: int = 0


class CountRow(QPushButton):
    """One line with icon, words and, at the right, how many there are; `value` is what it stands for."""

    def __init__(self, name: str, icon: str, words: str, value: str = "") -> None:
        """Make it without a number."""
        super().__init__()
        self.value, self._what = value, words
        self.setObjectName(name)
        theme.role(self, "count")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._inside = inside = QHBoxLayout(self)
        theme.scale(inside, margins=(4, 4, 4, 4), spacing=8)
        self._number = labels.muted("")
        self._number.setWordWrap(False)
        inside.addWidget(labels.picture(icon, 16, "muted"))
        inside.addWidget(labels.Elided(words, "body"), 1)
        inside.addWidget(self._number)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setToolTip(value)
        self.show_number(None)

    def show_number(self, number: int | None) -> None:
        """Show how many there are, nothing where that is not known."""
        self._number.setText("" if number is None else f"{number:,}")
        self.setAccessibleName(self._what if number is None else f"{self._what}: {number:,}")

    def sizeHint(self) -> QSize:
        """Return the size of what is in it."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return a height that is never cut; the words give way."""
        return QSize(0, self._inside.sizeHint().height())


class ShortPane(QWidget):
    """`searched(text)` asks a kept search, `opened(id)` a recent surgeon; the others ask for what they say."""

    searched = Signal(str)
    opened = Signal(str)
    save_wanted = Signal()
    manage_wanted = Signal()
    favorites_wanted = Signal()
    stale_wanted = Signal()

    def __init__(self) -> None:
        """Make it with nothing kept."""
        super().__init__()
        self.setObjectName("surgeonShortLists")
        self.save_button = buttons.link("Save this search", "saveSearch")
        self.save_button.setToolTip("Keep this search under a name (Ctrl+Shift+S)")
        self.save_button.clicked.connect(self.save_wanted)
        self.manage_button = buttons.tool("edit", "Rename, order or remove searches", "manageSearches")
        self.manage_button.clicked.connect(self.manage_wanted)
        self._searches = column(spacing=0)
        self.favorites = CountRow("favoritesRow", "star", "Favorites")
        self.stale = CountRow("staleRow", "unverified", "To verify")
        self.recents = CountRow("recentsRow", "history", "Recently opened")
        self._recent_menu = QMenu(self)
        self._recent_menu.setObjectName("recentSurgeons")
        self.recents.clicked.connect(self._show_recents)
        self._lay_out()
        self.favorites.clicked.connect(self.favorites_wanted)
        self.stale.clicked.connect(self.stale_wanted)
        self.show_lists(Shown((), ()))

    def show_lists(self, shown: Shown) -> None:
        """Show what is kept."""
        clear(self._searches)
        for number, (search, count) in enumerate(shown.searches):
            line = CountRow(f"savedSearch{number}", "search", search.name, search.text)
            line.show_number(count)
            line.clicked.connect(self._ask)
            self._searches.addWidget(line)
        self.manage_button.setVisible(bool(shown.searches))
        self.favorites.show_number(shown.favorites)
        self.stale.show_number(shown.to_verify)
        self._recent_menu.clear()
        for one in shown.recents:
            action = QAction(one.name.replace("&", "&&"), self._recent_menu)
            action.setData(one.id)
            action.triggered.connect(self._open)
            self._recent_menu.addAction(action)
        self.recents.show_number(len(shown.recents))
        self.recents.setEnabled(bool(shown.recents))

    def _lay_out(self) -> None:
        lines: QVBoxLayout = column(spacing=4)
        head = row(labels.heading("Searches"), None, self.manage_button)
        lines.addLayout(head)
        lines.addLayout(self._searches)
        for line in (self.favorites, self.recents, self.stale):
            lines.addWidget(line)
        lines.addWidget(self.save_button)
        lines.addWidget(labels.line())
        self.setLayout(lines)

    def _ask(self) -> None:
        line = self.sender()
        if isinstance(line, CountRow):
            self.searched.emit(line.value)

    def _show_recents(self) -> None:
        self._recent_menu.popup(self.recents.mapToGlobal(self.recents.rect().bottomLeft()))

    def _open(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.opened.emit(str(action.data()))
