"""The items of a layout that is written in Python."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QLayoutItem, QWidget, QWidgetItem


class LayoutItems:
    """Items in their order, each kept with the widget that it holds.

    WORKAROUND: PySide 6.11.3 now and then takes the item that Qt made for a widget for deleted, although it lives; the
    exception of the layout that asks it then ends the process, as when the look was changed after a form had been
    open. Such an item is replaced by one that Python made, which PySide leaves alone.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._items: list[QLayoutItem] = []
        self._widgets: list[QWidget | None] = []

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def add(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)
        self._widgets.append(item.widget())

    def all(self) -> list[QLayoutItem]:
        """Return all of them."""
        self._mend()
        return list(self._items)

    def at(self, index: int) -> QLayoutItem | None:
        """Return the one at a place, or None."""
        if not 0 <= index < len(self._items):
            return None
        if not shiboken6.isValid(self._items[index]):
            self._mend()
        return self._items[index] if index < len(self._items) else None

    def take(self, index: int) -> QLayoutItem | None:
        """Give the one at a place away, or None."""
        found = self.at(index)
        if found is not None:
            del self._items[index], self._widgets[index]
        return found

    def _mend(self) -> None:
        for index in range(len(self._items) - 1, -1, -1):
            if shiboken6.isValid(self._items[index]):
                continue
            widget = self._widgets[index]
            if widget is not None and shiboken6.isValid(widget):
                self._items[index] = QWidgetItem(widget)
            else:
                del self._items[index], self._widgets[index]
