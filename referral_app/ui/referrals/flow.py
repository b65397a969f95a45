"""Layouts of the form: a flow that wraps, and lines whose fields stand side by side where they fit."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from referral_app.ui import theme
from referral_app.ui.tab_order import chain, stops, tab_before
from referral_app.ui.widgets.layout_items import LayoutItems

__all__ = ["FlowLayout", "Items", "LinesLayout", "chain", "empty", "stops", "tab_before"]


class Items(QLayout):
    """A layout whose height follows from its width; hidden items leave no gap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty, without margins."""
        super().__init__(parent)
        self._items = LayoutItems()
        self._heights: dict[int, int] = {}
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item."""
        self._items.add(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an item."""
        return self._items.at(index)

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give an item away."""
        return self._items.take(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Take the width that there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        if width not in self._heights:
            self._heights[width] = self.arrange(QRect(0, 0, width, 0), False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget the heights: something in here changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Put every item at its place."""
        super().setGeometry(rect)
        self.arrange(rect, True)

    def shown(self) -> list[QLayoutItem]:
        """Return the items that are not hidden."""
        return [item for item in self._items.all() if not item.isEmpty()]

    def minimumSize(self) -> QSize:
        """Return the least width of the widest item."""
        return QSize(max((item.minimumSize().width() for item in self.shown()), default=0), 0)

    def sizeHint(self) -> QSize:
        """Return the widest item's width and the height at it."""
        width = max((item.sizeHint().width() for item in self.shown()), default=0)
        return QSize(width, self.heightForWidth(width))

    def arrange(self, rect: QRect, move: bool) -> int:
        """Return the height of the items in a rectangle; move them there if asked to."""
        raise NotImplementedError


class FlowLayout(Items):
    """Items side by side, continued on the next line where they do not fit."""

    def __init__(self, parent: QWidget | None = None, gap: int = 16, line_gap: int = 4) -> None:
        """Make it empty; the gaps are for 100 %."""
        super().__init__(parent)
        self._gap, self._line_gap = gap, line_gap

    def sizeHint(self) -> QSize:
        """Return the size of all items in one line."""
        sizes = [item.sizeHint() for item in self.shown()]
        width = sum(size.width() for size in sizes) + theme.px(self._gap) * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self.shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def arrange(self, rect: QRect, move: bool) -> int:
        """Fill line after line."""
        x, y, line = rect.x(), rect.y(), 0
        for item in self.shown():
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 100000))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + theme.px(self._line_gap), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + theme.px(self._gap), max(line, size.height())
        return y + line - rect.y()


class LinesLayout(Items):
    """Items below each other; those added with `beside` stand beside the one before, where they fit."""

    def __init__(self, parent: QWidget | None = None, gap: int = 16) -> None:
        """Make it empty; the gap is for 100 %."""
        super().__init__(parent)
        self._gap = gap
        self._beside: set[QWidget] = set()

    def add(self, widget: QWidget, beside: bool = False) -> None:
        """Add a widget, beside the one before or on a line of its own."""
        if beside:
            self._beside.add(widget)
        self.addWidget(widget)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self.shown():
            if lines and item.widget() in self._beside and self._fits([*lines[-1], item], width):
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _fits(self, line: list[QLayoutItem], width: int) -> bool:
        return all(item.minimumSize().width() <= self._column(line, width) for item in line)

    def _column(self, line: list[QLayoutItem], width: int) -> int:
        return (width - (len(line) - 1) * theme.px(self._gap)) // len(line)

    def arrange(self, rect: QRect, move: bool) -> int:
        """Put line below line, each line in equal columns."""
        y, gap = rect.y(), theme.px(self._gap)
        for line in self._lines(rect.width()):
            width = self._column(line, rect.width())
            height = max(_height(item, width) for item in line)
            for number, item in enumerate(line if move else ()):
                item.setGeometry(QRect(rect.x() + number * (width + gap), y, width, height))
            y += height + gap
        return max(0, y - gap - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and delete it when nothing uses it any more."""
    while (item := layout.takeAt(0)) is not None:  # pyright: ignore[reportUnnecessaryComparison]
        widget = item.widget()
        if widget is not None:  # pyright: ignore[reportUnnecessaryComparison]
            widget.hide()
            widget.deleteLater()
