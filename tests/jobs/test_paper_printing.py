"""Printing a PDF on a real print service: noted once it is accepted, never printed without a note."""

from __future__ import annotations

import io

import pytest
from pikepdf import Pdf
from reportlab.pdfgen.canvas import Canvas

from referral_app.database import StoreProblem
from referral_app.jobs import paper_printing
from referral_app.jobs.paper_printing import Ticket
from referral_app.services.errors import InvalidInput
from tests.documents import paper
from tests.printers import OFFICE, Printers


def _never() -> bool:
    return False


@pytest.fixture
def content() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in (1, 2, 3):
        canvas.drawString(72, 720, f"This is page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_a_document_is_noted_before_anything_is_printed(printers: Printers, content: bytes) -> None:
    noted: list[bool] = []
    job = paper_printing.hand_over(content, Ticket(OFFICE), lambda: noted.append(printers.paper.exists()))
    assert noted == [False]
    assert paper_printing.follow(job, _never) == (f"Printed on {OFFICE}", False)
    assert "page 3" in paper.text(printers.paper.read_bytes())


def test_what_cannot_be_noted_is_not_printed(printers: Printers, content: bytes) -> None:
    def refuse() -> None:
        raise StoreProblem("The disk is full.")

    with pytest.raises(StoreProblem):
        paper_printing.hand_over(content, Ticket(OFFICE), refuse)
    assert printers.done(printers.jobs()[-1])["job-state"] == "canceled"
    assert not printers.paper.exists()


def test_a_job_that_goes_before_it_is_let_out_is_noted_as_taken_back(
    printers: Printers, content: bytes
) -> None:
    noted: list[str] = []

    def note() -> None:
        noted.append("printed")
        printers.call("cancel", "-a", "-x")

    with pytest.raises(InvalidInput, match="Nothing was printed"):
        paper_printing.hand_over(content, Ticket(OFFICE), note, lambda: noted.append("taken back"))
    assert noted == ["printed", "taken back"]
    assert not printers.paper.exists()


def test_what_a_printer_refuses_is_not_noted(printers: Printers, content: bytes) -> None:
    noted: list[str] = []
    printers.call("cupsreject", OFFICE)
    try:
        with pytest.raises(InvalidInput, match="takes no documents now"):
            paper_printing.hand_over(content, Ticket(OFFICE), lambda: noted.append("printed"))
    finally:
        printers.call("cupsaccept", OFFICE)
    assert not noted


def test_each_copy_on_both_sides_begins_on_its_own_sheet(printers: Printers, content: bytes) -> None:
    job = paper_printing.hand_over(content, Ticket(OFFICE, copies=3, both_sides=True))
    told = printers.done(job.number)
    assert (told["job-impressions-completed"], told["job-media-sheets-completed"]) == ("12", "6")
    with Pdf.open(io.BytesIO(printers.paper.read_bytes())) as printed:
        assert len(printed.pages) == 12
    for first in (1, 5, 9):
        assert paper.text(printers.paper.read_bytes(), first).startswith("This is page 1")


def test_some_pages_are_printed(printers: Printers, content: bytes) -> None:
    job = paper_printing.hand_over(content, Ticket(OFFICE, pages="3, 1"))
    printers.done(job.number)
    assert paper.text(printers.paper.read_bytes()) == "This is page 1 This is page 3"


def test_a_paused_printer_is_said_and_nothing_is_waited_for(printers: Printers, content: bytes) -> None:
    printers.call("cupsdisable", OFFICE)
    try:
        job = paper_printing.hand_over(content, Ticket(OFFICE))
        words, attention = paper_printing.follow(job, _never)
        job.cancel()
    finally:
        printers.call("cupsenable", OFFICE)
    assert attention
    assert "paused" in words


def test_printing_is_canceled(printers: Printers, content: bytes) -> None:
    printers.add("Slow", "socket://127.0.0.1:1/?contimeout=60")
    try:
        job = paper_printing.hand_over(content, Ticket("Slow"))
        words, _ = paper_printing.follow(job, lambda: True)
        assert "canceled" in words
        assert printers.done(job.number)["job-state"] == "canceled"
    finally:
        printers.call("lpadmin", "-x", "Slow")


def test_a_job_that_somebody_takes_out_of_the_queue_is_said(printers: Printers, content: bytes) -> None:
    printers.add("Slow", "socket://127.0.0.1:1/?contimeout=60")
    try:
        job = paper_printing.hand_over(content, Ticket("Slow"))
        printers.call("cancel", f"Slow-{job.number}")
        words, attention = paper_printing.follow(job, _never)
        assert attention
        assert "did not print" in words
    finally:
        printers.call("lpadmin", "-x", "Slow")


@pytest.mark.parametrize(
    ("words", "meant"),
    [("", [1, 2, 3, 4]), ("2", [2]), ("1-3", [1, 2, 3]), ("4, 1–2", [1, 2, 4]), (" 3 - 3 ,3", [3])],
)
def test_pages_are_read_as_people_write_them(words: str, meant: list[int]) -> None:
    assert paper_printing.chosen(words, 4) == meant


@pytest.mark.parametrize("words", ["0", "5", "1-5", "3-2", "a", "-2", "1-", ",", "999999999-9999999999"])
def test_pages_that_are_not_there_are_said(words: str) -> None:
    with pytest.raises(InvalidInput, match="the document has 4"):
        paper_printing.chosen(words, 4)
