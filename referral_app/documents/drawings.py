"""Drawings for patients in two inks, which still read in black and white: the nerves of the head, 100 people."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.clinical import heads
from referral_app.documents import fonts, head_drawing, layout

Curve = tuple[heads.Point, Sequence[heads.Piece]]
"""A start and Bézier pieces; x to the right of the middle line, y up from the neck."""

_SHOWN, _BELOW, _NECK = 226.0, 4.0, 46.0
"""How much of the room of a head is shown, what is left out below, and where nerves come up, in its units."""
_GREATER: tuple[Curve, ...] = (
    ((9, 22), [((11, 36), (17, 44), (19, 56)), ((22, 78), (26, 96), (24, 124))]),
    ((20, 66), [((12, 84), (12, 104), (10, 132))]),
    ((23, 88), [((34, 100), (36, 116), (36, 132))]),
)
_LESSER: tuple[Curve, ...] = (
    ((22, 14), [((32, 30), (42, 44), (45, 60)), ((48, 74), (50, 88), (48, 106))]),
    ((46, 66), [((54, 74), (55, 84), (54, 96))]),
)
_THIRD: tuple[Curve, ...] = (((5, 14), [((6, 30), (5, 42), (7, 60))]),)
_LABELS = (
    ("Greater occipital nerve", (23, 112), 138.0),
    ("Lesser occipital nerve", (47, 72), 96.0),
    ("Third occipital nerve", (6, 46), 50.0),
)


class BackOfHead(Flowable):
    """The back of a head with the greater, lesser and third occipital nerves, each in its own kind of line."""

    def __init__(self, width: float, height: float, size: float) -> None:
        """Keep the room in points and the size of the labels."""
        super().__init__()
        self.width, self.height, self._size = width, height, size
        self.spaceAfter = 6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw head, nerves and labels."""
        scale = self.height / _SHOWN
        middle = self.width * 0.32
        canvas = self.canv
        left = middle - heads.MIDDLE * scale
        head_drawing.head(canvas, "back", left, -_BELOW * scale, heads.HEIGHT * scale, 0)
        canvas.saveState()
        canvas.translate(middle, _NECK * scale)
        for side in (-1, 1):
            for curves, weight, dash in (
                (_GREATER, 3.0, ()),
                (_LESSER, 2.4, (7, 3)),
                (_THIRD, 2.6, (0.1, 4.4)),
            ):
                for number, curve in enumerate(curves):
                    stroke(
                        canvas,
                        curve,
                        scale * side,
                        scale,
                        layout.ACCENT,
                        weight * (0.7 if number else 1),
                        dash,
                    )
        self._label(canvas, scale, self.width - middle)
        canvas.restoreState()

    def _label(self, canvas: Canvas, scale: float, room: float) -> None:
        left = 92 * scale
        for words, (x, y), height in _LABELS:
            canvas.setStrokeColor(layout.INK)
            canvas.setLineWidth(0.75)
            canvas.setDash([])
            canvas.line(x * scale + 3, y * scale, left - 4, height * scale)
            canvas.setFillColor(layout.INK)
            size = min(
                self._size, self._size * (room - left) / canvas.stringWidth(words, fonts.BOLD, self._size)
            )
            canvas.setFont(fonts.BOLD, size)
            canvas.drawString(left, height * scale - size * 0.33, words)


def stroke(
    canvas: Canvas, curve: Curve, x: float, y: float, color: Color, weight: float, dash: Sequence[float] = ()
) -> None:  # fmt: skip
    """Draw a curve in a color, its points scaled by `x` and `y`."""
    start, pieces = curve
    path = canvas.beginPath()
    path.moveTo(start[0] * x, start[1] * y)
    for first, second, end in pieces:
        path.curveTo(first[0] * x, first[1] * y, second[0] * x, second[1] * y, end[0] * x, end[1] * y)
    canvas.setStrokeColor(color)
    canvas.setLineWidth(weight)
    canvas.setLineCap(1)
    canvas.setDash(list(dash))
    canvas.drawPath(path, stroke=1, fill=0)


class HundredPeople(Flowable):
    """One hundred people in rows of 25, the first of them filled."""

    def __init__(self, filled: int, width: float) -> None:
        """Keep how many are filled and the width in points."""
        super().__init__()
        self._filled, self._step = filled, min(width / 25, 20.0)
        self.width, self.height = width, self._step * 1.35 * 4
        self.spaceAfter = 6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the people row by row."""
        for number in range(100):
            x = (number % 25 + 0.5) * self._step
            y = self.height - (number // 25 + 1) * self._step * 1.35
            _person(self.canv, x, y, self._step, filled=number < self._filled)


def _person(canvas: Canvas, x: float, y: float, step: float, filled: bool) -> None:
    canvas.setStrokeColor(layout.ACCENT)
    canvas.setFillColor(layout.ACCENT)
    canvas.setLineWidth(0.9)
    canvas.circle(x, y + step * 0.98, step * 0.19, stroke=1, fill=int(filled))
    body = canvas.beginPath()
    body.moveTo(x - step * 0.32, y + step * 0.12)
    body.curveTo(
        x - step * 0.32, y + step * 0.85, x + step * 0.32, y + step * 0.85, x + step * 0.32, y + step * 0.12
    )
    body.close()
    canvas.drawPath(body, stroke=1, fill=int(filled))
