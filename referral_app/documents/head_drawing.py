"""The heads of `clinical/heads.py` and the marks of a sketch on paper: black lines alone, so that a fax keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from referral_app.clinical import heads, sketch, strokes
from referral_app.clinical.heads import Curve
from referral_app.clinical.sketch import Mark
from referral_app.clinical.strokes import Ink
from referral_app.documents import fonts, layout

_WEIGHTS = {"outline": 1.1, "detail": 0.7, "landmark": 0.6}
"""How thick the lines of a head are, in points."""
_LANDMARK = (2.0, 2.0)


ENGLISH = {"R": "R", "L": "L"}
"""The letters of the two sides."""


def head(
    canvas: Canvas, view: str, left: float, bottom: float, height: float, size: float,
    letters: Mapping[str, str] = ENGLISH,
) -> None:  # fmt: skip
    """Draw an empty head in a room of this height in points, with R and L in letters of a size; none where it is 0.

    `letters` says what stands for R and L in another language.
    """
    scale = height / heads.HEIGHT
    canvas.saveState()
    _turn(canvas, left, bottom, height)
    canvas.setStrokeColor(layout.INK)
    canvas.setLineCap(1)
    for stroke in heads.strokes(view):
        canvas.setLineWidth(_WEIGHTS[stroke.kind] / scale)
        canvas.setDash([part / scale for part in _LANDMARK] if stroke.kind == "landmark" else [])
        _draw_curve(canvas, stroke.curve)
    canvas.restoreState()
    canvas.setFillColor(layout.INK)
    canvas.setFont(fonts.BOLD, size or 1)
    for letter, (x, y) in heads.letters(view) if size else ():
        canvas.drawCentredString(left + x * scale, bottom + height - y * scale - size * 0.35, letters[letter])


def marks(canvas: Canvas, some: Iterable[Mark], left: float, bottom: float, height: float) -> None:
    """Draw marks of one view in the room of its head: spreads first, starts above them."""
    canvas.saveState()
    _turn(canvas, left, bottom, height)
    for mark in sorted(some, key=lambda one: one["kind"] == sketch.START):
        for ink in strokes.inks(mark):
            _draw_ink(canvas, ink)
    canvas.restoreState()


def _turn(canvas: Canvas, left: float, bottom: float, height: float) -> None:
    """Let points be in the room of a head: from its upper left corner, y down."""
    scale = height / heads.HEIGHT
    canvas.translate(left, bottom + height)
    canvas.scale(scale, -scale)


def _draw_curve(canvas: Canvas, curve: Curve) -> None:
    start, pieces = curve
    path = canvas.beginPath()
    path.moveTo(*start)
    for first, second, end in pieces:
        path.curveTo(*first, *second, *end)
    canvas.drawPath(path, stroke=1, fill=0)


def _draw_ink(canvas: Canvas, ink: Ink) -> None:
    canvas.setStrokeColor(layout.INK)
    canvas.setFillColor(layout.PAPER)
    canvas.setLineWidth(ink.width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setDash(list[float](ink.dash))
    canvas.drawPath(_path(canvas, ink.points, ink.closed), stroke=int(ink.width > 0), fill=int(ink.ground))


def _path(canvas: Canvas, points: Sequence[heads.Point], closed: bool) -> PDFPathObject:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path
