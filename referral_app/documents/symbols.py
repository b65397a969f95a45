"""Symbols that are drawn and not typed: boxes to tick, dots, numbers, lines to write on, and the two call icons."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.documents import fonts, layout, tagging, text
from referral_app.documents.figures import Figure
from referral_app.documents.paragraphs import Words
from referral_app.documents.tagging import Tag

Draw = Callable[[Canvas, float, float, float], None]
"""Draws a symbol on a canvas, its middle at x and y, for text of a size."""


_WHOLE = 200.0
"""Up to this height in points a line of a list is never cut by the end of a page."""


@dataclass(frozen=True)
class Symbol:
    """What stands before a line: how it is drawn, of which kind of list it is ("" for none), and what is read for it.

    `reads` is a word that `tagging.say` knows, or a sign as it stands; "" where the drawing holds its own text.
    """

    act: Draw
    kind: str = ""
    reads: str = ""
    first: bool = False

    def __call__(self, canvas: Canvas, x: float, y: float, size: float) -> None:
        """Draw it as `Draw` asks."""
        self.act(canvas, x, y, size)

    def label(self, canvas: Canvas) -> Tag:
        """Return the element of the drawing in a list."""
        words = tagging.say(canvas, self.reads) if self.reads.isalpha() else self.reads
        return Tag("Lbl", tagging.said(words) if words else "")


class Marked(Flowable):
    """A paragraph with a symbol before its first line; those behind each other are one list."""

    def __init__(
        self, words: str | Words, style: ParagraphStyle, symbol: Symbol | None, indent: float, lang: str = ""
    ) -> None:
        """Keep the symbol and the paragraph, which may be made already, as a heading is; `lang` is its language.

        `broken` tells whether it is several lines however wide the room is, as a name above what somebody does.
        """
        super().__init__()
        self.broken = isinstance(words, str) and text.BREAK in words
        self._words = words if isinstance(words, Words) else text.paragraph(words, style, lang)
        self._symbol, self._indent, self._style = symbol, indent, style
        self._item = Tag("LI", tagging.language(lang)) if symbol is not None and symbol.kind else None
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
        self._tag_words()
        parts = self._words.split(aW - self._indent, aH)
        return [self._part(cast(Words, part), first=number == 0) for number, part in enumerate(parts)]

    def draw(self) -> None:
        """Draw the symbol and the paragraph."""
        self._tag_words()
        if self._item is None:
            self._draw_symbol(None)
            self._words.drawOn(self.canv, self._indent, 0)
            return
        symbol = self._symbol
        kind, first = (symbol.kind, symbol.first) if symbol is not None else ("", False)
        with tagging.item(self.canv, self._item, kind, first):
            self._draw_symbol(symbol.label(self.canv) if symbol is not None else None)
            self._words.drawOn(self.canv, self._indent, 0)

    def _tag_words(self) -> None:
        if self._item is not None and self._words.tag is None:
            self._words.tag = Tag("LBody")

    def _draw_symbol(self, tag: Tag | None) -> None:
        if self._symbol is None:
            return
        middle = self.height - self._style.fontSize * 0.72
        with tagging.content(self.canv, tag) if tag else tagging.decoration(self.canv):
            self._symbol(self.canv, self._indent * 0.42, middle, self._style.fontSize)

    def _part(self, words: Words, first: bool) -> Marked:
        part = Marked(words, self._style, self._symbol if first else None, self._indent)
        part._item = self._item
        return part


def _tick(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw an empty box to tick."""
    side = size * 0.85
    canvas.setLineWidth(1)
    canvas.setStrokeColor(layout.INK)
    canvas.roundRect(x - side / 2, y - side / 2, side, side, 1.5)


def _dot(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw the dot of a list."""
    canvas.setFillColor(layout.ACCENT)
    canvas.circle(x, y, size * 0.16, stroke=0, fill=1)


tick = Symbol(_tick, "None", "tick")
"""An empty box to tick."""
dot = Symbol(_dot, "Disc", "•")
"""The dot of a list."""


def numeral(number: int) -> Symbol:
    """Return a number in a filled circle; 1 begins a list."""

    def draw(canvas: Canvas, x: float, y: float, size: float) -> None:
        canvas.setFillColor(layout.ACCENT)
        canvas.circle(x, y, size * 0.68, stroke=0, fill=1)
        canvas.setFillColor(layout.PAPER)
        canvas.setFont(fonts.BOLD, size * 0.85)
        canvas.drawCentredString(x, y - size * 0.3, str(number))

    return Symbol(draw, "Decimal", first=number == 1)


def _phone(canvas: Canvas, x: float, y: float, size: float) -> None:
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


def _alarm(canvas: Canvas, x: float, y: float, size: float) -> None:
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


phone = Symbol(_phone)
"""A telephone handset, beside words that say as much."""
alarm = Symbol(_alarm)
"""The sign for danger, beside words that say as much."""


class Box(Figure):
    """A box to tick whose words stand elsewhere, as at the head of its column."""

    def __init__(self, style: ParagraphStyle, x: float) -> None:
        """Keep the style of a line, as high as which it is, and where its middle is from the left, in points."""
        super().__init__()
        self._x, self._size = x, style.fontSize
        self.height = style.leading

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width = aW
        return aW, self.height

    def draw(self) -> None:
        """Draw the box, and say what it is in the language of the document."""
        self.alternative = tagging.say(self.canv, "tick")
        super().draw()

    def paint(self, canvas: Canvas) -> None:
        """Draw the box."""
        tick(canvas, self._x, self.height - self._size * 0.72, self._size)


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
        """Draw the words and the boxes, which are said behind them."""
        with tagging.within(self.canv, Tag("P")):
            self._words.tag = Tag("Span")
            self._words.drawOn(self.canv, 0, 0)
            with tagging.content(self.canv, Tag("Span", tagging.said(tagging.say(self.canv, "digits")))):
                self._draw_boxes()

    def _draw_boxes(self) -> None:
        side = self._style.fontSize
        x = self.canv.stringWidth(self._plain, self._style.fontName, side) + 2
        self.canv.setStrokeColor(layout.INK)
        self.canv.setLineWidth(1)
        for number in range(self._count):
            self.canv.rect(x + number * side * 1.05, 1, side * 0.95, side * 1.15)


class WritingLines(Figure):
    """Empty lines to write on."""

    def __init__(self, count: int, leading: float) -> None:
        """Keep how many lines and how far apart, in points."""
        super().__init__()
        self._count, self._leading = count, leading

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width, self.height = aW, self._count * self._leading
        return self.width, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines, which nobody reads."""
        canvas.setStrokeColor(layout.RULE)
        canvas.setLineWidth(0.75)
        for number in range(self._count):
            canvas.line(0, number * self._leading + 1, self.width, number * self._leading + 1)
