"""The days of a month or a week in a grid, read with arrow keys: each day names itself with its visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import theme
from referral_app.ui.calendar.day_drawing import DAY_ROLE, FACTS_ROLE, PAD, DayDelegate, DayFacts
from referral_app.ui.calendar.period import MONTH, Period, around, bounded, step
from referral_app.ui.calendar.shown import Read, Shown, holiday, many

Index = QModelIndex | QPersistentModelIndex
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
SHORT = 3
"""Letters of a day of the week where there is little room."""
LEAST_ROW, LEAST_WEEK = 62, 190


class DayModel(QAbstractTableModel):
    """The days of a period in weeks."""

    def __init__(self, parent: QWidget) -> None:
        """Make it of today's month, without visits."""
        super().__init__(parent)
        self.period = around(date.today(), MONTH)
        self._shown = Shown(Read(self.period))
        self.letters: int | None = None

    def name_with(self, letters: int | None) -> None:
        """Show so many letters of the days of the week, None for all."""
        if letters != self.letters:
            self.letters = letters
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(DAYS) - 1)

    def show(self, period: Period, shown: Shown) -> None:
        """Show other days."""
        self.beginResetModel()
        self.period, self._shown = period, shown
        self.endResetModel()

    def day(self, index: Index) -> date:
        """Return the day of a cell."""
        return self.period.whole[0] + timedelta(days=7 * index.row() + index.column())

    def place(self, day: date) -> QModelIndex:
        """Return the cell of a day, none for one that is not in sight."""
        first, last = self.period.whole
        after = (day - first).days
        return self.index(after // 7, after % 7) if first <= day <= last else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many weeks there are."""
        first, last = self.period.whole
        return 0 if parent.isValid() else ((last - first).days + 1) // 7

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return seven."""
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the day, how it is said, and what is drawn of it."""
        day = self.day(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            today = ", today" if day == date.today() else ""
            return self._shown.name(day) + today
        if role == DAY_ROLE:
            return day
        return self._facts(day) if role == FACTS_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a day of the week."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return DAYS[section][: self.letters]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.AccessibleTextRole:
            return DAYS[section]
        return None

    def _facts(self, day: date) -> DayFacts:
        visits: Sequence[AppointmentRecord] = self._shown.on(day)
        note = self._shown.why_closed(day) or holiday(day)
        inside = self.period.has(day)
        return DayFacts(day, many(len(visits)) if visits else "", visits, note, inside, day == date.today())


class DayGrid(QTableView):
    """Moves by keys: arrows, Page Up and Page Down by months, Home and End in the month, T for today.

    `wanted(day)` asks for a day, also one that is not in sight; `entered` that its visits are wanted (Enter).
    """

    wanted = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("calendarGrid")
        self.setAccessibleName("Days")
        self.setAccessibleDescription(
            "Arrow keys move by days and weeks, Page Up and Page Down by months, T goes to today, "
            "Enter goes to the visits of the day."
        )
        self.days = DayModel(self)
        self.setModel(self.days)
        self.setItemDelegate(DayDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._doubled)

    def show_days(self, period: Period, shown: Shown, day: date) -> None:
        """Show a period with one of its days chosen."""
        self.days.show(period, shown)
        rows = self.days.rowCount()
        theme.scale(self, min_height=34 + rows * (LEAST_ROW if rows > 1 else LEAST_WEEK))
        self.choose(day)

    def choose(self, day: date) -> None:
        """Make a day the current one."""
        self.setCurrentIndex(self.days.place(day))

    def day(self) -> date:
        """Return the current day."""
        index = self.currentIndex()
        return self.days.day(index) if index.isValid() else self.days.period.first

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the days of the week where one would be cut."""
        super().resizeEvent(event)
        header = self.horizontalHeader()
        widest = max(header.fontMetrics().horizontalAdvance(day) for day in DAYS) + theme.px(2 * PAD)
        self.days.name_with(None if widest <= self.viewport().width() // len(DAYS) else SHORT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days, weeks and months."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif (day := moved(self.day(), event)) is not None:
            self.wanted.emit(day)
        else:
            event.ignore()

    def _clicked(self, index: QModelIndex) -> None:
        self.wanted.emit(self.days.day(index))

    def _doubled(self, _index: QModelIndex) -> None:
        self.entered.emit()


def moved(day: date, event: QKeyEvent) -> date | None:
    """Return the day to which a key leads, None for a key that leads nowhere."""
    key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
    keys = Qt.Key
    by = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -7, keys.Key_Down: 7}.get(keys(key))
    if by is not None:
        return bounded(day + timedelta(days=by))
    if key in (keys.Key_PageUp, keys.Key_PageDown):
        return step(day, MONTH, -1 if key == keys.Key_PageUp else 1)
    if key in (keys.Key_Home, keys.Key_End):
        month = around(day, MONTH)
        return month.first if key == keys.Key_Home else month.last
    return date.today() if key == keys.Key_T and plain else None
