"""A line to type into and what it finds below, for codes, surgeons and patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from referral_app.ui import theme
from referral_app.ui.widgets import labels


@dataclass(frozen=True)
class Offer:
    """One thing found: what it is, its words, and a second line of smaller words."""

    value: Any
    title: str
    detail: str = ""

    @property
    def words(self) -> str:
        """The words of both lines."""
        return f"{self.title}\n{self.detail}" if self.detail else self.title


class Finder(QWidget):
    """Ask while typing; Down goes into what was found, Enter takes the current row."""

    asked = Signal(str)
    picked = Signal(object)

    def __init__(self, name: str, path: str, delay: int = 150, tab_takes: bool = False) -> None:
        """Make the line and its list; `delay` is the pause in ms after which it asks.

        With `tab_takes` leaving the line with Tab takes the current row, as Enter does.
        """
        super().__init__()
        self._tab_takes = tab_takes
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setObjectName(path)
        self.found = QListWidget()
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.found.setAccessibleName(f"{name}: found")
        self.found.setObjectName(f"{path}.found")
        self.nothing = labels.muted("")
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.scale(column, spacing=4)
        self._frame = QFrame()
        theme.role(self._frame, "card")
        inside = QVBoxLayout(self._frame)
        theme.scale(inside, margins=4)
        inside.addWidget(self.found)
        for widget in (self.edit, self._frame, self.nothing):
            column.addWidget(widget)
        self._frame.hide()
        self.nothing.hide()

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        self.found.installEventFilter(self)
        self._timer.timeout.connect(self._ask)
        self.found.itemClicked.connect(self._take)

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def _ask(self) -> None:
        self.asked.emit(self.edit.text().strip())

    def offer(self, offers: Sequence[Offer], nothing: str = "") -> None:
        """Show what was found, or the words that say that nothing was."""
        self.found.clear()
        for offer in offers:
            item = QListWidgetItem(offer.words, self.found)
            item.setData(Qt.ItemDataRole.UserRole, offer)
        self._frame.setVisible(bool(offers))
        self.nothing.setText(nothing)
        self.nothing.setVisible(bool(nothing) and not offers)
        if offers:
            self.found.setCurrentRow(0)
            self._fit()
            QTimer.singleShot(0, self._frame, self._show_found)

    def _fit(self) -> None:
        rows = min(6, self.found.count())
        height = sum(self.found.sizeHintForRow(row) for row in range(rows))
        self.found.setFixedHeight(height + 2 * self.found.frameWidth() + 4)

    def _show_found(self) -> None:
        """Scroll what was found into sight."""
        parent = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(self._frame, 0, theme.px(24))
            parent = parent.parentWidget()

    def clear(self) -> None:
        """Forget what was typed and found."""
        self.edit.clear()
        self._timer.stop()
        self.offer([])

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(cast(Offer, item.data(Qt.ItemDataRole.UserRole)).value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go between line and list, take the current row, and close the list."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = cast(QKeyEvent, event).key()
        shown = not self._frame.isHidden()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not cast(QKeyEvent, event).modifiers():
            return self._enter(shown)
        if key == Qt.Key.Key_Tab and self._tab_takes and watched is self.edit:
            self.take_shown()
            return False
        if key == Qt.Key.Key_Escape and shown:
            self.offer([])
            self.edit.setFocus()
            return True
        if shown and watched is self.edit and key == Qt.Key.Key_Down:
            self.found.setFocus()
            return True
        if watched is self.found and key == Qt.Key.Key_Up and self.found.currentRow() == 0:
            self.edit.setFocus()
            return True
        return False

    def take_shown(self) -> None:
        """Take the current row of what fits the words in the line, if anything does."""
        if self._timer.isActive():
            self._timer.stop()
            self._ask()
        if not self._frame.isHidden():
            self._take(self.found.currentItem())

    def _enter(self, shown: bool) -> bool:
        if self._timer.isActive():
            self._timer.stop()
            self._ask()
        elif shown:
            self._take(self.found.currentItem())
        else:
            return bool(self.edit.text().strip())  # with nothing typed, Enter goes on to the next answer
        return True
