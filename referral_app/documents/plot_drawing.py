"""The plots of reports on paper: the shapes of `clinical.plots` in ink, their patterns drawn as lines."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from referral_app.clinical import plots
from referral_app.clinical.plots import Box, Plot, Words
from referral_app.documents import fonts, layout
from referral_app.documents.figures import Figure

_SCALE = layout.WIDTH / plots.WIDTH
_APART = 4.0
MOST = 14
"""How many bars stand in one picture, so that it fits on a page with its heading."""


class PlotDrawing(Figure):
    """A plot; the words in its place are those of its bars."""

    def __init__(self, plot: Plot) -> None:
        """Keep the plot; it is as wide as the text."""
        super().__init__()
        self._plot = plot
        self.width, self.height = layout.WIDTH, plot.height * _SCALE
        self.alternative = plot.alternative

    def paint(self, canvas: Canvas) -> None:
        """Draw every shape."""
        canvas.saveState()
        canvas.scale(_SCALE, _SCALE)
        for shape in plots.shapes(self._plot):
            if isinstance(shape, Words):
                self._write(canvas, shape)
            else:
                self._fill(canvas, shape)
        canvas.restoreState()

    def _write(self, canvas: Canvas, words: Words) -> None:
        canvas.setFillColor(layout.INK)
        own = fonts.cover().issuperset(words.text)
        bold, usual = (fonts.BOLD, fonts.BODY) if own else (fonts.FALLBACK_BOLD, fonts.FALLBACK)
        canvas.setFont(bold if words.bold else usual, plots.SIZE)
        canvas.drawString(words.x, self._plot.height - words.y, words.text if own else _drawn(words.text))

    def _fill(self, canvas: Canvas, box: Box) -> None:
        low = self._plot.height - box.y - box.height
        canvas.setStrokeColor(layout.INK)
        canvas.setFillColor(layout.INK)
        canvas.setLineWidth(0.8)
        if box.pattern == plots.HATCH:
            _hatch(canvas, box, low)
        canvas.rect(box.x, low, box.width, box.height, stroke=1, fill=int(box.pattern == plots.SOLID))


def _drawn(words: str) -> str:
    """Return words with a question mark for what no font of ours can draw; the table below says what it is."""
    known = fonts.fallback_cover()
    return "".join(one if one in known else "?" for one in words)


def _hatch(canvas: Canvas, box: Box, low: float) -> None:
    """Draw slanted lines within a rectangle."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(box.x, low, box.width, box.height)
    canvas.clipPath(path, stroke=0, fill=0)
    at = box.x - box.height
    while at < box.x + box.width:
        canvas.line(at, low, at + box.height, low + box.height)
        at += _APART
    canvas.restoreState()
