"""The line at the top of each page of a set: whose it is, and which page of the whole; one small page for each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import fonts, layout, one_line, text
from referral_app.documents.text import Unprintable

STRIP = 30.0
"""Points at the top of a page that belong to the stamp: above the marks of our own pages, and all of enclosed ones."""
_SIZE, _BASE, _MARGIN = 8.5, 8.0, 36.0
_PAGE = {"en": "page {} of {} of the whole set", "es": "página {} de {} de todo el conjunto"}
_LONGEST = 90
"""Letters of a name, as in the foot of our own pages; the letter has the whole."""


def page(number: int, count: int, language: str) -> str:
    """Return which page of the whole one is, in a language by its tag."""
    return _PAGE.get(language[:2], _PAGE["en"]).format(number, count)


def line(person: str, born: str, reference: str, where: str) -> str:
    """Return what a page says; without `person` and `born`, as on a cover, it names nobody. Raises Unprintable."""
    if lost := text.missing(person):
        raise Unprintable(lost)
    name = person if len(person) <= _LONGEST else person[: _LONGEST - 1] + "…"
    return " · ".join(part for part in (name, born, reference, where) if part)


def stamps(lines: Sequence[str]) -> bytes:
    """Return a PDF with one strip for each line, as wide as a page."""
    layout.settle()
    fonts.cover()
    out = io.BytesIO()
    settings: dict[str, Any] = {"invariant": 1, "pageCompression": 1, "initialFontName": fonts.BODY}
    canvas = Canvas(out, (layout.PAGE_WIDTH, STRIP), **settings)
    for words in lines:
        _draw(canvas, words)
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
