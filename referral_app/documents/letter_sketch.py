"""The head sketch of the letter: drawn large enough for a fax, with its legend, and said in words."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from referral_app.choices import SketchClass
from referral_app.clinical import heads, sketch, sketch_words
from referral_app.clinical.sketch import INTENSITIES, Mark
from referral_app.documents import fonts, head_drawing, layout, tables, text
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet

_PATH = "pain.sketch"
_LARGE = {1: 186.0, 2: 178.0, 3: 154.0, 4: 128.0}
"""How high a head with marks is, in points, by how many there are; the others are small."""
_SMALL, _GAP, _SIZE = 56.0, 9.0, 9.5
_LINE = 10.0
"""How far below the upper edge of its room a mark of the legend lies, in the units of a head."""
_LEGEND: tuple[tuple[str, Mark, float], ...] = (
    ("starts here", sketch.start("front", (10, _LINE)), 20),
    *((words, {"kind": sketch.LINE, "view": "front", "intensity": step, "points": [[5, _LINE], [45, _LINE]]}, 50)
      for step, words in INTENSITIES.items()),
)  # fmt: skip
"""What a reader has to know: words, the mark, and the width that it takes."""
_RIGHT_AND_LEFT = "R and L: the patient’s right and left."


def section(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the drawing with its words, nothing where no sketch can be drawn; who rated it stands below."""
    some = sketch.marks(sheet.given(_PATH))
    if not some:
        return []
    sheet.taken.add(_PATH)
    said = [sketch_words.words(sheet.given(_PATH)), text.bold(_rated(sheet))]
    words = text.paragraph(text.join(" ", said), styles.cell)
    return [Drawing(some, 3 * styles.cell.leading), tables.space(4), words]


def _rated(sheet: Sheet) -> str:
    rating = sheet.given("pain.sketch_class")
    rated = sheet.take("pain.sketch_class")
    if not rated or rating == SketchClass.NOT_RATED:
        return "Not rated by a clinician." if rated else ""
    return f"Rated by a clinician: {rated.lower()}."


class Drawing(Flowable):
    """The four heads with their marks, those with marks large, and the legend below."""

    def __init__(self, some: Sequence[Mark], words: float) -> None:
        """Keep the marks; `words` is the height in points of what has to stand below on the same page."""
        super().__init__()
        self._words = words
        self._marks = {view: [mark for mark in some if mark["view"] == view] for view in heads.VIEWS}
        self._tall = _LARGE[sum(map(bool, self._marks.values()))]
        self._below = _SIZE * 1.7
        self._legend = _SIZE * 2.2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size at a width."""
        self.width, self.height = aW, self._tall + self._below + self._legend
        return self.width, self.height

    def lead(self) -> float:
        """Return the height in points that must stand below a heading."""
        return self._tall + self._below + self._legend + self._words

    def draw(self) -> None:
        """Draw heads, names and legend."""
        left = 0.0
        for view, name in heads.VIEWS.items():
            tall = self._tall if self._marks[view] else _SMALL
            wide = tall * heads.WIDTH / heads.HEIGHT
            self._draw_head(view, name, left, tall)
            left += wide + _GAP
        self._draw_legend()

    def _draw_head(self, view: str, name: str, left: float, tall: float) -> None:
        bottom = self._legend + self._below
        marked = bool(self._marks[view])
        head_drawing.head(self.canv, view, left, bottom, tall, _SIZE if marked else 0)
        head_drawing.marks(self.canv, self._marks[view], left, bottom, tall)
        middle = left + tall * heads.WIDTH / heads.HEIGHT / 2
        self._say(name, middle, bottom - _SIZE * 1.2, bold=marked)

    def _draw_legend(self) -> None:
        at, base, scale = 0.0, _SIZE * 0.7, self._tall / heads.HEIGHT
        for words, mark, wide in _LEGEND:
            room = base + _SIZE * 0.35 + _LINE * scale - self._tall
            head_drawing.marks(self.canv, [mark], at, room, self._tall)
            at += wide * scale + 3
            self._write(words, at, base)
            at += self.canv.stringWidth(words, fonts.BODY, _SIZE) + 9
        self._write(_RIGHT_AND_LEFT, at, base)

    def _write(self, words: str, left: float, base: float) -> None:
        self.canv.setFont(fonts.BODY, _SIZE)
        self.canv.setFillColor(layout.INK)
        self.canv.drawString(left, base, words)

    def _say(self, words: str, middle: float, y: float, bold: bool) -> None:
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.BOLD if bold else fonts.BODY, _SIZE if bold else _SIZE - 1)
        self.canv.drawCentredString(middle, y, words)
