"""The columns of a list: which are shown, their order and widths, remembered for each list and text size."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.tables import Column

NARROWEST = 150
"""The least width of a column that takes the room that is left."""
STEP = 48
"""How much wider a column gets at a time, and the least that it keeps."""
WHOLE = 1000
"""A length in which a change of the text size is seen."""
STORE_MS = 400
"""Quiet after a column was moved until its place is stored: a file is not written at every pixel of the mouse."""


class Columns(QObject):
    """Lays out the header of a table, offers its columns in a menu, and remembers what the person made of them."""

    def __init__(self, desk: Desk, name: str, table: QTableView, columns: Sequence[Column]) -> None:
        """Take the header of a table whose model has these columns; `name` is what they are remembered by."""
        super().__init__(table)
        self._desk, self._table = desk, table
        header = table.horizontalHeader()
        self._moved = QTimer(self, singleShot=True, interval=STORE_MS)
        self._moved.timeout.connect(self._remember)
        header.setSortIndicatorClearable(True)
        header.sectionResized.connect(self._moved.start)
        header.sectionMoved.connect(self._moved.start)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._menu_at)
        self.take(columns, name)

    @property
    def _header(self) -> QHeaderView:
        """The header as Qt has it now.

        WORKAROUND: PySide 6.11.3 takes a kept wrapper for deleted after the panes were folded at 200 %, although the
        header lives; an exception in a resize event then ends the process.
        """
        return self._table.horizontalHeader()

    def take(self, columns: Sequence[Column], name: str) -> None:
        """Show other columns, as they were left the last time."""
        self._columns, self._name = tuple(columns), name
        self._scale = theme.px(WHOLE)
        self._lay_out()
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._table.setSortingEnabled(any(column.sort for column in columns))
        stored = self._store().value(self._key())
        if isinstance(stored, QByteArray):
            self._header.restoreState(stored)
        self._moved.stop()

    def fill(self, menu: QMenu) -> None:
        """Put a tick for each column into a menu, and the way back to how they were."""
        shown = [at for at in range(len(self._columns)) if not self._header.isSectionHidden(at)]
        for at, column in enumerate(self._columns):
            action = QAction(column.title, menu, checkable=True, checked=at in shown)
            action.setObjectName(f"column_{at}")
            action.setData(at)
            action.setEnabled(shown != [at])
            action.toggled.connect(self._toggle)
            menu.addAction(action)
        menu.addSeparator()
        self._add_steps(menu)
        reset = QAction("Reset columns", menu)
        reset.setObjectName("resetColumns")
        reset.triggered.connect(self.reset)
        menu.addAction(reset)

    def reset(self) -> None:
        """Show the columns as they were at first."""
        self._lay_out()
        self.stretch(self._table.width())
        self._moved.start()

    def shown(self) -> list[str]:
        """Return the titles of the columns that are shown, in their order on screen."""
        at = sorted(range(len(self._columns)), key=self._header.visualIndex)
        return [self._columns[one].title for one in at if not self._header.isSectionHidden(one)]

    def rescale(self) -> None:
        """Let the widths follow another text size, so that no number is cut for it."""
        before, self._scale = self._scale, theme.px(WHOLE)
        if before == self._scale:
            return
        header = self._header
        for at, column in enumerate(self._columns):
            if header.isSectionHidden(
                at
            ):  # Qt tells no size of it, and would show it at that of the other text size
                header.resizeSection(at, theme.px(column.width))
            elif header.sectionResizeMode(at) != QHeaderView.ResizeMode.Stretch:
                header.resizeSection(at, round(header.sectionSize(at) * self._scale / before))
        self.stretch(self._table.width())

    def stretch(self, width: int) -> None:
        """Let the table scroll sideways where the column that stretches would show nothing any more."""
        header = self._header
        for at, column in enumerate(self._columns):
            if column.stretch and not header.isSectionHidden(at):
                others = header.length() - header.sectionSize(at)
                narrowest = theme.px(min(column.width, NARROWEST))
                fits = width - others >= narrowest
                mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
                header.setSectionResizeMode(at, mode)
                if not fits:
                    header.resizeSection(at, narrowest)

    def _lay_out(self) -> None:
        header = self._header
        for at, column in enumerate(self._columns):
            header.moveSection(header.visualIndex(at), at)
            header.setSectionHidden(at, column.hidden)
            stretch = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, stretch if column.stretch else QHeaderView.ResizeMode.Interactive)
            self._table.setColumnWidth(at, theme.px(column.width))

    def _add_steps(self, menu: QMenu) -> None:
        """Offer to move and widen the column of the current cell, for those who use no mouse."""
        at = self._table.currentIndex().column()
        if len(self._columns) < 2 or at < 0 or self._header.isSectionHidden(at):
            return
        for words, act in (
            ("Move “{}” left", partial(self._step, at, -1)), ("Move “{}” right", partial(self._step, at, 1)),
            ("Make “{}” wider", partial(self._widen, at, 1)), ("Make “{}” narrower", partial(self._widen, at, -1)),
        ):  # fmt: skip
            action = QAction(words.format(self._columns[at].title), menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.addSeparator()

    def _step(self, at: int, step: int) -> None:
        """Move a column past the next one that is shown."""
        to = self._header.visualIndex(at) + step
        while 0 <= to < len(self._columns) and self._header.isSectionHidden(self._header.logicalIndex(to)):
            to += step
        if 0 <= to < len(self._columns):
            self._header.moveSection(self._header.visualIndex(at), to)

    def _widen(self, at: int, step: int) -> None:
        wide = self._header.sectionSize(at) + step * theme.px(STEP)
        self._table.setColumnWidth(at, max(wide, theme.px(STEP)))

    def _toggle(self, on: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            at = int(action.data())
            self._header.setSectionHidden(at, not on)
            if on and self._header.sectionSize(at) < theme.px(48):
                self._table.setColumnWidth(at, theme.px(self._columns[at].width))
            self.stretch(self._table.width())
            self._moved.start()

    def pop_up(self, where: QPoint) -> None:
        """Show the menu of the columns at a place of the screen."""
        menu = QMenu(self._table)
        menu.setObjectName("columnsMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(where)

    def _menu_at(self, where: QPoint) -> None:
        self.pop_up(self._header.mapToGlobal(where))

    def _store(self) -> QSettings:
        return QSettings(str(self._desk.paths.window), QSettings.Format.IniFormat)

    def _key(self) -> str:
        """Widths belong to these columns at this text size; Qt crashes on a state with another number of columns."""
        return f"columns/{self._name}/{len(self._columns)}-{round(theme.current().scale * 100)}"

    def _remember(self) -> None:
        if not shiboken6.isValid(self._header):
            return  # the list is being taken down
        state, key, store = self._header.saveState(), self._key(), self._store
        self._desk.background.run(self, lambda: store().setValue(key, state), lambda _: None)
