"""The list on screen: a table with hairlines, and what it says when it is empty, loading or has failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from referral_app.ui import icons, theme
from referral_app.ui.columns import Columns
from referral_app.ui.desk import Desk
from referral_app.ui.row_selection import Selection
from referral_app.ui.tables import DETAIL_ROLE, ICON_ROLE, Column, Index, PagedModel, Source, row_height
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.states import STATES, TONES

LOADING_MS = 300


class RowDelegate(QStyledItemDelegate):
    """Draws a cell: icon, text, muted second line, hairline; a selected row wholly in the selection’s color."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "selection" if selected else "accent_soft" if hovered else "surface"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("hairline"))
        self._content(painter, rect, index, selected)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("selection_text"), 2))
            painter.drawRect(rect.adjusted(3, 3, -4, -4))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell from its text, for fitting a column."""
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(QFontMetrics(theme.font()).horizontalAdvance(text) + theme.px(48), row_height())

    def _content(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        inside = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        state = index.data(ICON_ROLE)
        tone = "text"
        if state:
            icon, kind = STATES[state]
            tone = TONES[kind] if kind != "neutral" else "text"
            side = theme.px(16)
            picture = icons.pixmap(icon, 16, "selection_text" if selected else TONES[kind])
            painter.drawPixmap(QPoint(inside.left(), inside.center().y() - side // 2), picture)
            inside.setLeft(inside.left() + side + theme.px(8))
        self._text(painter, inside, index, "selection_text" if selected else tone, selected)

    def _text(self, painter: QPainter, rect: QRect, index: Index, color: str, selected: bool) -> None:
        detail = index.data(DETAIL_ROLE)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        number = bool(align & Qt.AlignmentFlag.AlignRight)
        first = theme.font(bold=detail is not None, tabular=number)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not detail:  # an empty second line takes no room: the first stands in the middle, beside its icon
            return _line(painter, rect, first, color, text, align)
        second = theme.font(12)
        tall, low = QFontMetrics(first).height(), QFontMetrics(second).height()
        top = rect.top() + (rect.height() - tall - low - theme.px(2)) // 2
        _line(painter, QRect(rect.left(), top, rect.width(), tall), first, color, text, align)
        below = QRect(rect.left(), top + tall + theme.px(2), rect.width(), low)
        return _line(painter, below, second, "selection_text" if selected else "muted", str(detail), align)


def _line(painter: QPainter, rect: QRect, font: Any, color: str, text: str, align: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(color))
    shown = labels.fitted(QFontMetrics(font), text, rect.width())
    painter.drawText(rect, int(align), shown)


def _is_typed(event: QKeyEvent) -> bool:
    """Tell whether a key is a letter to search by; Escape has a text too, and closes what is open."""
    text = event.text().strip()
    return bool(text) and text.isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier


class RecordTable(QTableView):
    """A read-only table of whole rows; Enter or a double click opens, typing letters starts the search."""

    opened = Signal(object)
    typed = Signal(str)
    all_wanted = Signal()
    columns_wanted = Signal(QPoint)

    def __init__(self, name: str, says: str) -> None:
        """Make it with its object name and accessible name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._open)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the columns where a list has no menu of its own, by the mouse or the menu key."""
        self.columns_wanted.emit(event.globalPos())

    def choose(self, position: int) -> None:
        """Make a row current and choose it alone, whatever keys are held down at this moment."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(position, 0), flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter; hand letters to the search box; move otherwise."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif _is_typed(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if row is not None:
            self.opened.emit(row)


class RecordList(QWidget):
    """A table of records with its empty, loading and failed states.

    `chosen(row)` when another row becomes current (None when there is none), `opened(row)` on Enter or double click,
    `acted` when the button of the empty state is pressed, `typed(text)` when letters are typed in the list.
    """

    chosen = Signal(object)
    opened = Signal(object)
    typed = Signal(str)
    acted = Signal()
    loaded = Signal(int)

    least_rows = 3
    """Rows that it shows at least; where the window has no room for them, what holds it scrolls."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        says: str,
        columns: Sequence[Column],
        empty: tuple[str, ...] = ("list", "Nothing here yet"),
        many: bool = False,
    ) -> None:
        """Make it; `empty` is icon, sentence, hint and button of the empty state; `many` rows can be chosen."""
        super().__init__()
        self.setObjectName(f"{name}List")
        self._keep: Any = None
        self._is_entered = False
        self._empty_words = empty
        self._two_lines = any(column.detail for column in columns)
        self.model = PagedModel(desk.background, columns, self)
        self.table = RecordTable(f"{name}Table", says)
        self.table.setModel(self.model)
        self.note = EmptyState("waiting", "Loading…", name=f"{name}Note")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.note)
        self._stack.currentChanged.connect(self.updateGeometry)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._show_loading)
        self._set_height()
        self.table.horizontalScrollBar().rangeChanged.connect(self.updateGeometry)
        self.columns = Columns(desk, name, self.table, columns)
        self.selection = Selection(self.table, self.model) if many else None
        self._connect()

    def load(self, source: Source) -> None:
        """Show the rows of a source, with the same row current as before."""
        now = self.model.key(self.table.currentIndex().row())
        self._keep = now if now is not None else self._keep
        self._source = source
        if not self.model.rowCount():
            self._slow.start(LOADING_MS)
        self.model.load(source)

    def reload(self) -> None:
        """Fetch the rows of the same source again."""
        if getattr(self, "_source", None):
            self.load(self._source)

    def set_empty(self, icon: str, sentence: str, hint: str = "", button: str = "") -> None:
        """Say something else when there are no rows."""
        self._empty_words = (icon, sentence, hint, button)

    def current(self) -> Any | None:
        """Return the current row."""
        return (
            self.model.row(self.table.currentIndex().row()) if self.table.currentIndex().isValid() else None
        )

    def choose(self, key: Any) -> bool:
        """Make the row with this key current; return whether it is at hand."""
        self._keep = key
        return self._choose_kept()

    def enter(self) -> None:
        """Give the list the focus, at its current or first row."""
        if self.model.rowCount():
            are_chosen = self.selection is not None and self.selection.count() > 0
            if not are_chosen and not self.table.currentIndex().isValid():
                self.table.choose(0)
            self.table.setFocus()

    def enter_soon(self) -> None:
        """Give the list the focus once the rows that were asked for last are there."""
        self._is_entered = True

    def open_first(self) -> None:
        """Open the top row, as Enter in the search box does."""
        if row := self.model.row(0) if self.model.rowCount() else None:
            self.table.choose(0)
            self.opened.emit(row)

    def changeEvent(self, event: QEvent) -> None:
        """Take the row height and the widths of another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self._set_height()
            if hasattr(self, "columns"):
                self.columns.rescale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the table scroll sideways where the column that stretches would show nothing any more."""
        super().resizeEvent(event)
        self.columns.stretch(self.width())

    def minimumSizeHint(self) -> QSize:
        """Return the least that is needed now: what the list says when it is empty takes no room beside its rows."""
        shown = self._stack.currentWidget()
        least = shown.minimumSizeHint() if shown else super().minimumSizeHint()
        return (
            QSize(least.width(), max(least.height(), self._least_height())) if shown is self.table else least
        )

    def _least_height(self) -> int:
        header, sideways = self.table.horizontalHeader(), self.table.horizontalScrollBar()
        head = 0 if header.isHidden() else header.sizeHint().height()
        bar = sideways.sizeHint().height() if sideways.maximum() > 0 else 0
        return head + self.least_rows * self.table.verticalHeader().defaultSectionSize() + bar

    def hasHeightForWidth(self) -> bool:
        """Tell that the width does not matter: Qt would ask the sentences that are out of sight."""
        return False

    def show_columns(self, columns: Sequence[Column], name: str) -> None:
        """Show the same rows in other columns, remembered under a name of their own."""
        self._keep = self.model.key(self.table.currentIndex().row())
        self._two_lines = any(column.detail for column in columns)
        self.model.show_columns(columns)
        self.columns.take(columns, name)
        self._set_height()
        self.columns.stretch(self.width())
        self._choose_kept()

    def _connect(self) -> None:
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.table.opened.connect(self.opened)
        self.table.typed.connect(self.typed)
        self.table.columns_wanted.connect(self.columns.pop_up)
        if self.selection is not None:
            self.table.all_wanted.connect(self.selection.select_all)
        self.note.acted.connect(self._act)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def _set_height(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(row_height(self._two_lines))
        self.table.horizontalHeader().setMinimumSectionSize(theme.px(48))

    def _loaded(self) -> None:
        self._slow.stop()
        rows = self.model.rowCount()
        if rows:
            self._stack.setCurrentWidget(self.table)
            if not self._choose_kept():
                self.table.clearSelection()
                self.chosen.emit(None)
        else:
            self._say(*self._empty_words)
            self.chosen.emit(None)
        if self.selection is not None:
            self.selection.choose_again()
        self.loaded.emit(rows)
        if self._is_entered:
            self._is_entered = False
            self.enter()

    def _choose_kept(self) -> bool:
        position = self.model.position(self._keep) if self._keep is not None else -1
        if position < 0:
            return False
        self.table.choose(position)
        return True

    def _failed(self, error: Exception) -> None:
        self._slow.stop()
        self._failing = True
        self._say("review", "This list could not be read", str(error), "Try again")

    def _show_loading(self) -> None:
        self._say("waiting", "Loading…")

    def _say(self, *words: str) -> None:
        self._failing = words[1].startswith("This list could not")
        self.note.say(*words)
        self._stack.setCurrentWidget(self.note)

    def _act(self) -> None:
        if self._failing:
            self.reload()
        else:
            self.acted.emit()

    def _chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.row(index.row()) if index.isValid() else None)
