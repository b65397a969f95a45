"""The head of the sender's paper: its logo beside its lines, or the room that printed paper needs."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.documents import layout, tables
from referral_app.documents.figures import Figure

_WIDE, _TALL = 1.6 * layout.INCH, 0.72 * layout.INCH
"""The most room that a logo takes: no wider than the cell beside the lines, or it would cover their ends."""


class Room(Flowable):
    """White room at the top of the first page; a spacer would be dropped there."""

    def __init__(self, height: float) -> None:
        """Keep the height in points, which may be nothing."""
        super().__init__()
        self.height = max(0.0, height)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        return aW, self.height

    def draw(self) -> None:
        """Draw nothing."""


class Logo(Figure):
    """The logo of a practice, as large as its room allows, never larger than 150 dots an inch ask for."""

    def __init__(self, png: bytes, name: str) -> None:
        """Keep the picture and whose it is."""
        super().__init__()
        self.alternative = f"Logo of {name}"
        self._picture = ImageReader(io.BytesIO(png))
        wide, tall = self._picture.getSize()
        scale = min(_WIDE / wide, _TALL / tall, layout.INCH / 150)
        self.width, self.height = wide * scale, tall * scale

    def paint(self, canvas: Canvas) -> None:
        """Draw it."""
        canvas.drawImage(self._picture, 0, 0, self.width, self.height)


def beside(lines: list[Flowable], logo: Logo) -> list[Flowable]:
    """Return the lines of a letterhead with the logo at their right."""
    return [tables.opposite(lines, logo)] if lines else [logo]
