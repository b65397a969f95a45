"""The line at the top of each page of a set: whose it is, and which page of the whole; one small page for each."""

from __future__ import annotations

import io
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import fonts, layout, one_line, text
from referral_app.documents.text import Unprintable

STRIP = 34.0
"""Points at the top of a page that belong to the stamp: pages that are enclosed end below them."""
_SIZE, _BASE, _MARGIN = 8.5, 11.0, 36.0
_LONGEST = 90
"""Letters of a name, as in the foot of our own pages; the letter has the whole."""


def stamps(person: str, born: str, reference: str, count: int) -> bytes:
    """Return a PDF with one strip for each page of a set, as wide as a page; raises Unprintable.

    `born` is the date of birth in words, or that it is not given.
    """
    if lost := text.missing(person):
        raise Unprintable(lost)
    layout.settle()
    fonts.cover()
    out = io.BytesIO()
    settings: dict[str, Any] = {"invariant": 1, "pageCompression": 1, "initialFontName": fonts.BODY}
    canvas = Canvas(out, (layout.PAGE_WIDTH, STRIP), **settings)
    name = person if len(person) <= _LONGEST else person[: _LONGEST - 1] + "…"
    for number in range(1, count + 1):
        _draw(canvas, f"{name} · {born} · {reference} · page {number} of {count} of the whole set")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, words: str) -> None:
    """Draw one strip on white, its line smaller where it would not fit."""
    canvas.setFillColor(layout.PAPER)
    canvas.rect(0, 0, layout.PAGE_WIDTH, STRIP, stroke=0, fill=1)
    canvas.setFillColor(layout.INK)
    room = layout.PAGE_WIDTH - 2 * _MARGIN
    size = _SIZE * min(1.0, room / one_line.width(words, fonts.BODY, _SIZE))
    one_line.draw(canvas, words, fonts.BODY, size, _MARGIN, _BASE)
