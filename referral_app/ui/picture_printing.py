"""Printing where a PDF cannot be handed over, as on Windows: each page as a picture, at up to 300 dpi."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from referral_app.jobs import paper_printing
from referral_app.jobs.paper_printing import JOB_NAME, Queue, Ticket
from referral_app.services.errors import InvalidInput
from referral_app.ui.background import Canceled, Progress

MOST_DPI = 300
REFUSED = "The printer {queue} did not take the document. Nothing was printed."


def find() -> tuple[Queue, ...]:
    """Return the printers of the system, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    found = [_queue(QPrinterInfo.printerInfo(name), default) for name in QPrinterInfo.availablePrinterNames()]
    return tuple(sorted(found, key=lambda queue: (not queue.is_default, queue.label.casefold())))


def _queue(info: QPrinterInfo, default: str) -> Queue:
    long_side = QPrinter.DuplexMode.DuplexLongSide
    return Queue(
        info.printerName(),
        info.description() or info.printerName(),
        info.printerName() == default,
        long_side in info.supportedDuplexModes(),
    )


def printer(ticket: Ticket) -> QPrinter:
    """Return the printer that a ticket names, set as it asks."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setPrinterName(ticket.queue)
    made.setDocName(JOB_NAME)
    made.setCopyCount(ticket.copies)
    made.setCollateCopies(True)
    sides = QPrinter.DuplexMode.DuplexLongSide if ticket.both_sides else QPrinter.DuplexMode.DuplexNone
    made.setDuplex(sides)
    return made


def paint(
    content: bytes,
    target: QPrinter,
    progress: Progress,
    canceled: Canceled,
    pages: str = "",
    note: Callable[[], object] | None = None,
) -> str:
    """Draw the pages on a printer and return words for the status bar.

    `note` is called once the printer has begun and before the first page; where it cannot be written, the job is taken
    back. Raises InvalidInput where the printer does not begin.
    """
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    wanted = paper_printing.chosen(pages, document.pageCount())
    painter = QPainter()
    if not painter.begin(target):
        raise InvalidInput({"printer": REFUSED.format(queue=target.printerName())})
    try:
        if note:
            note()
        for number, page in enumerate(wanted):
            if canceled():
                target.abort()
                return "Printing was canceled"
            if number:
                target.newPage()
            _paint_page(painter, target, document, page - 1)
            progress(number + 1, len(wanted))
    except BaseException:
        target.abort()
        raise
    finally:
        painter.end()
        document.close()
    return "Printed 1 page" if len(wanted) == 1 else f"Printed {len(wanted)} pages"


def _paint_page(painter: QPainter, target: QPrinter, document: QPdfDocument, page: int) -> None:
    dpi = min(MOST_DPI, target.resolution())
    points = document.pagePointSize(page)
    image = document.render(page, QSize(round(points.width() * dpi / 72), round(points.height() * dpi / 72)))
    room = painter.viewport()
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(0, 0, size.width(), size.height()), image)
