"""Fields side by side where there is room, lined up at their inputs, and below each other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QSizePolicy, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets.flow import FlowLayout

LEAST = 200
"""Under this width a field that shares the room goes to the next line."""


class Beside(QWidget):
    """A line of widgets; those without a width of their own share what is left."""

    def __init__(self, *parts: QWidget, wide: tuple[QWidget, ...] = ()) -> None:
        """Put them in; `wide` are those that share what is left."""
        super().__init__()
        self._line = BesideLayout(self, frozenset(parts.index(one) for one in wide))
        for part in parts:
            self._line.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class BesideLayout(FlowLayout):
    """The layout of such a line."""

    def __init__(self, parent: QWidget, wide: frozenset[int]) -> None:
        """Make it; `wide` are the places of the items that share what is left."""
        super().__init__(parent, 16, 12)
        self._wide = wide

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        return QSize(max((self._least(at) for at in range(self.count())), default=0), 0)

    def sizeHint(self) -> QSize:
        """Return the width of the whole in one line."""
        wide = sum(self._least(at) + self.spacing() for at in range(self.count()))
        return QSize(wide, self.heightForWidth(wide))

    def _place(self, rect: QRect, move: bool) -> int:
        y = rect.y()
        for line in self._broken(rect.width()):
            widths = self._widths(line, rect.width())
            items = [item for at in line if (item := self._items.at(at)) is not None]
            heights = [_height(item, wide) for item, wide in zip(items, widths, strict=True)]
            x = rect.x()
            for item, wide, high in zip(items, widths, heights, strict=True):
                if move:
                    item.setGeometry(QRect(x, y + max(heights) - high, wide, high))
                x += wide + self.spacing()
            y += max(heights) + theme.px(self._between_lines)
        return max(0, y - theme.px(self._between_lines) - rect.y())

    def _broken(self, width: int) -> list[list[int]]:
        """Return the places of the items line by line, as they fit into a width."""
        lines: list[list[int]] = []
        used = 0
        for at in range(self.count()):
            item = self._items.at(at)
            widget = item.widget() if item else None
            if widget and widget.isHidden():
                continue
            needs = self._least(at) + self.spacing()
            if not lines or used + needs > width + self.spacing():
                lines.append([])
                used = 0
            lines[-1].append(at)
            used += needs
        return lines

    def _widths(self, line: list[int], width: int) -> list[int]:
        """Return the widths of a line: those that share are alike where each has enough, as columns over lines."""
        found = {at: self._least(at) for at in line}
        sharing = sorted((at for at in line if at in self._wide), key=lambda at: -found[at])
        left = (
            width - self.spacing() * (len(line) - 1) - sum(found[at] for at in line if at not in self._wide)
        )
        for done, at in enumerate(sharing):
            found[at] = max(found[at], left // (len(sharing) - done))
            left -= found[at]
        return [min(found[at], width) for at in line]

    def _least(self, at: int) -> int:
        item = self._items.at(at)
        if item is None:
            return 0
        if at in self._wide:
            return max(item.minimumSize().width(), theme.px(LEAST))
        return item.sizeHint().width()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
