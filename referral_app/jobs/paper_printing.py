"""Printing a finished PDF on a printer of this PC: which there are, handing over, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from referral_app.exchange import print_queues
from referral_app.exchange.print_queues import Held, Queue, Ticket
from referral_app.services.errors import InvalidInput

__all__ = [
    "JOB_NAME",
    "TAKEN_BACK",
    "Held",
    "Queue",
    "Ticket",
    "available",
    "chosen",
    "find",
    "follow",
    "hand_over",
    "sentence",
]

JOB_NAME = "Referral desk"
"""What the queue of a printer shows; never a patient's name."""
TAKEN_BACK = "taken back, nothing was printed"
"""How a document leaves that was recorded as printed or saved and did not leave after all; with no copy."""
FOLLOWED = 60.0
"""Seconds for which a job is looked after; a long one goes on without us."""
_BREATH = 0.25
WRONG_PAGES = "Write the pages like 2 or 1-3, 5; the document has {count}."

available, find = print_queues.available, print_queues.find


def hand_over(
    content: bytes,
    ticket: Ticket,
    note: Callable[[], object] | None = None,
    taken_back: Callable[[], object] | None = None,
) -> Held:
    """Give a PDF to a queue; raises InvalidInput with a sentence where it is not taken.

    `note` is called once the queue holds all of it and before anything is printed: what was not accepted is not noted,
    and where the note cannot be written the document is taken back. Should the queue not let it out after that, it is
    taken back too, and `taken_back` notes so. On both sides each copy begins on its own sheet.
    """
    from referral_app.jobs import papers

    ticket = replace(
        ticket, pages=_written(chosen(ticket.pages, papers.pages(content))) if ticket.pages else ""
    )
    with print_queues.held(ticket, _on_sheets(content, ticket), JOB_NAME) as job:
        if note:
            note()
    try:
        job.release()
    except InvalidInput:
        if taken_back:
            taken_back()
        raise
    return job


def look(job: Held) -> tuple[str, bool] | None:
    """Return what became of a job and whether that wants somebody's attention; None while it is under way."""
    state = job.state()
    if state == "waiting" and (note := _stopped(job.queue)):
        return f"{job.queue} has the document. {note}", True
    if state in ("waiting", "printing"):
        return None
    if state in ("aborted", "canceled", "stopped"):
        return f"{job.queue} did not print the document: look at the printer, then print again.", True
    return (f"Printed on {job.queue}" if state == "done" else f"{job.queue} has the document"), False


def follow(job: Held, canceled: Callable[[], bool], seconds: float = FOLLOWED) -> tuple[str, bool]:
    """Wait until a job is printed, and return what `look` tells of it; a cancel takes it out of the queue."""
    until = time.monotonic() + seconds
    while (found := look(job)) is None:
        if canceled():
            job.cancel()
            return f"Printing on {job.queue} was canceled; pages may have come out already", False
        if time.monotonic() > until:
            return f"{job.queue} has the document", False
        time.sleep(_BREATH)
    return found


def chosen(pages: str, count: int) -> list[int]:
    """Return the pages that are meant by words like "1-3, 5", from 1 and in order; "" means all.

    Raises InvalidInput where that cannot be understood, or names a page that is not there.
    """
    if not pages.strip():
        return list(range(1, count + 1))
    found: set[int] = set()
    for part in pages.replace("–", "-").split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise InvalidInput({"pages": WRONG_PAGES.format(count=count)})
        found.update(range(int(first), int(last if dash else first) + 1) if int(first) <= count else (0,))
    if not found or min(found) < 1 or max(found) > count:
        raise InvalidInput({"pages": WRONG_PAGES.format(count=count)})
    return sorted(found)


def sentence(ticket: Ticket) -> str:
    """Return how a document is printed, for the ledger: the printer, and what is out of the ordinary."""
    more = ["both sides"] if ticket.both_sides else []
    more += [f"pages {ticket.pages}"] if ticket.pages else []
    return ", ".join([ticket.queue, *more])


def _on_sheets(content: bytes, ticket: Ticket) -> bytes:
    from referral_app.documents import sheets

    return sheets.padded(content) if ticket.both_sides and ticket.copies > 1 and not ticket.pages else content


def _written(pages: Sequence[int]) -> str:
    """Return pages as the print service reads them: "1-3,5"."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in _runs(pages))


def _runs(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = pages[0]
    for before, after in pairwise(pages):
        if after != before + 1:
            yield first, before
            first = after
    yield first, pages[-1]


def _stopped(queue: str) -> str:
    return next((one.note for one in find() if one.name == queue), "")
