"""Small pages beside the document: drawn by another thread, those in sight first, the others when there is time."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from referral_app.ui import theme

WIDTH = 140
PICTURE = 108
LETTER = 11 / 8.5
AFTER = 120
"""Milliseconds to the first small page, so that the page itself comes first."""


class Thumbnails(QListWidget):
    """A list of small pages; the row is the page, from 0."""

    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        """Show no page yet; `document` must outlive the list, whose other thread reads it."""
        super().__init__(parent)
        self.setObjectName("previewThumbnails")
        self.setAccessibleName("Small pages")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.scale(self, width=WIDTH)
        self._document = document
        self._drawer = QPdfPageRenderer(self)
        self._drawer.setDocument(document)
        self._drawer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._drawer.pageRendered.connect(self._drawn)
        self._missing: set[int] = set()
        self._shapes: list[float] = []
        self._asked = 0
        self._later = QTimer(self, singleShot=True, interval=AFTER)
        self._later.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(self._wake)

    def stop(self) -> None:
        """Draw nothing more; the document is about to be another one."""
        self._later.stop()
        self._missing.clear()
        self._asked = 0

    def show_pages(self, shapes: list[float]) -> None:
        """Begin with empty pages, given by height over width of each."""
        self.stop()
        self._shapes = shapes
        self.blockSignals(True)
        self.clear()
        self.setIconSize(QSize(theme.px(PICTURE), theme.px(PICTURE * LETTER)))
        empty: dict[QSize, QIcon] = {}
        for page in range(len(shapes)):
            size = self._size(page)
            if size not in empty:
                empty[size] = _icon(QPixmap(), size)
            item = QListWidgetItem(empty[size], str(page + 1), self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Page {page + 1} of {len(shapes)}")
        self.setCurrentRow(0)
        self.blockSignals(False)
        self._missing = set(range(len(shapes)))
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not while nobody saw it."""
        super().showEvent(event)
        self._wake()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw what has come into sight."""
        super().resizeEvent(event)
        self._wake()

    def _wake(self) -> None:
        if self._missing and not self._asked and not self._later.isActive():
            self._later.start()

    def _draw_next(self) -> None:
        """Ask for the small page that is wanted most; one at a time, so that one in sight never waits for others."""
        if self._asked or not self._missing or not self.isVisible():
            return
        first, last = self._in_sight()
        page = min(self._missing, key=lambda one: (max(first - one, one - last, 0), one))
        ratio = self.devicePixelRatioF()
        self._asked = self._drawer.requestPage(page, self._size(page) * ratio)

    def _in_sight(self) -> tuple[int, int]:
        middle, low = self.viewport().width() // 2, self.viewport().height()
        found = [self.indexAt(QPoint(middle, at)).row() for at in range(8, max(low, 9), theme.px(24))]
        seen = [row for row in found if row >= 0]
        return (seen[0], seen[-1]) if seen else (0, 0)

    def _drawn(self, page: int, _size: QSize, picture: QImage, _options: object, asked: int) -> None:
        if asked != self._asked:
            return
        self._asked = 0
        self._missing.discard(page)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.item(page).setIcon(_icon(QPixmap.fromImage(picture), self._size(page)))
        self._draw_next()

    def _size(self, page: int) -> QSize:
        """Return how large a small page is: as wide as there is room, or as high where it is a tall one."""
        side = theme.px(PICTURE)
        return QSize(side, round(side * min(self._shapes[page], 2 * LETTER)))

    @property
    def drawn(self) -> int:
        """How many small pages are drawn."""
        return len(self._shapes) - len(self._missing)


def _icon(picture: QPixmap, size: QSize) -> QIcon:
    """Return a small page on white with an edge, the same when it is selected."""
    ratio = picture.devicePixelRatio() if not picture.isNull() else 1.0
    ground = QPixmap(size * ratio)
    ground.setDevicePixelRatio(ratio)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    painter.drawPixmap(0, 0, picture)
    painter.setPen(theme.color("border"))
    painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
    painter.end()
    made = QIcon(ground)
    made.addPixmap(ground, QIcon.Mode.Selected)
    return made
