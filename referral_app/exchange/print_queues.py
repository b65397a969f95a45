"""The print queues of this PC: which there are, and handing a PDF to one of them.

A document is handed over in two steps, so that what cannot be noted is not printed and what was not accepted is not
noted: `held` brings the whole of it into the queue, where it waits; `Held.release` lets it out, and an exception
in between takes it back.
"""

from __future__ import annotations

import ctypes
import io
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from referral_app.exchange import cups
from referral_app.services.errors import InvalidInput

_STOPPED = "5"
"""A printer’s state as the print service numbers it (RFC 8011 5.4.11): 3 idle, 4 printing, 5 stopped."""
_DUPLEX = 0x10
_PENDING, _HELD, _PROCESSING, _JOB_STOPPED, _CANCELED, _ABORTED, _COMPLETED = range(3, 10)
_CHUNK = 1 << 16
_STATES = {
    _PENDING: "waiting", _HELD: "waiting", _PROCESSING: "printing", _JOB_STOPPED: "stopped", _CANCELED: "canceled",
    _ABORTED: "aborted", _COMPLETED: "done",
}  # fmt: skip

_NOT_FOUND, _INTERNAL, _UNAVAILABLE, _NOT_ACCEPTING, _BUSY = 0x0406, 0x0500, 0x0502, 0x0506, 0x0507
_FORBIDDEN = frozenset({0x0401, 0x0402, 0x0403})
NO_SERVICE = (
    "The print service of this PC does not answer. Nothing was printed; save the document, or try again."
)


@dataclass(frozen=True)
class Queue:
    """A queue with what a person calls it; `note` says what stands in the way of printing now, if anything."""

    name: str
    label: str
    is_default: bool = False
    both_sides: bool = False
    accepts: bool = True
    note: str = ""


@dataclass(frozen=True)
class Ticket:
    """How a document is printed; `pages` like "1-3,5" or "" for all of them."""

    queue: str
    copies: int = 1
    both_sides: bool = False
    pages: str = ""


@dataclass(frozen=True)
class Held:
    """A job that its queue has accepted and holds back until it is released."""

    queue: str
    number: int

    def release(self) -> None:
        """Let it be printed; raises InvalidInput where the print service does not do it: it is taken back then."""
        library = _library()
        request = library.ippNewRequest(cups.RELEASE_JOB)
        user = library.cupsUser()
        place = f"ipp://localhost/jobs/{self.number}".encode()
        library.ippAddString(request, cups.OPERATION, cups.URI, b"job-uri", None, place)
        library.ippAddString(request, cups.OPERATION, cups.NAME, b"requesting-user-name", None, user)
        library.ippDelete(library.cupsDoRequest(None, request, b"/jobs/"))
        if _failed(library):
            error = _refusal(library, self.queue)
            self.cancel()
            raise error

    def cancel(self) -> None:
        """Take it back, as far as it is not on paper yet."""
        library = _library()
        library.cupsCancelJob2(None, self.queue.encode(), self.number, 0)

    def state(self) -> str:
        """Return how far it is: waiting, printing, stopped, canceled, aborted, done, or "" where nobody knows."""
        library, jobs = _library(), ctypes.POINTER(cups.Job)()
        count = library.cupsGetJobs2(None, ctypes.byref(jobs), self.queue.encode(), 0, cups.ALL_JOBS)
        try:
            return next(
                (_STATES.get(jobs[at].state, "") for at in range(count) if jobs[at].id == self.number), ""
            )
        finally:
            library.cupsFreeJobs(max(count, 0), jobs)


def available() -> bool:
    """Tell whether this system has such queues: Linux and macOS have."""
    return cups.library() is not None


def find() -> tuple[Queue, ...]:
    """Return the queues by name, the default one first; none where the print service does not answer."""
    library, dests = _library(), ctypes.POINTER(cups.Dest)()
    count = library.cupsGetDests2(None, ctypes.byref(dests))
    try:
        found = [_queue(dests[at]) for at in range(count) if not dests[at].instance]
    finally:
        library.cupsFreeDests(count, dests)
    return tuple(sorted(found, key=lambda queue: (not queue.is_default, queue.label.casefold())))


@contextmanager
def held(ticket: Ticket, content: bytes | Path, title: str) -> Generator[Held]:
    """Bring a PDF, in memory or on disk, into a queue and yield it there, held back; taken back where the block raises.

    `title` is what the queue shows of it, which never names a patient. Raises InvalidInput with a sentence where the
    queue does not take it.
    """
    job = _created(ticket, title)
    try:
        _send(job, content)
        yield job
    except BaseException:
        job.cancel()
        raise


def _created(ticket: Ticket, title: str) -> Held:
    library, options = _library(), ctypes.POINTER(cups.Option)()
    count = 0
    for name, value in _options(ticket).items():
        count = library.cupsAddOption(name.encode(), value.encode(), count, ctypes.byref(options))
    try:
        number = library.cupsCreateJob(None, ticket.queue.encode(), title.encode(), count, options)
    finally:
        library.cupsFreeOptions(count, options)
    if not number:
        raise _refusal(library, ticket.queue)
    return Held(ticket.queue, number)


def _options(ticket: Ticket) -> dict[str, str]:
    sides = "two-sided-long-edge" if ticket.both_sides else "one-sided"
    found = {"job-hold-until": "indefinite", "copies": str(ticket.copies), "sides": sides}
    if ticket.copies > 1:
        found["collate"] = "true"
    if ticket.pages:
        found["page-ranges"] = ticket.pages
    return found


def _send(job: Held, content: bytes | Path) -> None:
    library, queue = _library(fresh=False), job.queue.encode()
    status = library.cupsStartDocument(None, queue, job.number, b"document", b"application/pdf", 1)
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
        while status == cups.CONTINUE and (part := file.read(_CHUNK)):
            status = library.cupsWriteRequestData(None, part, len(part))
    finished = library.cupsFinishDocument(None, queue)
    if status != cups.CONTINUE or finished > 0xFF:
        raise _refusal(library, job.queue)


def _queue(dest: Any) -> Queue:
    options = {_text(dest.options[at].name): _text(dest.options[at].value) for at in range(dest.num_options)}
    name, kind = _text(dest.name), options.get("printer-type", "0")
    return Queue(
        name,
        options.get("printer-info") or name,
        bool(dest.is_default),
        bool(int(kind if kind.isdecimal() else "0") & _DUPLEX),
        options.get("printer-is-accepting-jobs") != "false",
        _note(options),
    )


def _note(options: Mapping[str, str]) -> str:
    if options.get("printer-is-accepting-jobs") == "false":
        return "It takes no documents now."
    if options.get("printer-state") == _STOPPED:
        return "It is paused: what is printed waits until somebody starts it again."
    return ""


def _library(fresh: bool = True) -> Any:
    """Return the library, with no connection left over that the service may have closed meanwhile."""
    library = cups.library()
    if library is None:
        raise InvalidInput({"printer": NO_SERVICE})
    if fresh:
        server = os.environ.get("CUPS_SERVER")
        library.cupsSetServer(server.encode() if server else None)
    return library


def _failed(library: Any) -> bool:
    return library.cupsLastError() > 0xFF


def _refusal(library: Any, queue: str) -> InvalidInput:
    """Return why a queue did not take a document, in a sentence."""
    error = library.cupsLastError()
    if error == _NOT_FOUND or (error == _INTERNAL and queue not in [one.name for one in find()]):
        return InvalidInput(
            {"printer": f"There is no printer {queue} any more. Nothing was printed; choose another."}
        )
    if error == _NOT_ACCEPTING:
        return InvalidInput({"printer": f"The printer {queue} takes no documents now. Nothing was printed."})
    if error in _FORBIDDEN:
        return InvalidInput(
            {"printer": f"You may not print on {queue}. Nothing was printed; choose another printer."}
        )
    if error in (_UNAVAILABLE, _BUSY):
        return InvalidInput({"printer": NO_SERVICE})
    return InvalidInput({"printer": f"The printer {queue} did not take the document. Nothing was printed."})


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")
