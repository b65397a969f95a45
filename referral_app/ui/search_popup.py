"""What the one search box found, below it: surgeons, patients and referrals in groups, by keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from referral_app.ui import icons, theme
from referral_app.ui.widgets import labels

if TYPE_CHECKING:
    from referral_app.services.search import Hit

GROUPS = {
    "surgeon": ("Surgeons", "surgeons"),
    "patient": ("Patients", "patients"),
    "referral": ("Referrals", "referrals"),
}
ROWS = 14
WIDE = 760
"""Width at 100 % in which the answer to “where is my referral?” stands in two lines."""
HIT_ROLE = Qt.ItemDataRole.UserRole


class SearchPopup(QFrame):
    """A list over the page; `opened(kind, id)` when a line is chosen. Esc gives the focus back to the box."""

    opened = Signal(str, str)

    def __init__(self, window: QWidget, box: QLineEdit) -> None:
        """Make it hidden, as a child of the window (a popup window would take the keyboard away)."""
        super().__init__(window)
        self.setObjectName("searchPopup")
        theme.role(self, "card")
        self._box, self._window = box, window
        self._nothing = labels.muted("")
        self.list = QListWidget()
        self.list.setObjectName("searchResults")
        self.list.setAccessibleName("Search results")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        theme.scale(column, margins=6, spacing=0)
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        self.hide()

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found for a text, or that nothing was."""
        self.list.clear()
        kind = ""
        for hit in hits:
            if hit.kind != kind and not hit.below:
                kind = hit.kind
                self.list.addItem(_group(GROUPS[kind][0]))
            self.list.addItem(_line(hit, self._wide() - theme.px(64)))
        self._nothing.setText(
            ""
            if hits
            else f"Nothing is called “{text}”. Try a last name, a date of birth, or a reference number."
        )
        self._nothing.setVisible(not hits)
        self.list.setVisible(bool(hits))
        self._place()
        self.show()
        self.raise_()

    def enter(self) -> None:
        """Give the list the focus, at its first line."""
        if self.isVisible() and self.list.count() > 1:
            self.list.setCurrentRow(1)
            self.list.setFocus()

    def open_first(self) -> None:
        """Open the first line."""
        if self.isVisible() and self.list.count() > 1:
            self._open(self.list.item(1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the box on Esc or on Up from the first line."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            up = event.key() == Qt.Key.Key_Up and self.list.currentRow() <= 1
            if up or event.key() == Qt.Key.Key_Escape:
                self._box.setFocus()
                self._box.selectAll()
                if not up:
                    self.hide()
                return True
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        rows = [self.list.sizeHintForRow(at) for at in range(min(self.list.count(), ROWS))]
        tall = sum(rows) + theme.px(20) if rows else theme.px(56)
        corner = self._box.mapTo(self._window, QPoint(0, self._box.height() + theme.px(4)))
        room = self._window.height() - corner.y() - theme.px(16)
        self.setGeometry(corner.x(), corner.y(), self._wide(), min(tall, room))

    def _wide(self) -> int:
        """Return how wide it is: as the window has room, from the left edge of the box."""
        left = self._box.mapTo(self._window, QPoint(0, 0)).x()
        return min(max(self._box.width(), theme.px(WIDE)), self._window.width() - left - theme.px(16))

    def _open(self, item: QListWidgetItem) -> None:
        hit: Any = item.data(HIT_ROLE)
        if hit:
            self.hide()
            self.opened.emit(*hit)


def _group(title: str) -> QListWidgetItem:
    item = QListWidgetItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(theme.font(12, bold=True))
    item.setForeground(theme.color("muted"))
    item.setSizeHint(QSize(0, theme.px(30)))
    return item


def _line(hit: Hit, room: int) -> QListWidgetItem:
    """Return a line; a referral stands in two, where it is and what comes next, or in three where room is short."""
    words = f"{hit.title}   {hit.detail}"
    if hit.kind == "referral":
        where, _, rest = hit.detail.partition(" · ")
        if QFontMetrics(theme.font(13)).horizontalAdvance(rest) > room:
            rest = rest.replace(" · next: ", "\nnext: ", 1)
        words = f"{hit.title}   {where}\n{rest}" if rest else words
    item = QListWidgetItem(icons.icon(GROUPS[hit.kind][1], "muted", 16), words)
    item.setData(HIT_ROLE, (hit.kind, hit.id))
    item.setSizeHint(QSize(0, theme.px(34 + 18 * words.count("\n"))))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{GROUPS[hit.kind][0][:-1]}: {hit.title}, {hit.detail}")
    return item
