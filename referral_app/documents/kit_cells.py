"""Boxes to write in by hand: a grid of cells with a label each, lists to tick, places for dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from referral_app.documents import layout, symbols, tagging, text
from referral_app.documents.figures import Figure
from referral_app.documents.paragraphs import Words
from referral_app.documents.tagging import Tag

UNITS = 12
"""How many units a row of cells is wide."""
ROW = 0.31 * layout.INCH
"""The least height of a row in which somebody writes, in points."""
WRITING = ROW * 0.65
"""The room below the label of a cell, in points; a little of the label's own line is free as well."""
EDGE = 0.75
"""The weight of every line, which a fax keeps."""
_PAD = 3.0
_MOST = 0.86
"""The share of a line that options beside a question may take."""
_INDENT = 14.0
_GAP = 12.0


def wide(words: Paragraph) -> float:
    """Return the width of a paragraph on one line, in points."""
    words.wrap(10_000, 10_000)
    return max(cast(Sequence[float], words.getActualLineWidths0()), default=0.0)


class Ticks(Flowable):
    """Options, each behind a box to tick, as many on a line as fit."""

    def __init__(self, options: Iterable[str], style: ParagraphStyle, line: float = 0.0) -> None:
        """Keep the options as paragraphs; `line` is how far apart the lines stand, in points."""
        super().__init__()
        self._style = style
        self._line = line or style.leading * 1.2
        self._indent = style.fontSize * 1.35
        self._options = [text.paragraph(words, style) for words in options]
        self._placed: list[tuple[Words, float, float]] = []

    def wide(self) -> float:
        """Return how wide all options are on one line, in points."""
        return sum(self._width(option) for option in self._options)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self._placed = []
        x = y = tallest = 0.0
        for option in self._options:
            width = self._width(option)
            if x and x + width > aW + self._style.fontSize:
                x, y, tallest = 0.0, y + tallest, 0.0
            height = option.wrap(min(width, aW) - self._indent, aH)[1]
            self._placed.append((option, x, y))
            tallest = max(tallest, height + self._line - self._style.leading)
            x += width
        self.width, self.height = aW, y + tallest
        return self.width, self.height

    def draw(self) -> None:
        """Draw the boxes and their words."""
        for option, x, y in self._placed:
            top = self.height - y
            middle = top - self._style.leading * 0.55
            with tagging.item(self.canv, Tag("LI"), symbols.tick.kind, first=(x, y) == (0, 0)):
                with tagging.content(self.canv, symbols.tick.label(self.canv)):
                    symbols.tick(self.canv, x + self._style.fontSize * 0.5, middle, self._style.fontSize)
                option.tag = option.tag or Tag("LBody")
                option.drawOn(self.canv, x + self._indent, top - option.height)

    def _width(self, option: Paragraph) -> float:
        """Return the width of an option on one line, its box and the gap behind it included."""
        return self._indent + wide(option) + self._style.fontSize * 1.1 + 1


class Slashes(Figure):
    """A place for a date: strokes between month, day and year."""

    def __init__(self, count: int, height: float) -> None:
        """Keep how many strokes and how high the place is, in points."""
        super().__init__()
        self._count, self.height = count, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width = aW
        return aW, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw the strokes, which nobody reads."""
        canvas.setStrokeColor(layout.MUTED)
        canvas.setLineWidth(EDGE)
        part = min(self.width / (self._count + 1.4), 34)
        for number in range(1, self._count + 1):
            canvas.line(part * number - 2, 3, part * number + 3, 14)


class Blank(Flowable):
    """A question with options to tick or lines to write on, beside it or, where the room is short, below it."""

    def __init__(
        self, words: str, style: ParagraphStyle, options: Ticks | None = None, *,
        unit: str = "", lines: int = 1, aligned: bool = False,
    ) -> None:  # fmt: skip
        """Keep the question; without options there are so many lines, with a unit behind.

        `aligned` options stand at the right edge, so that those of several questions stand below each other.
        """
        super().__init__()
        self._words, self._style = text.paragraph(words, style), style
        self._options, self._unit, self._lines, self._aligned = options, unit, lines, aligned
        self._row = max(ROW, style.fontSize * 1.86)
        self._room = self._row * 2.7
        self._behind = 5 + stringWidth(unit, style.fontName, style.fontSize)
        self.spaceAfter = 2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        across = wide(self._words) + 8
        needed = (
            self._options.wide() - _GAP
            if self._options
            else self._room + self._behind
            if self._unit
            else self._row * 4.5
        )
        aligned = self._aligned and needed <= aW * _MOST
        self._across = aW - needed if aligned else across
        self._beside = aligned or across + needed <= aW
        self._tall = self._words.wrap(self._across - 6 if self._beside else aW, aH)[1]
        if self._options is None:
            answer, least = self._lines * self._row, self._row
        else:
            answer = self._options.wrap(needed + _GAP if self._beside else aW - _INDENT, aH)[1]
            least = self._style.leading + 2
        self.width, self.height = aW, max(least, self._tall, answer) if self._beside else self._tall + answer
        return self.width, self.height

    def draw(self) -> None:
        """Draw the question and the room for its answer."""
        if self._options is None:
            self._words.drawOn(
                self.canv, 0, self.height - self._tall - (self._row - self._tall if self._beside else 0)
            )
            self._rules()
            return
        answer = self._options.height
        if self._beside:
            self._words.drawOn(self.canv, 0, (self.height - self._tall) / 2)
            self._options.drawOn(self.canv, self._across, (self.height - answer) / 2 - 1)
        else:
            self._words.drawOn(self.canv, 0, self.height - self._tall)
            self._options.drawOn(self.canv, _INDENT, 0)

    def _rules(self) -> None:
        """Draw the lines to write on, each with its unit behind, which is read with the question."""
        canvas = self.canv
        for number in reversed(range(self._lines)):
            left = self._across if self._beside and number == self._lines - 1 else 0
            right = min(self.width - self._behind, left + self._room) if self._unit else self.width
            with tagging.decoration(canvas):
                canvas.setStrokeColor(layout.INK)
                canvas.setLineWidth(EDGE)
                canvas.line(left, number * self._row + 3, right, number * self._row + 3)
            if self._unit:
                with tagging.content(canvas, self._words.tagged()):
                    canvas.setFillColor(layout.INK)
                    canvas.setFont(self._style.fontName, self._style.fontSize)
                    canvas.drawString(right + 4, number * self._row + 4, self._unit)


@dataclass(frozen=True)
class Cell:
    """One box: its label, what stands below it ("" of room to write where nothing does), its width in units."""

    label: Words
    inside: Flowable | None
    span: int
    room: float = WRITING

    def height(self, width: float) -> float:
        """Return the height it needs at a width, in points."""
        inner = width - 2 * _PAD
        label = self.label.wrap(inner, layout.PAGE_HEIGHT)[1]
        if self._on_one_line(inner):
            return ROW
        inside = self.inside.wrap(inner, layout.PAGE_HEIGHT)[1] if self.inside else self.room
        return max(ROW, label + max(inside, 12) + _PAD + 1)

    def draw(self, canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
        """Draw it with its lower left corner at a place."""
        with tagging.decoration(canvas):
            canvas.setStrokeColor(layout.INK)
            canvas.setLineWidth(EDGE)
            canvas.rect(x, y, width, height)
        if isinstance(self.inside, Ticks) and self._on_one_line(width - 2 * _PAD):
            middle, left = y + height / 2, wide(self.label) + 2 * _PAD
            self.label.drawOn(canvas, x + _PAD, middle - self.label.height / 2)
            inside = self.inside.wrap(width - left, height)[1]
            self.inside.drawOn(canvas, x + _PAD + left, middle - inside / 2 - 0.5)
            return
        high = self.label.wrap(width - 2 * _PAD, height)[1]
        self.label.drawOn(canvas, x + _PAD, y + height - high - 1)
        if self.inside is not None:
            self.inside.drawOn(canvas, x + _PAD, y + 2)

    def _on_one_line(self, inner: float) -> bool:
        """Tell whether label and options stand beside each other."""
        return (
            isinstance(self.inside, Ticks) and wide(self.label) + 3 * _PAD + self.inside.wide() <= inner + 8
        )


class Line(Flowable):
    """Cells side by side, as high as the highest of them."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        """Keep the cells; what they leave free goes to the last."""
        super().__init__()
        self._cells = cells

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width = aW
        self.height = max(cell.height(width) for cell, width in zip(self._cells, self._widths(), strict=True))
        return self.width, self.height

    def draw(self) -> None:
        """Draw the cells."""
        x = 0.0
        for cell, width in zip(self._cells, self._widths(), strict=True):
            cell.draw(self.canv, x, 0, width, self.height)
            x += width

    def _widths(self) -> list[float]:
        unit = self.width / UNITS
        widths = [cell.span * unit for cell in self._cells]
        return [*widths[:-1], self.width - sum(widths[:-1])]


def grid(cells: Iterable[Cell]) -> Iterator[Line]:
    """Yield the cells in rows, in their order, as many in a row as fit."""
    row: list[Cell] = []
    for cell in cells:
        if row and sum(one.span for one in row) + cell.span > UNITS:
            yield Line(_evened(row))
            row = []
        row.append(cell)
    if row:
        yield Line(_evened(row))


def _evened(row: list[Cell]) -> list[Cell]:
    """Return a row in which cells that leave room free share it."""
    free = UNITS - sum(cell.span for cell in row)
    each, over = divmod(free, len(row))
    return [replace(cell, span=cell.span + each + (at < over)) for at, cell in enumerate(row)]
