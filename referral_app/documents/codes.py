"""Codes on paper, drawn as filled rectangles, so that they stay sharp in every size and after a fax."""

from __future__ import annotations

from collections.abc import Iterator

import segno
from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import layout
from referral_app.documents.figures import Figure

QUIET = 4
"""How many modules stay white around a QR code. Source: ISO/IEC 18004, which asks for four."""


class Modules(Figure):
    """A square of dark and light modules."""

    def __init__(
        self, matrix: list[list[bool]], size: float, alternative: str = "Code for a scanner"
    ) -> None:
        """Keep the modules, the top row first, the side in points, the white edge included, and what it is in words."""
        super().__init__()
        self.alternative = alternative
        self._matrix = matrix
        self.width = self.height = size

    def paint(self, canvas: Canvas) -> None:
        """Draw each run of dark modules of a row as one rectangle."""
        side = self.width / (len(self._matrix) + 2 * QUIET)
        canvas.setFillColor(layout.INK)
        for number, row in enumerate(self._matrix):
            bottom = self.height - (QUIET + number + 1) * side
            for start, end in _runs(row):
                canvas.rect((QUIET + start) * side, bottom, (end - start) * side, side, stroke=0, fill=1)


def qr(text: str, size: float) -> Modules:
    """Return a text as a QR code that is read even where 15 of 100 parts are damaged; `size` is its side in points.

    Raises ValueError for a text that no QR code can hold.
    """
    made = segno.make_qr(text, error="m")
    return Modules([[bool(module) for module in row] for row in made.matrix], size)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for at, dark in enumerate([*row, False]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at
            start = None
