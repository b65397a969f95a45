"""Four empty heads on which a patient or a clinician draws where it hurts."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.documents import fonts, layout
from referral_app.documents.drawings import EAR, HEAD, Curve, stroke

_PROFILE: Curve = ((-30, 0), [
    ((-27, 16), (-32, 34), (-46, 52)), ((-72, 84), (-72, 128), (-46, 152)), ((-20, 174), (22, 174), (42, 152)),
    ((54, 138), (56, 124), (53, 110)), ((53, 104), (60, 94), (66, 84)), ((68, 79), (60, 77), (57, 76)),
    ((56, 72), (62, 69), (60, 65)), ((56, 62), (62, 58), (58, 54)), ((53, 50), (60, 44), (55, 37)),
    ((46, 28), (30, 34), (20, 42)), ((14, 30), (16, 12), (20, 0)),
])  # fmt: skip
_SIDE_EAR: Curve = ((-6, 92), [
    ((-8, 106), (-28, 104), (-24, 86)), ((-22, 76), (-14, 66), (-10, 70)), ((-4, 74), (-8, 82), (-6, 92)),
])  # fmt: skip
_SIDE_EYE: Curve = ((40, 106), [((44, 110), (48, 110), (51, 106))])
_EYE: Curve = ((12, 98), [((17, 104), (29, 104), (34, 98)), ((29, 94), (17, 94), (12, 98))])
_NOSE: Curve = ((6, 80), [((8, 76), (10, 71), (8, 69)), ((5, 66), (2, 67), (0, 66))])
_MOUTH: Curve = ((0, 51), [((7, 51), (13, 53), (18, 55))])
_CHIN: Curve = ((28, 42), [((18, 30), (8, 27), (0, 27))])
_HAIRLINE: Curve = ((0, 18), [((10, 20), (20, 22), (26, 20))])

_VIEWS: tuple[tuple[str, tuple[Curve, ...], tuple[int, ...]], ...] = (
    ("Right side", (_PROFILE, _SIDE_EAR, _SIDE_EYE), (1,)),
    ("Front", (HEAD, EAR, _EYE, _NOSE, _MOUTH, _CHIN), (1, -1)),
    ("Left side", (_PROFILE, _SIDE_EAR, _SIDE_EYE), (-1,)),
    ("Back", (HEAD, EAR, _HAIRLINE), (1, -1)),
)
_TALL = 176.0
"""The height of a head in the units of its curves."""


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
        canvas, words = self.canv, self._size * 1.5
        scale = (self.height - words) / _TALL
        for number, (name, curves, sides) in enumerate(_VIEWS):
            canvas.saveState()
            canvas.translate(self.width * (number + 0.5) / len(_VIEWS), words)
            for side in sides:
                for curve in curves:
                    stroke(canvas, curve, scale * side, scale, layout.INK, 1.1)
            self._name(canvas, name, scale)
            canvas.restoreState()

    def _name(self, canvas: Canvas, name: str, scale: float) -> None:
        canvas.setFillColor(layout.INK)
        canvas.setFont(fonts.BODY, self._size)
        canvas.drawCentredString(0, -self._size * 1.2, name)
        if name in ("Front", "Back"):
            right = -1 if name == "Front" else 1
            for side, letter in ((right, "R"), (-right, "L")):
                canvas.drawCentredString(side * 56 * scale, 8 * scale, letter)
