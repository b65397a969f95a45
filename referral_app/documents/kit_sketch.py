"""Four empty heads on which a patient or a clinician draws where it hurts."""

from __future__ import annotations

from reportlab.platypus import Flowable

from referral_app.clinical import heads
from referral_app.documents import fonts, head_drawing, layout


class EmptyHeads(Flowable):
    """A head from the right, the front, the left and the back, each with its name below and R and L beside it."""

    def __init__(self, height: float, size: float) -> None:
        """Keep the height in points and the size of the words."""
        super().__init__()
        self.height, self._size = height, size

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width = aW
        return aW, self.height

    def draw(self) -> None:
        """Draw the four heads in equal rooms."""
        words = self._size * 1.5
        tall = self.height - words
        wide = tall * heads.WIDTH / heads.HEIGHT
        for number, (view, name) in enumerate(heads.VIEWS.items()):
            middle = self.width * (number + 0.5) / len(heads.VIEWS)
            head_drawing.head(self.canv, view, middle - wide / 2, words, tall, self._size)
            self.canv.setFillColor(layout.INK)
            self.canv.setFont(fonts.BODY, self._size)
            self.canv.drawCentredString(middle, words - self._size * 1.2, name)
