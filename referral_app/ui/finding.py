"""A search box over a list: asks soon after the last key; Enter opens the top row of what was found."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLayout, QWidget

from referral_app.ui.table_view import RecordList
from referral_app.ui.widgets.listing import Listing
from referral_app.ui.widgets.search_box import SearchBox

DEBOUNCE_MS = 150
NOTED_MS = 250
"""The pause where each question is noted in the audit, or the answer takes longer."""


class Finding(Listing):
    """The middle of a page: `wanted` to ask now, `found(number)` with the latest answer, `top` to open its first row.

    `changed` tells at once that something else will be asked; until it is answered, the list is `busy`.
    """

    wanted = Signal()
    changed = Signal()
    found = Signal(int)
    top = Signal()

    def __init__(
        self,
        name: str,
        search: SearchBox,
        records: RecordList,
        *lines: QLayout | QWidget,
        foot: str = "",
        pause: int = DEBOUNCE_MS,
    ) -> None:
        """Put lines around the list as Listing does, the search box in one of them; it asks after a pause in ms."""
        super().__init__(records, *lines, foot=foot)
        self.setObjectName(name)
        self._search, self._list = search, records
        self.busy = self.enter_waits = False
        self._timer = QTimer(self, singleShot=True, interval=pause)
        self._connect()

    def ask(self) -> None:
        """Ask now."""
        self._timer.stop()
        self.busy = True
        self.wanted.emit()

    def change(self) -> None:
        """Ask soon: search text, order or filters changed."""
        self.busy = True
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Ask nothing more: the page goes out of sight."""
        self._timer.stop()

    def words(self) -> str:
        """Return what is searched for."""
        return self._search.text().strip()

    def take_focus(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self._search.setFocus()
        self._search.selectAll()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.ask)
        self._search.textChanged.connect(self.change)
        self._search.entered.connect(self._enter)
        self._search.down.connect(self._list.enter)
        self._list.typed.connect(self._typed)
        self._list.loaded.connect(self._loaded)

    def _enter(self) -> None:
        if self.busy:
            self.enter_waits = True
            self.ask()
        else:
            self.top.emit()

    def _loaded(self, number: int) -> None:
        if self._timer.isActive():
            return
        self.busy = False
        self.found.emit(number)
        if self.enter_waits:
            self.enter_waits = False
            self.top.emit()

    def _typed(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)
