"""What draws by itself: with words that stand for it, or as decoration that nobody reads."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.documents import tagging
from referral_app.documents.tagging import Tag


class Figure(Flowable):
    """A drawing. `alternative` are the words that are read in its place; "" makes it decoration.

    Whoever draws one writes `paint`, and `wrap` where the size is not that of `width` and `height`.
    """

    alternative: str = ""
    role: str = "Figure"
    _tag: Tag | None = None

    def paint(self, canvas: Canvas) -> None:
        """Draw it with its lower left corner at 0, 0."""
        raise NotImplementedError

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it as content of its element, or as decoration."""
        if not self.alternative:
            with tagging.decoration(self.canv):
                self.paint(self.canv)
            return
        if self._tag is None:
            self._tag = Tag(self.role)
        left, low = self.canv.absolutePosition(0, 0)
        box = (left, low, left + self.width, low + self.height)
        self._tag.traits = f"{tagging.alternative(self.alternative)} {tagging.place(box)}"
        with tagging.content(self.canv, self._tag):
            self.paint(self.canv)
