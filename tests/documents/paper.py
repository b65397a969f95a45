"""Read a finished PDF back: its text, its pages, its fonts."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Any, cast

import pikepdf


def text(pdf: bytes, page: int = 0, mode: str = "-raw") -> str:
    """Return the text of a PDF, or of one page from 1, composed and with single spaces.

    Mode "-raw" keeps the order of writing, "-layout" the place on the page, and every hyphen at the end of a line.
    """
    pages = ["-f", str(page), "-l", str(page)] if page else []
    read = subprocess.run(
        ["pdftotext", mode, "-enc", "UTF-8", *pages, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return flat(read.stdout.decode())


def flat(words: str) -> str:
    """Return text composed and with single spaces, as it is compared."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def word_places(pdf: bytes, page: int) -> list[tuple[str, float, float, float, float]]:
    """Return the words of a page with left, top, right and bottom in points from its upper left corner."""
    read = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout.decode()
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', read
    )
    return [
        (unescape(word), float(x), float(y), float(right), float(low)) for x, y, right, low, word in found
    ]


def edges(pdf: bytes) -> Iterator[float]:
    """Yield how far from the left, in points, each end of a line and each side of a rectangle stands."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            place, kept = pikepdf.Matrix(), list[pikepdf.Matrix]()
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "q":
                    kept.append(place)
                elif name == "Q":
                    place = kept.pop()
                elif name in ("cm", "re", "m", "l"):
                    numbers = [float(cast(Any, value)) for value in operands]
                    if name == "cm":
                        place = pikepdf.Matrix(*numbers) @ place
                        continue
                    yield place.transform((numbers[0], numbers[1]))[0]
                    if name == "re":
                        yield place.transform((numbers[0] + numbers[2], numbers[1]))[0]


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def whole(pdf: bytes) -> bool:
    """Tell whether qpdf's own check finds nothing wrong."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return not opened.check_pdf_syntax() if hasattr(opened, "check_pdf_syntax") else not opened.check()


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return the fonts of a PDF by name and whether each is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for font in cast(Any, page).Resources.get("/Font", {}).values():
                embedded = "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor
                found[str(font.BaseFont)] = embedded
    return found
