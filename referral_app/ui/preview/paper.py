"""The pages of a PDF with their thumbnails, search and zoom."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.preview.thumbnails import LETTER, WIDTH, Thumbnails

ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
NOTCH = 120
"""How far a wheel turns by one notch, in eighths of a degree."""


class Pages(QPdfView):
    """The pages at their size; Ctrl and the wheel zoom."""

    zoomed = Signal(int)

    _turned = 0

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom by the notch with Ctrl, else scroll."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= NOTCH:
            self.zoomed.emit(1 if self._turned > 0 else -1)
            self._turned = 0
        event.accept()


class Paper(QWidget):
    """Thumbnails at the left, pages at the right; `first_drawn` once the first page of a document is there."""

    moved = Signal()
    first_drawn = Signal()

    def __init__(self) -> None:
        """Show no document yet."""
        super().__init__()
        # What draws in a thread of its own must go before the document, and children go in the order of making.
        self.view = Pages(self)
        self.found = QPdfSearchModel(self)
        self._left = QWidget(self)
        self.document = QPdfDocument(self)
        self.thumbnails = Thumbnails(self.document, self._left)
        self._buffer: QBuffer | None = None
        self._at, self._fresh = -1, False
        self._set_up_view()
        self._lay_out()
        self._telling = QTimer(self, singleShot=True, interval=300)
        self._telling.timeout.connect(self._tell)
        self.thumbnails.currentRowChanged.connect(self.go_to)
        self.view.pageNavigator().currentPageChanged.connect(self._page_changed)
        self.view.zoomed.connect(self.zoom)

    def _set_up_view(self) -> None:
        view = self.view
        view.setObjectName("previewPages")
        view.setAccessibleName("Pages of the document")
        view.setDocument(self.document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.found.setDocument(self.document)
        view.setSearchModel(self.found)
        drawer = view.findChild(QPdfPageRenderer)
        if drawer is not None:
            drawer.pageRendered.connect(self._page_drawn)

    def _lay_out(self) -> None:
        inner = QHBoxLayout(self._left)
        theme.scale(inner, margins=0, spacing=0)
        inner.addWidget(self.thumbnails)
        row = QHBoxLayout(self)
        theme.scale(row, margins=0, spacing=0)
        row.addWidget(self._left)
        row.addWidget(self.view, 1)

    # The document

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF from memory, so that no file is left on the disk or locked."""
        self.thumbnails.stop()
        self.document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._fresh = True
        self.document.load(self._buffer)
        self.thumbnails.show_pages([self._shape(page) for page in range(self.pages())])
        self._at = -1
        self.go_to(0)
        self.moved.emit()

    def _shape(self, page: int) -> float:
        size = self.document.pagePointSize(page)
        return size.height() / size.width() if size.width() else LETTER

    def _page_drawn(self) -> None:
        if self._fresh:
            self._fresh = False
            self.first_drawn.emit()

    def pages(self) -> int:
        """Return how many pages there are."""
        return max(0, self.document.pageCount())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the zoom anew: it follows the width."""
        super().resizeEvent(event)
        self._left.setVisible(self.width() >= theme.px(WIDTH + 360))
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
        self._telling.start()
        self.moved.emit()

    def _tell(self) -> None:
        """Say to assistive technology which page is in sight and, where some listens, what is written there."""
        page, words = self.page(), f"Page {self.page() + 1} of {self.pages()}"
        self.view.setAccessibleName(f"{words} of the document")
        if QAccessible.isActive() and 0 <= page < self.pages():
            self.view.setAccessibleDescription(self.document.getAllText(page).text())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, words))

    # Zoom

    def fit_width(self) -> None:
        """Make a page as wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.moved.emit()

    def fit_page(self) -> None:
        """Make a whole page fit into the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
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
        mode, size = self.view.zoomMode(), self.document.pagePointSize(max(0, self.page()))
        if mode is QPdfView.ZoomMode.Custom or size.isEmpty():
            return self.view.zoomFactor()
        room, inch = self.view.viewport().size(), self.logicalDpiX() / 72
        wide = room.width() / (size.width() * inch)
        return (
            wide
            if mode is QPdfView.ZoomMode.FitToWidth
            else min(wide, room.height() / (size.height() * inch))
        )

    def percent(self) -> int:
        """Return the zoom in percent."""
        return round(self._factor() * 100)

    # Search

    def search(self, text: str) -> None:
        """Mark every place of a text."""
        self.found.setSearchString(text)
        self._at = -1
        self.moved.emit()

    def hits(self) -> int:
        """Return how often the text was found."""
        return self.found.rowCount(QModelIndex())

    def next_hit(self) -> None:
        """Show the next place of the text."""
        self._go_to_hit(self._at + 1)

    def hit_before(self) -> None:
        """Show the place of the text before."""
        self._go_to_hit(self._at - 1 if self._at >= 0 else -1)

    def _go_to_hit(self, at: int) -> None:
        if not self.hits():
            return
        self._at = at % self.hits()
        link = self.found.resultAtIndex(self._at)
        self.view.setCurrentSearchResultIndex(self._at)
        self.view.pageNavigator().jump(link.page(), link.location(), self.view.pageNavigator().currentZoom())
        self.moved.emit()

    def hit(self) -> int:
        """Return the number of the place in sight, from 1; 0 before the first."""
        return self._at + 1
