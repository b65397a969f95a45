"""The bar on top: the one search box, "New referral", the lock, and the menu with every action."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.search_popup import SearchPopup
from referral_app.ui.settled import Settled
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.search_box import SearchBox

QUIET_MS = 150


class TopBar(QFrame):
    """Search, new referral, menu; `opened(kind, id)` for what was found."""

    opened = Signal(str, str)
    new_referral = Signal()
    locked = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        """Make it; results are shown over `window`."""
        super().__init__(window)
        self.setObjectName("topBar")
        theme.role(self, "bar")
        self._db = desk.db
        self._text = ""
        self.box = SearchBox(
            "Search surgeons, patients, referrals", "search", "Search surgeons, patients, referrals    Ctrl+K"
        )
        theme.scale(self.box, max_width=520, min_width=160)
        self.popup = SearchPopup(window, self.box)
        self._search = desk.background.latest(self, self._show, QUIET_MS)
        self._settled = Settled(desk, self, "everything")
        self.new = buttons.primary("New referral", "newReferral", "plus")
        self.menu_button = buttons.tool("more", "Menu", "menuButton")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.lock = buttons.tool("lock", "Lock", "lockButton")
        self.lock.setToolTip("Lock (Ctrl+L)")
        self.lock.setVisible(desk.db.keys is not None)
        self.lock.clicked.connect(self.locked)
        row = QHBoxLayout(self)
        theme.scale(row, margins=(24, 10, 16, 10), spacing=12)
        row.addWidget(self.box, 100)
        row.addStretch(1)
        row.addWidget(self.new)
        row.addWidget(self.lock)
        row.addWidget(self.menu_button)
        self._connect()

    def set_menu(self, menu: QMenu) -> None:
        """Give the menu button its menu."""
        self.menu_button.setMenu(menu)

    def focus_search(self) -> None:
        """Go to the search box, with what is in it selected."""
        self.box.setFocus()
        self.box.selectAll()

    def _connect(self) -> None:
        self.box.textChanged.connect(self._changed)
        self.box.entered.connect(self.popup.open_first)
        self.box.down.connect(self.popup.enter)
        self.popup.opened.connect(self._open)
        self.new.clicked.connect(self.new_referral)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _changed(self, text: str) -> None:
        self._text = text.strip()
        if len(self._text) < 2:
            self._search.drop()
            self._settled.answered("", 0)
            self.popup.hide()
            return
        db, wanted = self._db, self._text

        def work() -> tuple[str, Any]:
            from referral_app.services import search

            with db.read() as session:
                return wanted, search.anything(session, wanted)

        self._search.ask(work)

    def _show(self, answer: tuple[str, Any]) -> None:
        text, hits = answer
        if text == self._text:
            self.popup.show_hits(text, hits)
            self._settled.answered(text, len(hits))

    def _open(self, kind: str, identity: str) -> None:
        self._settled.note()
        self.box.clear()
        self.opened.emit(kind, identity)

    def _focus_moved(self, _old: QObject | None, new: QObject | None) -> None:
        if new is not None and new not in (self.box, self.popup.list):
            self.close_results()

    def close_results(self) -> None:
        """Hide what was found, and let no answer come after."""
        self._search.drop()
        self.popup.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Hide the results, which have the sizes of the zoom before."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "popup"):
            self.popup.hide()
