"""The queues as tiles: how many wait, and since when the oldest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.pile_words import days
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import row

if TYPE_CHECKING:
    from referral_app.services.referral_records import Queue

ICONS = {
    "draft": "draft", "missing": "missing", "ready": "ready", "returned": "review", "sign": "signed", "signed": "sent",
    "sent": "waiting",
}  # fmt: skip
TONES = {
    "draft": "muted", "missing": "warning", "ready": "ok", "returned": "warning", "sign": "info", "signed": "info",
    "sent": "info",
}  # fmt: skip
LABELS = {
    "draft": "Draft",
    "missing": "Missing something",
    "ready": "To hand over",
    "returned": "Returned",
    "sign": "To sign",
    "signed": "Signed and not sent",
    "sent": "Sent and not answered",
}
NARROWEST = 164


class Tile(QPushButton):
    """One queue; pressing it shows the queue."""

    def __init__(self, key: str) -> None:
        """Make it with no count yet."""
        super().__init__()
        self.key = key
        self.setObjectName(f"queue_{key}")
        theme.role(self, "tile")
        self._count, self._oldest = QLabel("–"), labels.muted(" ")
        theme.role(self._count, "number")
        self._oldest.setWordWrap(False)
        column = QVBoxLayout(self)
        theme.scale(column, margins=(16, 12, 16, 12), spacing=2)
        label = labels.strong(LABELS[key])
        label.setWordWrap(True)
        column.addLayout(row(labels.picture(ICONS[key], 20, TONES[key]), self._count, None, spacing=10))
        column.addWidget(label)
        column.addWidget(self._oldest)
        column.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(LABELS[key])

    def show_queue(self, queue: Queue) -> None:
        """Show the count and the age of the oldest."""
        oldest = f"oldest {age(queue.oldest)}" if queue.oldest else ""  # read a moment after the counts
        said = oldest if queue.count else "nothing waits"
        self._count.setText(str(queue.count))
        self._oldest.setText(said.capitalize() or " ")
        self.setAccessibleName(", ".join(filter(None, (f"{LABELS[self.key]}: {queue.count}", said))))


class Tiles(QWidget):
    """All queues, in as many columns as fit; `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, first: str = "") -> None:
        """Make a tile for each queue; one may come first."""
        super().__init__()
        self._columns = 0
        self._tiles = {key: Tile(key) for key in sorted(LABELS, key=lambda key: key != first)}
        self._grid = QGridLayout(self)
        theme.scale(self._grid, margins=0, spacing=16)
        for tile in self._tiles.values():
            tile.clicked.connect(self._choose)
        self._arrange(len(self._tiles))

    def show_queues(self, queues: list[Queue]) -> None:
        """Show the counts."""
        for queue in queues:
            if queue.key in self._tiles:
                self._tiles[queue.key].show_queue(queue)

    def minimumSizeHint(self) -> QSize:
        """Return the room of one column, so that the tiles can go below each other."""
        return QSize(theme.px(NARROWEST), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many columns as fit."""
        super().resizeEvent(event)
        fits = (self.width() + theme.px(16)) // theme.px(NARROWEST + 16)
        columns = max(1, min(fits, len(self._tiles)))
        lines = -(-len(self._tiles) // columns)
        self._arrange(-(-len(self._tiles) // lines))  # as many in each line, with none left over in the last

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, at // columns, at % columns)
        for at in range(len(self._tiles)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def _choose(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile):
            self.chosen.emit(tile.key)


def age(day: date, today: date | None = None) -> str:
    """Return how long ago a day was: "today", "1 day", "12 days"."""
    passed = ((today or date.today()) - day).days
    return days(passed) if passed > 0 else "today"
