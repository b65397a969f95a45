"""Printing as pictures, as Windows does: on a real printer, recorded once the printer has begun."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from referral_app.database import StoreProblem
from referral_app.jobs import paper_printing
from referral_app.jobs.paper_printing import Ticket
from referral_app.services.errors import InvalidInput
from referral_app.ui import picture_printing
from tests.printers import OFFICE, Printers


def _pdf(pages: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 720, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _never() -> bool:
    return False


def _nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def into_file(qapp: QApplication, tmp_path: Path) -> QPrinter:
    made = picture_printing.printer(Ticket("", copies=1))
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def _count(path: Path) -> int:
    document = QPdfDocument()
    document.load(str(path))
    count = document.pageCount()
    document.close()
    return count


def test_every_page_is_drawn_and_told(into_file: QPrinter, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    words = picture_printing.paint(
        _pdf(3), into_file, lambda done, total: steps.append((done, total)), _never
    )
    assert words == "Printed 3 pages"
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert _count(tmp_path / "printed.pdf") == 3


def test_chosen_pages_alone_are_drawn(into_file: QPrinter, tmp_path: Path) -> None:
    assert picture_printing.paint(_pdf(5), into_file, _nothing, _never, "2-3") == "Printed 2 pages"
    assert _count(tmp_path / "printed.pdf") == 2


def test_it_stops_where_it_is_canceled(into_file: QPrinter) -> None:
    assert picture_printing.paint(_pdf(3), into_file, _nothing, lambda: True) == "Printing was canceled"


def test_what_cannot_be_recorded_is_taken_back(into_file: QPrinter) -> None:
    def refuse() -> None:
        raise StoreProblem("The disk is full.")

    with pytest.raises(StoreProblem):
        picture_printing.paint(_pdf(3), into_file, _nothing, _never, note=refuse)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_begin_is_said_and_nothing_is_recorded(into_file: QPrinter) -> None:
    noted: list[int] = []
    into_file.setOutputFileName("/no such folder/printed.pdf")
    with pytest.raises(InvalidInput, match="Nothing was printed"):
        picture_printing.paint(_pdf(1), into_file, _nothing, _never, note=lambda: noted.append(1))
    assert not noted


def test_pictures_come_out_of_a_real_printer_on_both_sides(qtbot: QtBot, printers: Printers) -> None:
    paper_printing.find()  # Qt keeps for each thread what its first look at the print service found
    assert OFFICE in [queue.name for queue in picture_printing.find()]
    target = picture_printing.printer(Ticket(OFFICE, both_sides=True))
    assert picture_printing.paint(_pdf(3), target, _nothing, _never) == "Printed 3 pages"
    qtbot.waitUntil(lambda: bool(printers.jobs()), timeout=20000)
    job = printers.done(printers.jobs()[-1])
    assert job["job-name"] == "Referral desk"
    with pikepdf.open(io.BytesIO(printers.paper.read_bytes())) as printed:
        assert len(printed.pages) in (3, 4)
