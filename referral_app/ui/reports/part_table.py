"""The table below a plot: the same figures, read row by row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from referral_app.services.report_records import Part
from referral_app.ui import theme
from referral_app.ui.widgets import labels

Index = QModelIndex | QPersistentModelIndex
MOST = 12
"""So many rows are shown at once; of more the table scrolls."""
_ROW, _SIDE, _HEAD = 30, 12, 52
_MEASURED = 40
"""So many rows decide how wide a column is."""


class PartModel(QAbstractTableModel):
    """The rows of a part."""

    def __init__(self, part: Part, parent: QWidget) -> None:
        """Keep the part."""
        super().__init__(parent)
        self.part = part

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.part.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.part.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; numbers stand at the right."""
        text = self.part.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.part.heads[index.column()]}: {text or 'empty'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return labels.tip(text) if role == Qt.ItemDataRole.ToolTipRole and not index.column() else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.part.heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class CellDelegate(QStyledItemDelegate):
    """Draws a cell with the room at its sides that the names of the columns have."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground and text."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        shown: Any = option
        text, shown.text = shown.text, ""
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, shown.widget)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        inside = shown.rect.adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), 0)
        elided = labels.fitted(shown.fontMetrics, text, inside.width())
        painter.save()
        painter.setFont(shown.font)
        painter.setPen(shown.palette.color(role))
        painter.drawText(inside, int(shown.displayAlignment), elided)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the text with that room."""
        return super().sizeHint(option, index) + QSize(2 * theme.px(_SIDE), 0)


class PartTable(QTableView):
    """As high as its rows, up to `MOST`; Tab leaves it."""

    def __init__(self, part: Part, name: str) -> None:
        """Make it of a part, with an object name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"Table: {part.title}")
        self.setModel(PartModel(part, self))
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(72))
        theme.scale(self, height=_ROW * min(len(part.rows), MOST) + _HEAD)
        if part.rows:
            first = self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row is read: nothing is chosen in a table of figures that nobody is in."""
        super().focusInEvent(event)
        self.selectRow(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show none any more."""
        super().focusOutEvent(event)
        self.clearSelection()
