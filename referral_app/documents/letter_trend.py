"""The Migraine Headache Index from one referral to the next: a small curve, and the same figures in a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.clinical import dates
from referral_app.documents import fonts, layout, tables, values
from referral_app.documents.figures import Figure
from referral_app.documents.layout import Styles
from referral_app.documents.tables import Column

if TYPE_CHECKING:
    from referral_app.services.index_trend import Point

_HIGHEST = 300.0
_TALL, _SIZE = 76.0, 9.0
_COLUMNS = (
    Column("Counted to", 0.3), Column("Index, of 300", 0.22, number=True),
    Column("Headache days, of 30", 0.25, number=True), Column("Reference", 0.23),
)  # fmt: skip


def section(points: Sequence[Point], styles: Styles) -> list[Flowable]:
    """Return curve and table where there are two readings or more, else nothing."""
    if len(points) < 2:
        return []
    rows = [
        [dates.say(one.on), _number(one.index), _number(one.days), one.reference] for one in reversed(points)
    ]
    return [Curve(points), tables.space(4), tables.table(_COLUMNS, rows, styles)]


class Curve(Figure):
    """The readings as a curve over time, each with its value; the line is ink, so that a fax keeps it."""

    def __init__(self, points: Sequence[Point]) -> None:
        """Keep the readings, oldest first."""
        super().__init__()
        self._points = points
        self.width, self.height = layout.WIDTH, _TALL + _SIZE * 1.7
        said = ", ".join(f"{dates.say(one.on)}: {_number(one.index)}" for one in points)
        self.alternative = f"Curve of the Migraine Headache Index over time. {said}."

    def paint(self, canvas: Canvas) -> None:
        """Draw the axis, the curve, its values, and the first and last day below it."""
        places = self._places()
        base = _SIZE * 1.7
        canvas.setStrokeColor(layout.RULE)
        canvas.setLineWidth(layout.HAIRLINE)
        canvas.line(0, base, self.width, base)
        canvas.setStrokeColor(layout.INK)
        canvas.setFillColor(layout.INK)
        canvas.setLineWidth(1.5)
        for (x, y), (right, up) in pairwise(places):
            canvas.line(x, y, right, up)
        canvas.setFont(fonts.BOLD, _SIZE)
        last = -100.0
        for (x, y), point in zip(places, self._points, strict=True):
            canvas.circle(x, y, 2.6, stroke=0, fill=1)
            if x - last > 26:  # values that would lie on each other stand in the table alone
                canvas.drawCentredString(x, y + 6, _number(point.index))
                last = x
        canvas.setFont(fonts.BODY, _SIZE)
        canvas.drawString(0, _SIZE * 0.4, dates.say(self._points[0].on))
        canvas.drawRightString(self.width, _SIZE * 0.4, dates.say(self._points[-1].on))

    def _places(self) -> list[tuple[float, float]]:
        """Return where each reading stands: across by day, upward by the index, of which 0 is the axis."""
        first, days = self._points[0].on, max(1, (self._points[-1].on - self._points[0].on).days)
        highest = max(50.0, *(one.index for one in self._points))
        edge, tall = 14.0, _TALL - 18
        return [
            (
                edge + (self.width - 2 * edge) * (one.on - first).days / days,
                _SIZE * 1.7 + tall * min(one.index, _HIGHEST) / highest,
            )
            for one in self._points
        ]


def _number(value: float) -> str:
    return values.number(float(round(value, 1)))
