"""Printing a PDF: each page is drawn as a picture, at the resolution of the printer up to 300 dpi."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk

MOST_DPI = 300
JOB_NAME = "Referral desk"
"""What the queue of the printer shows; never a patient's name."""
REFUSED = "The printer did not take the document"


def print_pdf(
    parent: QWidget,
    desk: Desk,
    content: bytes,
    said: Callable[[str], object],
    note: Callable[[], object] | None = None,
) -> None:
    """Ask for a printer and print there in the background, once `note` said in the audit what is printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(JOB_NAME)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("printDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: _start(parent, desk, content, printer, said, note))
    QDialog.open(dialog)


def _start(
    parent: QWidget,
    desk: Desk,
    content: bytes,
    printer: QPrinter,
    said: Callable[[str], object],
    note: Callable[[], object] | None,
) -> None:
    def work(progress: Progress, canceled: Canceled) -> str:
        if note:
            note()
        return paint(content, printer, progress, canceled)

    desk.background.job(parent, "Printing", work, said, lambda error: said(_why(error)))


def _why(error: Exception) -> str:
    """Return why nothing was printed: what cannot be noted is not printed either."""
    return str(error) if isinstance(error, InvalidInput | StoreProblem) else REFUSED


def paint(content: bytes, printer: QPrinter, progress: Progress, canceled: Canceled) -> str:
    """Draw every page of the chosen range on a printer; return words for the status bar."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    first, last = _range(printer, document.pageCount())
    painter = QPainter()
    if not painter.begin(printer):
        return REFUSED
    try:
        for page in range(first, last):
            if canceled():
                printer.abort()
                return "Printing was canceled"
            if page > first:
                printer.newPage()
            _paint_page(painter, printer, document, page)
            progress(page - first + 1, last - first)
    finally:
        painter.end()
        document.close()
    count = last - first
    return "Printed 1 page" if count == 1 else f"Printed {count} pages"


def _range(printer: QPrinter, pages: int) -> tuple[int, int]:
    """Return the pages to print, from 0, the last one not included."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not printer.fromPage():
        return 0, pages
    return min(printer.fromPage(), pages) - 1, min(max(printer.toPage(), printer.fromPage()), pages)


def _paint_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    dpi = min(MOST_DPI, printer.resolution())
    points = document.pagePointSize(page)
    image = document.render(page, QSize(round(points.width() * dpi / 72), round(points.height() * dpi / 72)))
    room = painter.viewport()
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(0, 0, size.width(), size.height()), image)
