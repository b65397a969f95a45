"""Pages and forms that scroll where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QWidget

from referral_app.ui import theme


def scrolled(content: QWidget, name: str = "") -> QScrollArea:
    """Return an area in which a widget scrolls; it is no stop of the Tab key."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    theme.role(content, "page")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area


class Held(QWidget):
    """Holds a page that scrolls by itself: as large as the room, and never smaller than the page must be.

    A scroll area would give the page the height that all its words would like; this holder has no such wish.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__()
        self._page: QWidget | None = None
        theme.role(self, "page")

    def hold(self, page: QWidget) -> None:
        """Take the page."""
        self._page = page
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the least that the page needs at this width: buttons that go on in a second line take room below."""
        page = self._page
        if page is None:
            return QSize(0, 0)
        least, lines = page.minimumSizeHint().expandedTo(page.minimumSize()), page.layout()
        tall = lines.totalMinimumHeightForWidth(self.width()) if lines and lines.hasHeightForWidth() else 0
        return QSize(least.width(), max(least.height(), tall))

    def event(self, event: QEvent) -> bool:
        """Pass on that the page needs another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page all the room."""
        if self._page:
            self._page.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def centered(content: QWidget, max_width: int) -> QWidget:
    """Return a widget that keeps its content at the left, no wider than `max_width`."""
    made = QWidget()
    theme.role(made, "page")
    row = QHBoxLayout(made)
    theme.scale(row, margins=0, spacing=0)
    theme.scale(content, max_width=max_width)
    row.addWidget(content, 100)
    row.addStretch(1)
    return made


def fit(dialog: QDialog, area: QScrollArea, width: int) -> None:
    """Give a dialog the size of its scrolling body, as far as the screen has room."""
    body = area.widget() or area
    wide = max(theme.px(width), body.minimumSizeHint().width() + theme.px(48))
    tall = body.heightForWidth(wide) if body.hasHeightForWidth() else body.sizeHint().height()
    rest = dialog.sizeHint().height() - area.sizeHint().height()
    room = dialog.screen().availableSize()
    dialog.resize(min(wide, room.width() - 40), min(tall + rest + theme.px(8), room.height() - 80))
