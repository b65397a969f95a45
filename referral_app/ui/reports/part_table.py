"""The table below a plot: the same figures, read row by row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from referral_app.services.report_records import Part
from referral_app.ui import theme

Index = QModelIndex | QPersistentModelIndex
MOST = 12
"""So many rows are shown at once; of more the table scrolls."""
_ROW, _FIRST = 30, 220


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
        return text if role == Qt.ItemDataRole.ToolTipRole and not index.column() else None

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


class PartTable(QTableView):
    """As high as its rows, up to `MOST`; Tab leaves it."""

    def __init__(self, part: Part, name: str) -> None:
        """Make it of a part, with an object name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"Table: {part.title}")
        self.setModel(PartModel(part, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(72))
        theme.scale(self, height=_ROW * (min(len(part.rows), MOST) + 1) + 8)
        if part.rows:
            self.setCurrentIndex(self.model().index(0, 0))
