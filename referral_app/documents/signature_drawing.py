"""A signature on paper: the strokes of a pen, or a name in italics, above a line; all black, so that a fax keeps it."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.clinical import dates, handwriting
from referral_app.clinical.handwriting import Handwriting, Point, Stroke
from referral_app.documents import fonts, layout, one_line
from referral_app.documents.figures import Figure
from referral_app.documents.layout import Styles
from referral_app.services.e_signatures import Placed

WIDE, TALL = 190.0, 53.0
"""The room of the signature in points; the line lies at its lower edge, the caption below it."""
_PEN, _LINE, _SIZE, _CAPTION = 1.3, 0.75, 26.0, 9.0
INVENTED = "invented for demonstration"


def flowable(placed: Placed, styles: Styles) -> Flowable:
    """Return a signature as a figure, with its line and caption; `styles` are those of the document around it."""
    return Signature(placed, styles)


def alternative(placed: Placed) -> str:
    """Return a signature in words."""
    said = f"Signature of {placed.name}, {_on(placed)}"
    return f"{said}, {INVENTED}" if placed.invented else said


class Signature(Figure):
    """A signature that was placed."""

    def __init__(self, placed: Placed, styles: Styles) -> None:
        """Keep what is drawn."""
        super().__init__()
        self.alternative = alternative(placed)
        self._written: Handwriting = placed.handwriting
        self._caption = f"Signature {_on(placed)}" + (f", {INVENTED}" if placed.invented else "")
        self.spaceBefore = self.spaceAfter = styles.body.leading * 0.4

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        said = stringWidth(self._caption, fonts.BODY, _CAPTION)
        self.width, self.height = max(WIDE, said), TALL + _CAPTION * 1.6
        return self.width, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw the signature, its line and its caption."""
        base = self.height - TALL
        canvas.saveState()
        canvas.setStrokeColor(layout.INK)
        canvas.setFillColor(layout.INK)
        canvas.setLineWidth(_LINE)
        canvas.line(0, base, WIDE, base)
        if self._written.words:
            _write(canvas, self._written.words, base)
        else:
            _draw(canvas, self._written.strokes, base)
        canvas.setFont(fonts.BODY, _CAPTION)
        canvas.drawString(0, base - _CAPTION * 1.3, self._caption)
        canvas.restoreState()


def _on(placed: Placed) -> str:
    return f"placed {dates.say(placed.placed_at.astimezone().date())}"


def _draw(canvas: Canvas, strokes: tuple[Stroke, ...], base: float) -> None:
    scale = min(WIDE / handwriting.WIDTH, TALL / handwriting.HEIGHT)
    canvas.setLineWidth(_PEN)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in strokes:
        points = [(x * scale, base + TALL - y * scale) for x, y in stroke]
        _trace(canvas, points if len(points) > 1 else points * 2)


def _trace(canvas: Canvas, points: list[Point]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)


def _write(canvas: Canvas, words: str, base: float) -> None:
    """Write a name on the line, as large as it fits; letters that the italic cut lacks come from the other font."""
    wide = one_line.width(words, one_line.SLANTED, _SIZE)
    size = _SIZE * min(1.0, WIDE / wide) if wide else _SIZE
    one_line.draw(canvas, words, one_line.SLANTED, size, 0, base + _SIZE * 0.35)
