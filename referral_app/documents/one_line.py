"""Words on one line, drawn where they are told to stand: letters that a font lacks come from the fallback font."""

from __future__ import annotations

from itertools import groupby

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import fonts, text

SLANTED = "Atkinson-Italic"


def width(words: str, font: str, size: float) -> float:
    """Return how wide words are in points."""
    return sum(stringWidth(run, of, size) for of, run in _runs(words, font))


def draw(canvas: Canvas, words: str, font: str, size: float, left: float, base: float) -> None:
    """Draw words from a point on; whoever asks has made sure that they can be printed (`text.missing`)."""
    for of, run in _runs(words, font):
        canvas.setFont(of, size)
        canvas.drawString(left, base, run)
        left += stringWidth(run, of, size)


def _runs(words: str, font: str) -> list[tuple[str, str]]:
    first = fonts.cover()
    parts = [(known, "".join(letters)) for known, letters in groupby(text.plain(words), first.__contains__)]
    if not all(known for known, _ in parts):
        fonts.fallback_cover()
    return [(font if known else fonts.FALLBACK, run) for known, run in parts]
