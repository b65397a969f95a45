"""Attachments as they come in: what is taken, how it is refused, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_RESULT = 40 * 1024 * 1024
MOST_PAGES = 200
MOST_PIXELS = 50_000_000
"""Pixels of one picture."""
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


class Why(StrEnum):
    """Why a file is not taken; the child process says one of these, never words of its own."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    DAMAGED = "damaged"
    PASSWORD = "password"
    FORM = "form"
    LAYERS = "layers"
    PAGES = "pages"
    PIXELS = "pixels"
    UNPACKED = "unpacked"
    MEMORY = "memory"
    SLOW = "slow"
    CANCELED = "canceled"
    UNREADABLE = "unreadable"
    NO_READER = "no_reader"

    @property
    def sentence(self) -> str:
        """What a person reads."""
        return _SENTENCES[self]


_SENTENCES = {
    Why.EMPTY: "This file is empty.",
    Why.LARGE: "This file is larger than 25 MB. Save it smaller, or send it separately.",
    Why.KIND: "This is no PDF, JPEG, PNG or TIFF file. Print it to a PDF, then add that.",
    Why.DAMAGED: "This file is damaged and cannot be read whole. Save it again where it comes from.",
    Why.PASSWORD: "This PDF is protected with a password. Save it without one, then add it.",
    Why.FORM: "This form can be shown by one program only. Print it to a PDF there, then add that.",
    Why.LAYERS: "This PDF has layers that are hidden. Print it to a PDF as it should be seen, then add that.",
    Why.PAGES: f"This file has more than {MOST_PAGES} pages. Add the pages that the surgeon needs.",
    Why.PIXELS: "A picture in this file has more than 50 million pixels. Save it smaller.",
    Why.UNPACKED: "This file unpacks to far more than its size. It was not opened.",
    Why.MEMORY: "This file needs more memory than is allowed. Save it smaller, or print it to a new PDF.",
    Why.SLOW: "Reading this file takes too long. Print it to a new PDF, then add that.",
    Why.CANCELED: "Canceled.",
    Why.UNREADABLE: "This file is damaged in a way that stopped its reader. Nothing else was touched.",
    Why.NO_READER: "The part of the program that reads files could not be started. Try again.",
}

REPAIRED = "repaired"
"""The note of a file that was damaged and could be repaired."""


class Refused(ValueError):
    """A file that is not taken."""

    def __init__(self, why: Why) -> None:
        """Keep why, and say it in one sentence."""
        super().__init__(why.sentence)
        self.why = why


@dataclass(frozen=True)
class Cleaned:
    """A file as it is kept: a PDF with nothing but pages; `notes` say what a person should look at."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...] = ()


def kind_of(data: bytes) -> str:
    """Return what a file is by its first bytes, whatever it is called: "pdf", "picture" or ""."""
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "picture"
    return "pdf" if b"%PDF-" in data[:1024] else ""
