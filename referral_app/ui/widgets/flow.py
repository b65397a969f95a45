"""A layout that puts widgets in a row and goes on in the next, as words do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets.layout_items import LayoutItems


class FlowLayout(QLayout):
    """A flow of widgets with the same space between them."""

    def __init__(
        self, parent: QWidget | None = None, space: int = 6, lines: int | None = None, at_right: bool = False
    ) -> None:
        """Make an empty flow; `space` is between items, `lines` between lines (the same where it is not given).

        `at_right` lets each line end at the right.
        """
        super().__init__(parent)
        self._at_right = at_right
        self._items = LayoutItems()
        self._between_lines = space if lines is None else lines
        theme.scale(self, margins=0, spacing=space)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.add(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an item, or None."""
        return self._items.at(index)

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give an item away, or None."""
        return self._items.take(index)

    def clear(self) -> None:
        """Delete every widget in it."""
        while item := self.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        """Say that it takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the width of the whole in one row."""
        wide = sum(item.sizeHint().width() + self.spacing() for item in self._items.all())
        tall = max((item.sizeHint().height() for item in self._items.all()), default=0)
        return QSize(wide, tall)

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items.all():
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, move: bool) -> int:
        """Return the height of the flow in a rectangle, having moved the items there if so wished."""
        y = rect.y()
        for line in self._lines(rect.width()):
            tall = max(item.sizeHint().height() for item in line)
            x = rect.x() + (self._left_over(line, rect.width()) if self._at_right else 0)
            for item in line:
                size = item.sizeHint()
                wide = min(size.width(), rect.width())
                if move:
                    item.setGeometry(QRect(x, y + (tall - size.height()) // 2, wide, size.height()))
                x += wide + self.spacing()
            y += tall + theme.px(self._between_lines)
        return max(0, y - theme.px(self._between_lines) - rect.y())

    def _left_over(self, line: list[QLayoutItem], width: int) -> int:
        """Return the room that a line leaves."""
        taken = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
        return max(0, width - taken)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return the items line by line, as they fit into a width."""
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items.all():
            widget = item.widget()
            if widget and widget.isHidden():
                continue
            needs = item.sizeHint().width() + self.spacing()
            if not lines or used + needs > width + self.spacing():
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += needs
        return lines


class Flow(QWidget):
    """A widget whose children flow."""

    def __init__(
        self, space: int = 6, parent: QWidget | None = None, lines: int | None = None, at_right: bool = False
    ) -> None:
        """Make an empty one, with spaces as those of FlowLayout."""
        super().__init__(parent)
        self.flow = FlowLayout(self, space, lines, at_right)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self.flow.addWidget(widget)

    def clear(self) -> None:
        """Delete what is in it."""
        self.flow.clear()
