"""Several finished documents put into one file, as a print shop takes them, with one of them open at a time.

qpdf, which pikepdf is, keeps every object of a file that it writes: a thousand packets take 260 MB. Here what belongs
to the pages of one document is written under new numbers before the next one is opened.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
LEFT_OUT = frozenset({"/Parent", "/StructParents", "/StructParent", "/Annots", "/Tabs"})
"""What of a page is of no use on paper; tags and links belong to a document, and each alone keeps its own."""
_TREE = 1
"""The number of the tree of pages; the catalog has the next one."""


def stack(paths: Sequence[Path], target: Path) -> int:
    """Write the pages of documents into one new file, in their order, and return how many pages it has.

    It is meant for printers and has no tags. Raises OSError, and pikepdf's errors for what is no document.
    """
    import pikepdf

    with target.open("wb") as file:
        whole = _Whole(file)
        for path in paths:
            with pikepdf.open(path) as document:
                whole.add(document)
        whole.end()
        file.flush()
        os.fsync(file.fileno())
    return len(whole.pages)


class _Whole:
    """The file as it is written: where each object begins, and the numbers of its pages."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._begins: dict[int, int] = {}
        self._last = _TREE + 1
        self.pages: list[int] = []
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, document: Any) -> None:
        """Write the pages of a document with all that they refer to."""
        numbers: dict[tuple[int, int], int] = {}
        waiting: list[Any] = []

        def number(value: Any) -> int:
            if value.objgen not in numbers:
                self._last += 1
                numbers[value.objgen] = self._last
                waiting.append(value)
            return numbers[value.objgen]

        def told(value: Any, inside: bool = True) -> bytes:
            if inside and getattr(value, "is_indirect", False):
                return b"%d 0 R" % number(value)
            return _told(value, told)

        for page in document.pages:
            self.pages.append(number(page.obj))
            waiting.clear()  # the page itself is written here, without what it has above it
            parts = {key: value for key, value in page.obj.items() if key not in LEFT_OUT}
            parts |= {key: found for key in INHERITED if (found := _inherited(page.obj, key)) is not None}
            words = b"".join(b"%s %s\n" % (key.encode(), told(value)) for key, value in parts.items())
            self._write(self.pages[-1], b"<<\n%s/Parent %d 0 R\n>>" % (words, _TREE))
            while waiting:
                value = waiting.pop()
                self._write(number(value), told(value, inside=False))

    def end(self) -> None:
        """Write the tree of pages, the catalog and where everything begins."""
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        self._write(_TREE, b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(self.pages), kids))
        self._write(_TREE + 1, b"<< /Type /Catalog /Pages %d 0 R >>" % _TREE)
        at, size = self._file.tell(), self._last + 1
        lines = b"".join(b"%010d 00000 n \n" % self._begins[one] for one in range(1, size))
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, lines))
        self._file.write(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (size, _TREE + 1))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % at)

    def _write(self, number: int, words: bytes) -> None:
        self._begins[number] = self._file.tell()
        self._file.write(b"%d 0 obj\n%s\nendobj\n" % (number, words))


def _inherited(page: Any, key: str) -> Any:
    """Return what a page has from the tree above it, None where it has its own or none."""
    if key in page:
        return None
    above = page.get("/Parent")
    while above is not None:
        if key in above:
            return above[key]
        above = above.get("/Parent")
    return None


def _told(value: Any, told: Any) -> bytes:
    """Return a value as it stands in a file, the values in it told by `told`."""
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        raw = value.read_raw_bytes()
        parts = [(key, one) for key, one in value.stream_dict.items() if key != "/Length"]
        words = b"".join(b"%s %s " % (key.encode(), told(one)) for key, one in parts)
        return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (words, len(raw), raw)
    if isinstance(value, pikepdf.Dictionary):
        return b"<< %s>>" % b"".join(b"%s %s " % (key.encode(), told(one)) for key, one in value.items())
    if isinstance(value, pikepdf.Array):
        return b"[ %s ]" % b" ".join(map(told, value))
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int | Decimal):
        return f"{value:f}".encode() if isinstance(value, Decimal) else b"%d" % value
    return b"null" if value is None else value.unparse()
