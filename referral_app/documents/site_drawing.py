"""The six trigger sites of migraine surgery on a head from the front, from the side and from behind.

Source of the sites: clinical.md 1.7 (Guyuron 2015); the drawing is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from referral_app.clinical import heads
from referral_app.documents import fonts, head_drawing, layout, packet_language
from referral_app.documents.figures import Figure
from referral_app.documents.packet_language import Words


@dataclass(frozen=True)
class Site:
    """In which view a site is drawn and the areas of `heads.REGIONS` it takes.

    `number` is where its number stands, `named` where the line from there ends, in the room of a head.
    """

    view: str
    regions: tuple[str, ...]
    number: heads.Point
    named: heads.Point


SITES: dict[str, Site] = {
    "I": Site("front", ("supraorbital", "supratrochlear"), (184, 30), (137, 66)),
    "II": Site("right", ("zygomaticotemporal",), (187, 40), (138, 76)),
    "III": Site("front", ("eye",), (192, 76), (139, 98)),
    "IV": Site("back", ("greater_occipital",), (14, 36), (76, 84)),
    "V": Site("right", ("auriculotemporal",), (22, 36), (98, 70)),
    "VI": Site("back", ("lesser_occipital",), (190, 72), (153, 104)),
}
_VIEWS = ("front", "right", "back")


class TriggerSites(Figure):
    """Three heads with the six sites; those of the patient have a thick edge, the others a dashed one."""

    def __init__(
        self, width: float, height: float, size: float, own: Collection[str] = (), words: Words | None = None
    ) -> None:  # fmt: skip
        """Keep the room in points, the size of the words, the patient's sites, and the words they are in."""
        super().__init__()
        self.width, self.height, self._size = width, height, size
        self._own = frozenset(own)
        self._words = words or packet_language.words("en")
        self.alternative = self._words.say("drawings.sites_alt", places=_listed(self._words))
        self.spaceAfter = 6

    def paint(self, canvas: Canvas) -> None:
        """Draw the three heads with the names of their views, and the sites on them."""
        foot = self._size * 1.5
        tall = self.height - foot
        scale = tall / heads.HEIGHT
        for number, view in enumerate(_VIEWS):
            middle = self.width * (number + 0.5) / len(_VIEWS)
            left = middle - heads.MIDDLE * scale
            head_drawing.head(canvas, view, left, foot, tall, 0)
            for name, site in SITES.items():
                if site.view == view:
                    self._site(canvas, name, site, (left, foot + tall, scale))
            canvas.setFillColor(layout.INK)
            canvas.setFont(fonts.BODY, self._size)
            canvas.drawCentredString(middle, self._size * 0.3, self._words.part("views")[view])

    def _site(self, canvas: Canvas, name: str, site: Site, place: tuple[float, float, float]) -> None:
        """Draw the areas of a site and its number beside them; `place` is the upper left corner and a unit."""
        left, top, scale = place
        mine = name in self._own
        canvas.setStrokeColor(layout.ACCENT)
        canvas.setLineWidth(2.6 if mine else 1.3)
        canvas.setDash([3, 2] if self._own and not mine else [])
        for area in _areas(site):
            path = canvas.beginPath()
            path.moveTo(left + area[0][0] * scale, top - area[0][1] * scale)
            for x, y in area[1:]:
                path.lineTo(left + x * scale, top - y * scale)
            path.close()
            canvas.drawPath(path, stroke=1, fill=0)
        (x, y), (at_x, at_y) = site.number, site.named
        number = (left + x * scale, top - y * scale)
        canvas.setStrokeColor(layout.INK)
        canvas.setLineWidth(0.75)
        canvas.setDash([])
        canvas.line(*number, left + at_x * scale, top - at_y * scale)
        _badge(canvas, name, *number, self._size)


def _areas(site: Site) -> Iterator[tuple[heads.Point, ...]]:
    """Yield the areas of a site on both sides of the patient, as far as they are seen."""
    for region in site.regions:
        for side in heads.SIDES:
            if area := heads.area(region, side, site.view):
                yield area


def _badge(canvas: Canvas, words: str, x: float, y: float, size: float) -> None:
    """Draw a number in a filled circle."""
    canvas.setFillColor(layout.INK)
    canvas.circle(x, y, size * 0.78, stroke=0, fill=1)
    canvas.setFillColor(layout.PAPER)
    canvas.setFont(fonts.BOLD, size * 0.85)
    canvas.drawCentredString(x, y - size * 0.3, words)


def _listed(words: Words) -> str:
    return "; ".join(f"{site}: {place}" for site, place in words.part("sites").items())
