"""What stands around the text of a page: marks above it, and the foot with whose it is and which page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import fonts, text
from referral_app.documents.styles import INK, RULE, Styles

INCH = 72.0
PAGE_WIDTH, PAGE_HEIGHT = LETTER
MARGIN = INCH
WIDTH = PAGE_WIDTH - 2 * MARGIN
HAIRLINE = 0.5
_MARK = 10.0
ABOVE_MARKS = 26.0
"""What is free above the marks, in points, with a little air."""


@dataclass(frozen=True)
class Page:
    """What stands on every page around the text."""

    title: str
    person: str
    foot: Sequence[str]
    styles: Styles
    marks: Sequence[str] = ()
    note: str = ""
    lang: str = "en-US"
    top: float = INCH
    bottom: float = INCH
    secret: str = "confidential"
    numbered: str = "page {} of {}"
    first_top: float = 0.0
    """How much of the first page is printed already, in points from its upper edge: the marks stand below it."""


def draw_foot(canvas: Canvas, page: Page, number: int, count: int) -> None:
    """Draw the foot below the text of one page."""
    style = page.styles.foot
    top = page.bottom - 12
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(MARGIN, top, PAGE_WIDTH - MARGIN, top)
    last = " · ".join(part for part in (page.numbered.format(number, count), page.secret) if part)
    last = last.replace(" ", "\xa0")  # never broken at the end of the line, nor its last word alone below
    who = page.person if len(page.person) <= 90 else page.person[:89] + "…"
    line = text.join(" · ", [who, *page.foot, last])
    height = _draw_text(canvas, line, style, top - 3)
    if page.note:
        _draw_text(canvas, page.note, style, top - 4 - height)


def _draw_text(canvas: Canvas, words: str, style: ParagraphStyle, top: float) -> float:
    foot = text.paragraph(words, style)
    height = foot.wrapOn(canvas, WIDTH, INCH)[1]
    foot.drawOn(canvas, MARGIN, top - height)
    return height


def draw_marks(canvas: Canvas, marks: Sequence[str], lower: float = 0.0) -> None:
    """Draw each mark as words in a box at the top of the page, smaller where they would not fit on one line.

    They stand so many points lower than usual.
    """
    needed = sum(canvas.stringWidth(mark, fonts.BOLD, _MARK) + 14 + 8 for mark in marks)
    scale = min(1.0, WIDTH / needed) if marks else 1.0
    right, size = PAGE_WIDTH - MARGIN, _MARK * scale
    for mark in marks:
        width = canvas.stringWidth(mark, fonts.BOLD, size) + 14 * scale
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1)
        canvas.rect(right - width, PAGE_HEIGHT - 51 - lower, width, 19)
        canvas.setFillColor(INK)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawString(right - width + 7 * scale, PAGE_HEIGHT - 41.5 - lower - size * 0.35, mark)
        right -= width + 8 * scale
