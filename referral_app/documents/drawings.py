"""Drawings for patients in two inks, which still read in black and white: nerves of the head, the cut, 100 people."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from referral_app.clinical import heads
from referral_app.documents import fonts, head_drawing, layout, packet_language
from referral_app.documents.figures import Figure
from referral_app.documents.packet_language import Words

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
Label = tuple[str, heads.Point, float]
"""The name of the words, the point that they name, and the height at which they stand, in units of a head."""
_LABELS: tuple[Label, ...] = (
    ("greater", (23, 112), 138.0),
    ("lesser", (47, 72), 96.0),
    ("third", (6, 46), 50.0),
)
_CUT = (12.0, 46.0)
"""From where to where the cut is drawn, from the hairline to the ridge of the skull (clinical.md 6)."""
_CUT_LABELS: tuple[Label, ...] = (("nerve", (24, 112), 130.0), ("cut", (1, 28), 40.0))


class BackOfHead(Figure):
    """The back of a head with the greater, lesser and third occipital nerves, each in its own kind of line."""

    def __init__(self, width: float, height: float, size: float, words: Words | None = None) -> None:
        """Keep the room in points, the size of the labels, and the words they are in."""
        super().__init__()
        self.width, self.height, self._size = width, height, size
        self._words = words or packet_language.words("en")
        self.alternative = self._words.say("drawings.nerves_alt")
        self.spaceAfter = 6

    def paint(self, canvas: Canvas) -> None:
        """Draw head, nerves and labels."""
        scale, middle = _back(canvas, self.width, self.height)
        for side in (-1, 1):
            for curves, weight, dash in (
                (_GREATER, 3.0, ()),
                (_LESSER, 2.4, (7, 3)),
                (_THIRD, 2.6, (0.1, 4.4)),
            ):
                _nerve(canvas, curves, scale, side, weight, dash)
        _label(canvas, self._words, _LABELS, scale, self.width - middle, self._size)
        canvas.restoreState()


class WhereCut(Figure):
    """The back of a head with the place of the cut and the greater occipital nerves, which are freed through it."""

    def __init__(self, width: float, height: float, size: float, words: Words | None = None) -> None:
        """Keep the room in points, the size of the labels, and the words they are in."""
        super().__init__()
        self.width, self.height, self._size = width, height, size
        self._words = words or packet_language.words("en")
        self.alternative = self._words.say("drawings.cut_alt")
        self.spaceAfter = 6

    def paint(self, canvas: Canvas) -> None:
        """Draw head, nerves, cut and labels."""
        scale, middle = _back(canvas, self.width, self.height)
        for side in (-1, 1):
            _nerve(canvas, _GREATER, scale, side, 2.0)
        low, high = (y * scale for y in _CUT)
        canvas.setStrokeColor(layout.INK)
        canvas.setDash([])
        canvas.setLineCap(0)
        canvas.setLineWidth(max(3.5, 4.5 * scale))
        canvas.line(0, low, 0, high)
        canvas.setLineWidth(1.4)
        for part in range(1, 5):
            y = low + (high - low) * part / 5
            canvas.line(-5 * scale, y, 5 * scale, y)
        _label(canvas, self._words, _CUT_LABELS, scale, self.width - middle, self._size)
        canvas.restoreState()


def _back(canvas: Canvas, width: float, height: float) -> tuple[float, float]:
    """Draw a head from behind and go to where its nerves come up; return how much a unit is, and where that is.

    Whoever calls it restores the state of the canvas.
    """
    scale = height / _SHOWN
    middle = width * 0.32
    left = middle - heads.MIDDLE * scale
    head_drawing.head(canvas, "back", left, -_BELOW * scale, heads.HEIGHT * scale, 0)
    canvas.saveState()
    canvas.translate(middle, _NECK * scale)
    return scale, middle


def _nerve(
    canvas: Canvas, curves: Sequence[Curve], scale: float, side: int, weight: float, dash: Sequence[float] = ()
) -> None:  # fmt: skip
    for number, curve in enumerate(curves):
        stroke(
            canvas, curve, scale * side, scale, layout.ACCENT, weight * (0.7 if number else 1), dash
        )  # fmt: skip


def _label(
    canvas: Canvas, words: Words, labels: Sequence[Label], scale: float, room: float, size: float
) -> None:  # fmt: skip
    """Write labels at the right of a head, each with a line to its point; `room` is what they may take."""
    left = 92 * scale
    for name, (x, y), height in labels:
        said = words.say(f"drawings.{name}")
        canvas.setStrokeColor(layout.INK)
        canvas.setLineWidth(0.75)
        canvas.setDash([])
        canvas.line(x * scale + 3, y * scale, left - 4, height * scale)
        canvas.setFillColor(layout.INK)
        fitting = min(size, size * (room - left) / canvas.stringWidth(said, fonts.BOLD, size))
        canvas.setFont(fonts.BOLD, fitting)
        canvas.drawString(left, height * scale - fitting * 0.33, said)


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


class HundredPeople(Figure):
    """One hundred people in rows of 25, the first of them filled; `alternative` says what that means."""

    def __init__(self, filled: int, width: float, alternative: str = "") -> None:
        """Keep how many are filled, the width in points, and the words that are read in its place."""
        super().__init__()
        self._filled, self._step = filled, min(width / 25, 20.0)
        self.width, self.height = width, self._step * 1.35 * 4
        self.alternative = alternative
        self.spaceAfter = 6

    def paint(self, canvas: Canvas) -> None:
        """Draw the people row by row."""
        for number in range(100):
            x = (number % 25 + 0.5) * self._step
            y = self.height - (number // 25 + 1) * self._step * 1.35
            _person(canvas, x, y, self._step, filled=number < self._filled)


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
