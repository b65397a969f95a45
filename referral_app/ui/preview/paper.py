"""The pages of a PDF with their thumbnails, search and zoom."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QListView, QListWidget, QListWidgetItem, QWidget

from referral_app.ui import theme

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
THUMBNAIL = 108


class Paper(QWidget):
    """Thumbnails at the left, pages at the right."""

    moved = Signal()

    def __init__(self) -> None:
        """Show no document yet."""
        super().__init__()
        # The view draws in a thread of its own: it must go before the document, and children go in the order of making.
        self.view = QPdfView(self)
        self.found = QPdfSearchModel(self)
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view.setObjectName("previewPages")
        self.view.setAccessibleName("Pages of the document")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.found.setDocument(self.document)
        self.view.setSearchModel(self.found)
        self.thumbnails = self._build_thumbnails()
        self._next_thumbnail = 0
        self._drawing = QTimer(self, interval=0)
        self._drawing.timeout.connect(self._draw_thumbnail)
        row = QHBoxLayout(self)
        theme.scale(row, margins=0, spacing=0)
        row.addWidget(self.thumbnails)
        row.addWidget(self.view, 1)
        self.view.pageNavigator().currentPageChanged.connect(self._page_changed)

    def _build_thumbnails(self) -> QListWidget:
        found = QListWidget()
        found.setObjectName("previewThumbnails")
        found.setAccessibleName("Small pages")
        found.setViewMode(QListView.ViewMode.IconMode)
        found.setFlow(QListView.Flow.TopToBottom)
        found.setWrapping(False)
        found.setMovement(QListView.Movement.Static)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.scale(found, width=140)
        found.currentRowChanged.connect(self.go_to)
        return found

    # The document

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF from memory, so that no file is left on the disk or locked."""
        self.document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._fill_thumbnails()
        self.go_to(0)
        self.moved.emit()

    def _fill_thumbnails(self) -> None:
        """Begin with empty pages; one after the other is drawn when there is time."""
        self.thumbnails.blockSignals(True)
        self.thumbnails.clear()
        side = theme.px(THUMBNAIL)
        self.thumbnails.setIconSize(QSize(side, round(side * 11 / 8.5)))
        for page in range(self.pages()):
            item = QListWidgetItem(_icon(QPixmap(), self._thumbnail(page)), str(page + 1), self.thumbnails)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Page {page + 1}")
        self.thumbnails.setCurrentRow(0)
        self.thumbnails.blockSignals(False)
        self._next_thumbnail = 0
        self._drawing.start()

    def _draw_thumbnail(self) -> None:
        page = self._next_thumbnail
        if page >= self.pages():
            self._drawing.stop()
            return
        size = self._thumbnail(page)
        picture = QPixmap.fromImage(self.document.render(page, size))
        self.thumbnails.item(page).setIcon(_icon(picture, size))
        self._next_thumbnail += 1

    def _thumbnail(self, page: int) -> QSize:
        side = theme.px(THUMBNAIL)
        return QSize(side, round(side * self._shape(page)))

    def _shape(self, page: int) -> float:
        size = self.document.pagePointSize(page)
        return size.height() / size.width() if size.width() else 1.3

    def pages(self) -> int:
        """Return how many pages there are."""
        return max(0, self.document.pageCount())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the zoom anew: it follows the width."""
        super().resizeEvent(event)
        self.thumbnails.setVisible(self.width() >= theme.px(140 + 360))
        QTimer.singleShot(0, self, self.moved.emit)

    # Moving

    def page(self) -> int:
        """Return the page in sight, from 0."""
        return self.view.pageNavigator().currentPage()

    def go_to(self, page: int) -> None:
        """Show a page."""
        if 0 <= page < self.pages():
            self.view.pageNavigator().jump(page, QPointF())

    def next_page(self) -> None:
        """Show the next page."""
        self.go_to(self.page() + 1)

    def page_before(self) -> None:
        """Show the page before."""
        self.go_to(self.page() - 1)

    def _page_changed(self, page: int) -> None:
        self.thumbnails.blockSignals(True)
        self.thumbnails.setCurrentRow(page)
        self.thumbnails.blockSignals(False)
        self.moved.emit()

    # Zoom

    def fit_width(self) -> None:
        """Make a page as wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.moved.emit()

    def zoom(self, steps: int) -> None:
        """Zoom in or out by steps."""
        now = self._factor()
        larger = [one for one in ZOOMS if one > now + 0.01]
        smaller = [one for one in ZOOMS if one < now - 0.01]
        wanted = larger[:1] if steps > 0 else smaller[-1:]
        if wanted:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(wanted[0])
            self.moved.emit()

    def _factor(self) -> float:
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom:
            return self.view.zoomFactor()
        points = self.document.pagePointSize(max(0, self.page())).width()
        return self.view.viewport().width() / (points * self.logicalDpiX() / 72) if points else 1.0

    def percent(self) -> int:
        """Return the zoom in percent."""
        return round(self._factor() * 100)

    # Search

    def search(self, text: str) -> None:
        """Mark every place of a text."""
        self.found.setSearchString(text)
        self._at = -1
        self.moved.emit()

    _at = -1

    def hits(self) -> int:
        """Return how often the text was found."""
        return self.found.rowCount(QModelIndex())

    def next_hit(self) -> None:
        """Show the next place of the text."""
        if not self.hits():
            return
        self._at = (self._at + 1) % self.hits()
        link = self.found.resultAtIndex(self._at)
        self.view.setCurrentSearchResultIndex(self._at)
        self.view.pageNavigator().jump(link.page(), link.location(), self.view.pageNavigator().currentZoom())
        self.moved.emit()

    def hit(self) -> int:
        """Return the number of the place in sight, from 1; 0 before the first."""
        return self._at + 1


def _icon(picture: QPixmap, size: QSize) -> QIcon:
    """Return a small page on white with an edge, the same when it is selected."""
    ground = QPixmap(size)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    painter.drawPixmap(0, 0, picture)
    painter.setPen(theme.color("border"))
    painter.drawRect(ground.rect().adjusted(0, 0, -1, -1))
    painter.end()
    made = QIcon(ground)
    made.addPixmap(ground, QIcon.Mode.Selected)
    return made
