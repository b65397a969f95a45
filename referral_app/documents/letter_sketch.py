"""The head sketch of the letter: drawn large enough for a fax, with its legend, and said in words."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.choices import SketchClass
from referral_app.clinical import heads, sketch, sketch_words
from referral_app.clinical.sketch import INTENSITIES, Mark
from referral_app.documents import fonts, head_drawing, layout, tables, text
from referral_app.documents.figures import Figure
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet

_PATH = "pain.sketch"
_TALL = {1: 146.0, 2: 126.0, 3: 158.0, 4: 130.0}
"""How high a head is, in points, by how many have marks: two stand beside their words, more above them."""
_GAP, _SIZE = 8.0, 9.5
_LINE = 10.0
"""How far below the upper edge of its room a mark of the legend lies, in the units of a head."""
_LEGEND: tuple[tuple[str, Mark, float], ...] = (
    ("starts here", sketch.start("front", (10, _LINE)), 20),
    *((words, {"kind": sketch.LINE, "view": "front", "intensity": step, "points": [[5, _LINE], [45, _LINE]]}, 50)
      for step, words in INTENSITIES.items()),
)  # fmt: skip
"""What a reader has to know: words, the mark, and the width that it takes."""
_SIDES = "R, L: the patient’s right, left"


def section(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the drawing with its words, nothing where no sketch can be drawn; who rated it stands with it."""
    some = sketch.marks(sheet.given(_PATH))
    if not some:
        return []
    sheet.taken.add(_PATH)
    shown = [view for view in heads.VIEWS if any(mark["view"] == view for mark in some)]
    tall = _TALL[len(shown)]
    drawing = sketch_words.words(sheet.given(_PATH))
    drawn = Heads(some, shown, tall, drawing)
    words = text.paragraph(text.join(" ", _said(sheet, shown, drawing)), styles.cell)
    beside = len(shown) <= 2
    width = layout.WIDTH - drawn.wide - 8 if beside else layout.WIDTH
    said = [Legend(width, tall), tables.space(3), words]
    cells = [[drawn, said]] if beside else [[[drawn, *said]]]
    made = tables.Rows(cells, colWidths=[drawn.wide + 8, width] if beside else [width], hAlign="LEFT")
    made.setStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ])  # fmt: skip
    return [made]


def _said(sheet: Sheet, shown: Sequence[str], drawing: str) -> list[str]:
    bare = [name.lower() for view, name in heads.VIEWS.items() if view not in shown]
    return [
        drawing,
        f"Nothing is drawn on: {', '.join(bare)}." if bare else "",
        text.bold(_rated(sheet)),
    ]


def _rated(sheet: Sheet) -> str:
    rating = sheet.given("pain.sketch_class")
    rated = sheet.take("pain.sketch_class")
    if not rated or rating == SketchClass.NOT_RATED:
        return "Not rated by a clinician." if rated else ""
    return f"Rated by a clinician: {rated.lower()}."


class Heads(Figure):
    """The heads that have marks in a row, each with its name."""

    def __init__(self, some: Sequence[Mark], shown: Sequence[str], tall: float, words: str) -> None:
        """Keep the marks, the views to show, how high a head is in points, and the drawing in words."""
        super().__init__()
        self.alternative = words
        self._some, self._shown, self._tall = some, shown, tall
        self._step = tall * heads.WIDTH / heads.HEIGHT + _GAP
        self.wide = self._step * len(shown)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        self.width, self.height = self.wide, self._tall + _SIZE * 1.8
        return self.width, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw heads, marks and names."""
        for number, view in enumerate(self._shown):
            left, bottom = number * self._step, _SIZE * 1.8
            head_drawing.head(canvas, view, left, bottom, self._tall, _SIZE)
            marks = [mark for mark in self._some if mark["view"] == view]
            head_drawing.marks(canvas, marks, left, bottom, self._tall)
            canvas.setFillColor(layout.INK)
            canvas.setFont(fonts.BOLD, _SIZE)
            canvas.drawCentredString(left + (self._step - _GAP) / 2, _SIZE * 0.6, heads.VIEWS[view])


class Legend(Figure):
    """What each line means, as large as it is drawn, in as many lines as the width asks for."""

    def __init__(self, width: float, tall: float) -> None:
        """Keep the width, and how high the heads are that it belongs to."""
        super().__init__()
        self._room, self._tall = width, tall
        self.alternative = "; ".join(["Lines of the drawing", *(words for words, _, _ in _LEGEND), _SIDES])

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the size."""
        scale = self._tall / heads.HEIGHT
        self._lines: list[list[tuple[str, Mark | None, float]]] = [[]]
        used = 0.0
        for words, mark, wide in (*_LEGEND, (_SIDES, None, 0.0)):
            needs = wide * scale + 3 + _width(words) + 8
            if self._lines[-1] and used + needs > self._room:
                self._lines.append([])
                used = 0.0
            self._lines[-1].append((words, mark, wide * scale + 3 if mark else 0.0))
            used += needs
        self.width, self.height = self._room, len(self._lines) * _SIZE * 1.6
        return self.width, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw line by line."""
        raised = _SIZE * 0.35 + _LINE * self._tall / heads.HEIGHT - self._tall
        for number, line in enumerate(self._lines, start=1):
            at, base = 0.0, self.height - number * _SIZE * 1.6 + _SIZE * 0.5
            for words, mark, wide in line:
                if mark is not None:
                    head_drawing.marks(canvas, [mark], at, base + raised, self._tall)
                canvas.setFont(fonts.BODY, _SIZE)
                canvas.setFillColor(layout.INK)
                canvas.drawString(at + wide, base, words)
                at += wide + _width(words) + 8


def _width(words: str) -> float:
    return stringWidth(words, fonts.BODY, _SIZE)
