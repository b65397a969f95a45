"""Long lists: a model on pages of 200 rows that SQL sorts and counts, fetched in the background."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from referral_app.ui import theme
from referral_app.ui.background import Background
from referral_app.ui.widgets import labels

PAGE = 200
PAGES_KEPT = 20
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
ICON_ROLE = Qt.ItemDataRole.UserRole + 1
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Column:
    """One column: what it shows of a row, how wide, how it sorts.

    `text(row)` is shown and spoken, `icon(row)` names a state of widgets.states.STATES drawn before it,
    `detail(row)` is a second, muted line. `sort` is the word given to `fetch`; "" cannot be sorted.
    `hidden` columns are shown only where somebody asks for them.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 160
    sort: str = ""
    numeric: bool = False
    icon: Callable[[Any], str] | None = None
    detail: Callable[[Any], str] | None = None
    stretch: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Source:
    """Where rows come from; both functions run in the background with their own session.

    `fetch(offset, limit, sort, descending)` returns rows, `count()` how many there are, `key(row)` tells rows apart.
    """

    fetch: Callable[[int, int, str, bool], Sequence[Any]]
    count: Callable[[], int]
    key: Callable[[Any], Any] = lambda row: row.id


class PagedModel(QAbstractTableModel):
    """Rows by position, asked for page by page as they come into sight."""

    loaded = Signal()
    failed = Signal(object)

    def __init__(
        self, background: Background, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        """Make an empty model."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._background = background
        self._source: Source | None = None
        self._rows = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._era = 0
        self._sort, self._descending = "", False
        self._first = background.latest(self, self._begin)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show the same rows in other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def load(self, source: Source) -> None:
        """Show the rows of a source; the old ones stay until the first page is there."""
        self._source = source
        sort, descending = self._sort, self._descending
        self._first.ask(lambda: (source.count(), source.fetch(0, PAGE, sort, descending)), self.failed.emit)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort in SQL by a column that has a word for it."""
        word = self.columns[column].sort if 0 <= column < len(self.columns) else ""
        descending = order == Qt.SortOrder.DescendingOrder
        if (word, descending) == (self._sort, self._descending):
            return
        self._sort, self._descending = word, descending
        if self._source:
            self.load(self._source)

    def row(self, position: int) -> Any | None:
        """Return the row at a position, or None while it is being fetched."""
        page, within = divmod(position, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return rows[within] if within < len(rows) else None

    def position(self, key: Any) -> int:
        """Return where the row with this key is among the pages at hand, or -1."""
        if self._source:
            for page, rows in self._pages.items():
                for within, row in enumerate(rows):
                    if self._source.key(row) == key:
                        return page * PAGE + within
        return -1

    def key(self, position: int) -> Any | None:
        """Return the key of the row at a position."""
        row = self.row(position) if position >= 0 else None
        return self._source.key(row) if row is not None and self._source else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says and how it is aligned."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[index.column()])
        if role not in _SHOWN:
            return None
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        column = self.columns[index.column()]
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == ICON_ROLE:
            return column.icon(row) if column.icon else None
        if role == DETAIL_ROLE:
            return column.detail(row) if column.detail else None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        said = _spoken(column, row)
        return labels.tip(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def _begin(self, answer: tuple[int, Sequence[Any]]) -> None:
        self.beginResetModel()
        self._era += 1
        self._asked.clear()
        self._rows, first = answer
        self._pages = OrderedDict({0: first})
        self.endResetModel()
        self.loaded.emit()

    def _ask(self, page: int) -> None:
        source = self._source
        if source is None or page in self._asked:
            return
        self._asked.add(page)
        era, sort, descending = self._era, self._sort, self._descending

        def work() -> tuple[int, int, Sequence[Any]]:
            return era, page, source.fetch(page * PAGE, PAGE, sort, descending)

        self._background.run(self, work, self._take, self.failed.emit)

    def _take(self, answer: tuple[int, int, Sequence[Any]]) -> None:
        era, page, rows = answer
        if era != self._era:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        top = page * PAGE
        last = min(top + PAGE, self._rows) - 1
        self.dataChanged.emit(self.index(top, 0), self.index(last, len(self.columns) - 1))


_SHOWN = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
    ROW_ROLE,
    ICON_ROLE,
    DETAIL_ROLE,
}


def _alignment(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _spoken(column: Column, row: Any) -> str:
    detail = column.detail(row) if column.detail else ""
    return f"{column.title}: {column.text(row)}{', ' + detail if detail else ''}"


def row_height(two_lines: bool = False) -> int:
    """Return the height of a row: 36 px, or 28 in compact lists."""
    compact = theme.current().compact
    if two_lines:
        return theme.px(44 if compact else 56)
    return theme.px(28 if compact else 36)
