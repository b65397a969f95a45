"""Handing documents to a real print service: what comes out, how often, on which sides; and services that refuse."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pikepdf import Pdf
from reportlab.pdfgen.canvas import Canvas

from referral_app.exchange import print_queues
from referral_app.exchange.print_queues import Held, Ticket
from referral_app.services.errors import InvalidInput
from tests.documents import paper
from tests.printers import OFFICE, PDF, Printers

TITLE = "Referral desk"


@pytest.fixture
def content() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in (1, 2, 3):
        canvas.drawString(72, 720, f"This is page {number} for <Mara Quill>")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _print(ticket: Ticket, content: bytes) -> Held:
    with print_queues.held(ticket, content, TITLE) as job:
        pass
    job.release()
    return job


def test_queues_are_found_with_what_they_can_do(printers: Printers) -> None:
    printers.call("lpadmin", "-d", OFFICE)
    found = print_queues.find()
    assert found[0].name == OFFICE
    assert found[0].is_default
    assert found[0].both_sides
    assert found[0].accepts
    assert not found[0].note


def test_what_is_held_waits_until_it_is_released(printers: Printers, content: bytes) -> None:
    with print_queues.held(Ticket(OFFICE), content, TITLE) as job:
        assert job.state() == "waiting"
        assert not printers.paper.exists()
    job.release()
    assert printers.done(job.number)["job-state"] == "completed"
    assert job.state() == "done"
    assert paper.text(printers.paper.read_bytes()).count("<Mara Quill>") == 3


def test_copies_and_both_sides_come_out_and_each_copy_begins_on_a_sheet(
    printers: Printers, content: bytes
) -> None:
    job = printers.done(_print(Ticket(OFFICE, copies=2, both_sides=True), content).number)
    assert (job["copies"], job["sides"]) == ("2", "two-sided-long-edge")
    assert (job["job-impressions-completed"], job["job-media-sheets-completed"]) == ("8", "4")
    with Pdf.open(io.BytesIO(printers.paper.read_bytes())) as printed:
        assert len(printed.pages) == 8
    assert paper.text(printers.paper.read_bytes(), 5).startswith("This is page 1")


def test_some_pages_come_out_where_some_are_asked_for(printers: Printers, content: bytes) -> None:
    job = printers.done(_print(Ticket(OFFICE, pages="2-3"), content).number)
    assert job["sides"] == "one-sided"
    assert "page 1" not in paper.text(printers.paper.read_bytes())
    assert "page 3" in paper.text(printers.paper.read_bytes())


def test_the_queue_is_told_no_name(printers: Printers, content: bytes) -> None:
    job = printers.job(_print(Ticket(OFFICE), content).number)
    assert job["job-name"] == TITLE
    assert "Quill" not in " ".join(job.values())


def test_an_error_in_between_takes_the_document_back(printers: Printers, content: bytes) -> None:
    with pytest.raises(RuntimeError), print_queues.held(Ticket(OFFICE), content, TITLE):
        raise RuntimeError
    assert printers.done(printers.jobs()[-1])["job-state"] == "canceled"
    assert not printers.paper.exists()


def test_the_printer_of_cups_pdf_prints_too(printers: Printers, content: bytes) -> None:
    if PDF not in [queue.name for queue in print_queues.find()]:
        pytest.skip("Its backend needs root, which CI has.")
    job = _print(Ticket(PDF), content)
    assert printers.done(job.number)["job-state"] == "completed"
    places = [Path.home() / "PDF", Path("/var/spool/cups-pdf/ANONYMOUS")]
    written = [one for place in places for one in place.glob(f"*job_{job.number}.pdf")]
    assert len(written) == 1
    try:
        assert "page 3" in paper.text(written[0].read_bytes())
    finally:
        written[0].unlink()


def test_a_printer_that_is_gone_is_said(printers: Printers, content: bytes) -> None:
    printers.add("Gone", f"file:{printers.root}/out/gone.pdf")
    assert "Gone" in [queue.name for queue in print_queues.find()]
    printers.call("lpadmin", "-x", "Gone")
    with pytest.raises(InvalidInput, match="no printer Gone any more"):
        _print(Ticket("Gone"), content)


def test_a_printer_that_rejects_documents_is_said(printers: Printers, content: bytes) -> None:
    printers.call("cupsreject", OFFICE)
    try:
        assert "takes no documents now" in print_queues.find()[0].note
        with pytest.raises(InvalidInput, match="takes no documents now"):
            _print(Ticket(OFFICE), content)
    finally:
        printers.call("cupsaccept", OFFICE)


def test_a_paused_printer_keeps_the_document_waiting(printers: Printers, content: bytes) -> None:
    printers.call("cupsdisable", OFFICE)
    try:
        assert "paused" in print_queues.find()[0].note
        job = _print(Ticket(OFFICE), content)
        assert job.state() == "waiting"
    finally:
        printers.call("cupsenable", OFFICE)
    assert printers.done(job.number)["job-state"] == "completed"


def test_a_printer_that_fails_in_the_middle_is_stopped(printers: Printers, content: bytes) -> None:
    printers.add("Broken", "socket://127.0.0.1:1/?contimeout=1")
    job = _print(Ticket("Broken"), content)
    try:
        assert job.state() in ("printing", "waiting", "stopped")
    finally:
        job.cancel()
        printers.call("lpadmin", "-x", "Broken")


@pytest.mark.usefixtures("no_print_service")
def test_no_print_service_is_said(content: bytes) -> None:
    assert print_queues.find() == ()
    with pytest.raises(InvalidInput, match="Nothing was printed"):
        _print(Ticket(OFFICE), content)
