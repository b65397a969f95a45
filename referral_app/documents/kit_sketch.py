"""Four empty heads on which a patient or a clinician draws where it hurts."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.pdfgen.canvas import Canvas

from referral_app.clinical import heads
from referral_app.documents import fonts, head_drawing, layout
from referral_app.documents.figures import Figure


class EmptyHeads(Figure):
    """A head from the right, the front, the left and the back, each with its name below and R and L beside it."""

    def __init__(
        self, height: float, size: float, names: Mapping[str, str] = heads.VIEWS,
        letters: Mapping[str, str] = head_drawing.ENGLISH,
    ) -> None:  # fmt: skip
        """Keep the height in points, the size of the words, the name of each view, and the letters of the sides."""
        super().__init__()
        self.height, self._size, self._names, self._letters = height, size, names, letters
        self.alternative = ", ".join(names.values())

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width = aW
        return aW, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw the four heads in equal rooms."""
        words = self._size * 1.5
        tall = self.height - words
        wide = tall * heads.WIDTH / heads.HEIGHT
        for number, (view, name) in enumerate(self._names.items()):
            middle = self.width * (number + 0.5) / len(self._names)
            head_drawing.head(canvas, view, middle - wide / 2, words, tall, self._size, self._letters)
            canvas.setFillColor(layout.INK)
            canvas.setFont(fonts.BODY, self._size)
            canvas.drawCentredString(middle, words - self._size * 1.2, name)
