"""Filters, list and detail side by side, folding by what fits at the zoom in use."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from referral_app.ui import icons, theme
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons


class Panes(QWidget):
    """Up to three panes; where they do not fit, the detail becomes a drawer, then the filters too.

    `left_shown(bool)` and `right_shown(bool)` say whether filters and detail are in sight,
    `closed` that the drawer gave way to the list again.
    """

    left_shown = Signal(bool)
    right_shown = Signal(bool)
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        name: str,
        main: QWidget,
        right: QWidget,
        left: QWidget | None = None,
        widths: tuple[int, int, int] = (240, 340, 400),
        share: float = 0.0,
    ) -> None:
        """Take the panes; `widths` is what left, main and right need, `share` what right takes of ample room."""
        super().__init__()
        self._store = QSettings(str(desk.paths.window), QSettings.Format.IniFormat)
        self._key = f"panes/{name}"
        self._widths = widths if left else (0, *widths[1:])
        self._share = float(str(self._store.value(self._key, share)))
        self._left, self._main, self._right = left, main, _Drawer(name, right)
        self._left_wanted, self._left_forced, self._opened = True, False, False
        self._left_was: bool | None = None
        self._right_was: bool | None = None
        self._right.back.clicked.connect(self.close_right)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName(f"{name}Splitter")
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for pane in filter(None, (left, main, self._right)):
            self._splitter.addWidget(pane)
        self._splitter.splitterMoved.connect(self._remember)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self._splitter)

    def need(self, width: int) -> None:
        """Say how wide the main pane has to be from now on."""
        self._widths = (self._widths[0], width, self._widths[2])
        self._arrange()

    def open_right(self) -> bool:
        """Bring the detail into sight; return whether the list had to give way."""
        self._opened = True
        self._arrange()
        return self._main.isHidden()

    def close_right(self) -> None:
        """Bring the list back."""
        covered = self._main.isHidden()
        self._opened = False
        self._arrange()
        if covered:
            self.closed.emit()

    def show_left(self, wanted: bool) -> None:
        """Show the filters, in place of the list where there is no room beside it, or hide them."""
        left, main, _ = (theme.px(width) for width in self._widths)
        self._left_forced = wanted
        if wanted or self.width() >= left + main:
            self._left_wanted = wanted
        if wanted and not self._all_fit():
            self._opened = False
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least that is needed: in a splitter Qt forgets what goes on in a second line."""
        least, panes = super().minimumSizeHint(), filter(None, (self._left, self._main, self._right))
        tall = max((_tall(pane) for pane in panes if not pane.isHidden()), default=0)
        return QSize(least.width(), max(least.height(), tall))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the new width."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the drawer with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._opened and not self._all_fit():
            self.close_right()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Fold by the new zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_splitter"):
            self._arrange()

    def _all_fit(self) -> bool:
        left, main, right = (theme.px(width) for width in self._widths)
        return self.width() >= (left if self._left_wanted else 0) + main + right

    def _arrange(self) -> None:
        shown = self._which()
        for pane in filter(None, (self._left, self._main, self._right)):
            if pane.isHidden() == (pane in shown):
                pane.setVisible(pane in shown)
        self._right.head.setVisible(not self._all_fit())
        self._right.say(self._main not in shown)
        self._set_sizes(shown)
        if self._left is not None and self._left_was != (self._left in shown):
            self._left_was = self._left in shown
            self.left_shown.emit(self._left_was)
        if self._right_was != (self._right in shown):
            self._right_was = self._right in shown
            self.right_shown.emit(self._right_was)

    def _which(self) -> list[QWidget]:
        """Return the panes that fit, most wanted first."""
        left, main, right = (theme.px(width) for width in self._widths)
        beside = [self._left] if self._left is not None and self._left_wanted else []
        if self._all_fit():
            return [*beside, self._main, self._right]
        if self._opened:
            return [self._main, self._right] if self.width() >= main + right else [self._right]
        if beside and self.width() >= left + main:
            return [*beside, self._main]
        return beside if beside and self._left_forced else [self._main]

    def _set_sizes(self, shown: list[QWidget]) -> None:
        left, main, right = (theme.px(width) for width in self._widths)
        left = left if self._left in shown and len(shown) > 1 else 0
        room = self.width() - left
        right = min(max(right, round(self._share * self.width())), max(room - main, right))
        right = right if self._right in shown else 0
        sizes = {self._left: left or room, self._main: room - right, self._right: right}
        panes = [self._splitter.widget(at) for at in range(self._splitter.count())]
        self._splitter.setSizes([sizes[pane] if pane in shown else 0 for pane in panes])

    def _remember(self) -> None:
        if not self._right.isHidden() and not self._main.isHidden():
            self._share = round(self._right.width() / max(1, self.width()), 3)
            self._store.setValue(self._key, self._share)


def _tall(pane: QWidget) -> int:
    """Return the height that a pane needs at its width."""
    lines = pane.layout()
    return lines.totalMinimumHeightForWidth(pane.width()) if lines and lines.hasHeightForWidth() else 0


class _Drawer(QFrame):
    """The detail, with a way back to the list where that had to give way."""

    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        theme.role(self, "panel")
        self.back = buttons.outlined("Back to the list", f"{name}Back", icon="back")
        self.head = QWidget()
        line = QVBoxLayout(self.head)
        theme.scale(line, margins=(20, 12, 20, 0), spacing=0)
        line.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self.head)
        column.addWidget(content, 1)
        self.head.hide()

    def say(self, covers: bool) -> None:
        """Say what the button does: go back to the list, or close the drawer beside it."""
        icons.put(self.back, "back" if covers else "close", 16)
        self.back.setText("Back to the list" if covers else "Close")
