"""Symbols that are drawn and not typed: boxes to tick, dots, numbers, lines to write on, and the two call icons."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from referral_app.documents import fonts, layout, text

Draw = Callable[[Canvas, float, float, float], None]
"""Draws a symbol on a canvas, its middle at x and y, for text of a size."""


_WHOLE = 200.0
"""Up to this height in points a line of a list is never cut by the end of a page."""


class Marked(Flowable):
    """A paragraph with a symbol before its first line."""

    def __init__(self, words: str, style: ParagraphStyle, draw: Draw | None, indent: float) -> None:
        """Keep the paragraph and its symbol."""
        super().__init__()
        self._words = text.paragraph(words, style)
        self._draw_symbol, self._indent, self._style = draw, indent, style
        self.spaceAfter = style.spaceAfter

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        height = self._words.wrap(aW - self._indent, aH)[1]
        self.width, self.height = aW, height
        return aW, height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's names
        """Return the part that fits and the rest, which has no symbol of its own; nothing where it is kept whole."""
        if self.wrap(aW, aH)[1] <= _WHOLE:
            return []
        parts = self._words.split(aW - self._indent, aH)
        return [self._part(cast(Paragraph, part), first=number == 0) for number, part in enumerate(parts)]

    def draw(self) -> None:
        """Draw the symbol and the paragraph."""
        self._words.drawOn(self.canv, self._indent, 0)
        if self._draw_symbol is not None:
            middle = self.height - self._style.fontSize * 0.72
            self._draw_symbol(self.canv, self._indent * 0.42, middle, self._style.fontSize)

    def _part(self, words: Paragraph, first: bool) -> Marked:
        part = Marked("", self._style, self._draw_symbol if first else None, self._indent)
        part._words = words
        return part


def tick(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw an empty box to tick."""
    side = size * 0.85
    canvas.setLineWidth(1)
    canvas.setStrokeColor(layout.INK)
    canvas.roundRect(x - side / 2, y - side / 2, side, side, 1.5)


def dot(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw the dot of a list."""
    canvas.setFillColor(layout.ACCENT)
    canvas.circle(x, y, size * 0.16, stroke=0, fill=1)


def numeral(number: int) -> Draw:
    """Return what draws a number in a filled circle."""

    def draw(canvas: Canvas, x: float, y: float, size: float) -> None:
        canvas.setFillColor(layout.ACCENT)
        canvas.circle(x, y, size * 0.68, stroke=0, fill=1)
        canvas.setFillColor(layout.PAPER)
        canvas.setFont(fonts.BOLD, size * 0.85)
        canvas.drawCentredString(x, y - size * 0.3, str(number))

    return draw


def phone(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a telephone handset."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(135)
    canvas.scale(size, size)
    shape = canvas.beginPath()
    shape.moveTo(-0.62, -0.3)
    shape.curveTo(-0.7, 0.28, -0.3, 0.42, 0, 0.42)
    shape.curveTo(0.3, 0.42, 0.7, 0.28, 0.62, -0.3)
    shape.lineTo(0.26, -0.3)
    shape.lineTo(0.22, -0.02)
    shape.curveTo(0.12, 0.16, -0.12, 0.16, -0.22, -0.02)
    shape.lineTo(-0.26, -0.3)
    shape.close()
    canvas.setFillColor(layout.ACCENT)
    canvas.drawPath(shape, stroke=0, fill=1)
    canvas.restoreState()


def alarm(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw an octagon with an exclamation mark: the sign for danger, which reads in black and white."""
    corners = [math.pi / 8 + math.pi / 4 * number for number in range(8)]
    path = canvas.beginPath()
    for number, angle in enumerate(corners):
        (path.lineTo if number else path.moveTo)(
            x + size * 0.66 * math.cos(angle), y + size * 0.66 * math.sin(angle)
        )
    path.close()
    canvas.setFillColor(layout.EMERGENCY)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillColor(layout.PAPER)
    canvas.rect(x - size * 0.07, y - size * 0.1, size * 0.14, size * 0.48, stroke=0, fill=1)
    canvas.circle(x, y - size * 0.3, size * 0.09, stroke=0, fill=1)


class Digits(Flowable):
    """Words with empty boxes behind them, one for each digit that is to be written in."""

    def __init__(self, words: str, style: ParagraphStyle, count: int) -> None:
        """Keep the words, which stand on one line, and how many boxes follow."""
        super().__init__()
        self._words, self._style, self._count = text.paragraph(words, style), style, count
        self._plain = words

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        height = self._words.wrap(aW, aH)[1]
        self.width, self.height = aW, max(height, self._style.fontSize * 1.25)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the words and the boxes."""
        self._words.drawOn(self.canv, 0, 0)
        side = self._style.fontSize
        x = self.canv.stringWidth(self._plain, self._style.fontName, side) + 2
        self.canv.setStrokeColor(layout.INK)
        self.canv.setLineWidth(1)
        for number in range(self._count):
            self.canv.rect(x + number * side * 1.05, 1, side * 0.95, side * 1.15)


class WritingLines(Flowable):
    """Empty lines to write on."""

    def __init__(self, count: int, leading: float) -> None:
        """Keep how many lines and how far apart, in points."""
        super().__init__()
        self._count, self._leading = count, leading

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width, self.height = aW, self._count * self._leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines."""
        self.canv.setStrokeColor(layout.RULE)
        self.canv.setLineWidth(0.75)
        for number in range(self._count):
            self.canv.line(0, number * self._leading + 1, self.width, number * self._leading + 1)
