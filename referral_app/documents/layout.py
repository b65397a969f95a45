"""The paper: page size, margins, the foot of each page, and how a document is built."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
)

from referral_app.documents import fonts, text
from referral_app.documents.styles import (
    ACCENT,
    EMERGENCY,
    EMERGENCY_SOFT,
    INK,
    MUTED,
    PAPER,
    RULE,
    SOFT,
    SUNKEN,
    Styles,
    patient_styles,
)  # fmt: skip

__all__ = [
    "ACCENT", "EMERGENCY", "EMERGENCY_SOFT", "INK", "MUTED", "PAPER", "RULE", "SOFT", "SUNKEN", "Color",
    "ParagraphStyle", "Styles", "patient_styles",
]  # fmt: skip

INCH = 72.0
PAGE_WIDTH, PAGE_HEIGHT = LETTER
MARGIN = INCH
WIDTH = PAGE_WIDTH - 2 * MARGIN
HAIRLINE = 0.5
_MARK = 10.0


def rule(after: float = 8) -> Flowable:
    """Return the line below the head of a document, with so many points of room below it."""
    return HRFlowable(width="100%", thickness=1.5, color=ACCENT, spaceBefore=4, spaceAfter=after)


@dataclass(frozen=True)
class Page:
    """What stands on every page around the text."""

    title: str
    person: str
    foot: Sequence[str]
    styles: Styles
    marks: Sequence[str] = ()
    note: str = ""
    lang: str = "en-US"
    top: float = INCH
    bottom: float = INCH
    secret: str = "confidential"
    numbered: str = "page {} of {}"


class _Words(PDFTextObject):
    """A text object that draws the bold fallback font as its regular cut with a thin outline.

    WORKAROUND: of the variable font Noto Sans ReportLab can embed the regular cut alone.
    """

    _heavy = False

    def _setFont(self, name: str, size: float) -> None:  # noqa: N802 - ReportLab's name
        super()._setFont(name, size)  # type: ignore[misc]
        heavy = name == fonts.FALLBACK_BOLD
        if heavy:
            self._code.append(f"{size * 0.03:.2f} w")  # type: ignore[attr-defined]
            self.setStrokeColor(INK)
        if heavy != self._heavy:
            self._heavy = heavy
            self.setTextRenderMode(2 if heavy else 0)

    def getCode(self) -> str:  # noqa: N802 - ReportLab's name
        """Return the drawing operators, which leave the plain mode behind."""
        if self._heavy:
            self._heavy = False
            self.setTextRenderMode(0)
        return super().getCode()


class Sheets(Canvas):
    """A canvas that keeps its pages until the last one, so that each can say "page x of y"."""

    around: Page

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Make the canvas as ReportLab asks."""
        super().__init__(*args, **{**settings, "initialFontName": fonts.BODY})
        self._pages: list[dict[str, Any]] = []
        self._headings: list[tuple[int, str]] = []

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:  # noqa: N802
        """Return a text object that knows our bold fallback font."""
        return _Words(self, x, y, direction=direction)

    def heading(self, title: str) -> None:
        """Remember a heading of this page for the outline."""
        self._headings.append((len(self._pages), title))

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page for later, packed: as it is written, it takes twenty times the room."""
        written = "\n".join(cast(list[str], self._code))  # type: ignore[has-type]
        self._pages.append({**self.__dict__, "_code": zlib.compress(written.encode(), 1)})
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Write every page with its foot and its headings."""
        pages, headings = self._pages, self._headings
        for number, page in enumerate(pages):
            self.__dict__.update(page)
            self._code = [zlib.decompress(page["_code"]).decode()]
            for index, (at, title) in enumerate(headings):
                if at == number:
                    self.bookmarkPage(f"heading-{index}")
                    self.addOutlineEntry(title, f"heading-{index}")
            self.surround(number, pages)
            super().showPage()
        super().save()

    def surround(self, number: int, pages: Sequence[Mapping[str, Any]]) -> None:
        """Draw what is around the text of one page, the first being 0, of all pages as they were kept."""
        draw_around(self, self.around, number + 1, len(pages))


class Whole(KeepTogether):
    """Flowables that stand on one page where they fit on one."""

    def __init__(self, parts: Iterable[Flowable]) -> None:
        """Keep the parts; those of another whole are taken out of it, as ReportLab cannot measure one in another."""
        self.parts: list[Flowable] = []
        for part in parts:
            self.parts += part.parts if isinstance(part, Whole) else [part]
        super().__init__(list(self.parts))


def room(height: float) -> Flowable:
    """Return what goes on to a new page where less than this height is left on this one."""
    return CondPageBreak(height)


def draw_around(canvas: Canvas, page: Page, number: int, count: int) -> None:
    """Draw the marks above and the foot below the text of one page."""
    _draw_marks(canvas, page.marks)
    style = page.styles.foot
    top = page.bottom - 12
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(MARGIN, top, PAGE_WIDTH - MARGIN, top)
    middle = page.numbered.format(number, count).replace(" ", "\xa0")  # never broken at the end of the line
    who = page.person if len(page.person) <= 90 else page.person[:89] + "…"
    line = text.join(" · ", [who, *page.foot, middle, page.secret])
    height = _draw_text(canvas, line, style, top - 3)
    if page.note:
        _draw_text(canvas, page.note, style, top - 4 - height)


def _draw_text(canvas: Canvas, words: str, style: ParagraphStyle, top: float) -> float:
    foot = text.paragraph(words, style)
    height = foot.wrapOn(canvas, WIDTH, INCH)[1]
    foot.drawOn(canvas, MARGIN, top - height)
    return height


def _draw_marks(canvas: Canvas, marks: Sequence[str]) -> None:
    """Draw each mark as words in a box at the top of the page, smaller where they would not fit on one line."""
    needed = sum(canvas.stringWidth(mark, fonts.BOLD, _MARK) + 14 + 8 for mark in marks)
    scale = min(1.0, WIDTH / needed) if marks else 1.0
    right, size = PAGE_WIDTH - MARGIN, _MARK * scale
    for mark in marks:
        width = canvas.stringWidth(mark, fonts.BOLD, size) + 14 * scale
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1)
        canvas.rect(right - width, PAGE_HEIGHT - 51, width, 19)
        canvas.setFillColor(INK)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawString(right - width + 7 * scale, PAGE_HEIGHT - 41.5 - size * 0.35, mark)
        right -= width + 8 * scale


def settle() -> None:
    """Set what ReportLab may do, whatever a file or variable of the system says: no host, no file, one output."""
    rl_config.trustedHosts = []  # type: ignore[attr-defined]
    rl_config.trustedSchemes = ["data"]  # type: ignore[attr-defined]
    rl_config.invariant = 1  # type: ignore[attr-defined]
    rl_config.pageCompression = 1  # type: ignore[attr-defined]
    rl_config.shapedFontGlob = []  # type: ignore[attr-defined]
    rl_config.allowTableBoundsErrors = 1  # type: ignore[attr-defined]


def build(story: Iterable[Flowable], page: Page, canvas: type[Sheets] = Sheets) -> bytes:
    """Return the document as a PDF; the same story and page give the same bytes.

    A story that is no list is asked for its parts one by one as there is room for them, so that none waits in memory.
    """
    return _build(story, page, canvas).pdf


def measured(story: list[Flowable], page: Page) -> Sequence[float]:
    """Return how much of each page a document fills, in points."""
    return _build(story, page).filled


def build_within(most: int, ways: Iterable[list[Flowable]], page: Page) -> bytes:
    """Return the first of several ways to lay a document out that has at most `most` pages, else the shortest.

    Of several that are equally short it is the one whose emptiest page, but for the last, holds most.
    """
    made: list[Built] = []
    for story in ways:
        made.append(_build(story, page))
        if made[-1].pages <= most:
            return made[-1].pdf
    return min(made, key=lambda built: (built.pages, -min(built.filled[:-1], default=0))).pdf


def build_full(least: float, ways: Iterable[list[Flowable]], page: Page) -> bytes:
    """Return the first of several ways whose last page is a third full, else the shortest one.

    A page that is sent by fax for a few lines is a page wasted. Of several that are equally short it is the first
    whose last page is filled to at least the height `least`.
    """
    enough = (PAGE_HEIGHT - page.top - page.bottom) / 3
    made: list[Built] = []
    for story in ways:
        made.append(_build(story, page))
        if made[-1].pages == 1 or made[-1].filled[-1] >= enough:
            return made[-1].pdf
    return min(made, key=lambda built: (built.pages, built.filled[-1] < least)).pdf


@dataclass(frozen=True)
class Built:
    """A finished PDF, and how much of each page is filled, in points."""

    pdf: bytes
    filled: Sequence[float]

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return len(self.filled)


class _Text(Frame):
    """The room for the text of a page, which knows how much of it is filled."""

    @property
    def filled(self) -> float:
        """Return the height in points that is filled on this page."""
        top, at = cast(tuple[float, float], (self._y2, self._y))  # type: ignore[attr-defined]
        return top - at


class _Document(BaseDocTemplate):
    """A document that remembers how much of each page is filled, and whose story may still be told."""

    filled: list[float]
    told: list[Flowable]
    more: Iterator[Flowable]

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Place what is first, and fetch what comes after the last."""
        super().handle_flowable(flowables)  # type: ignore[misc]
        if not flowables and flowables is self.told:
            flowables.extend(islice(self.more, 1))

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Remember the page that was written."""
        self.filled.append(cast(_Text, self.frame).filled)


def _build(story: Iterable[Flowable], page: Page, canvas: type[Sheets] = Sheets) -> Built:
    """Return a PDF with its measures."""
    settle()
    target = io.BytesIO()
    document = _Document(
        target, pagesize=LETTER, title=page.title, author="", subject="", creator="", lang=page.lang, invariant=1,
        pageCompression=1, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=page.top, bottomMargin=page.bottom,
        displayDocTitle=True,
    )  # fmt: skip
    frame = _Text(
        MARGIN, page.bottom, WIDTH, PAGE_HEIGHT - page.top - page.bottom,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.filled, document.more = [], iter(() if isinstance(story, list) else story)
    document.told = story if isinstance(story, list) else list(islice(document.more, 1))
    document.build(document.told, canvasmaker=_canvas_for(page, canvas))
    return Built(target.getvalue(), document.filled)


def _canvas_for(page: Page, canvas: type[Sheets]) -> type[Sheets]:
    return type("PageSheets", (canvas,), {"around": page})


class Heading(Paragraph):
    """A heading, which is also an entry of the outline of the PDF."""

    def __init__(self, words: str | None, style: ParagraphStyle, **parts: Any) -> None:
        """Make the heading from text; ReportLab gives `parts` instead where it splits a long one."""
        super().__init__(cast(str, None if words is None else text.escape(words)), style, **parts)
        self.entry = text.plain(words or "")

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's names
        """Return the part that fits and the rest; the first is the entry of the outline."""
        parts = cast(list[Heading], super().split(aW, aH))
        for part in parts[:1]:
            part.entry = self.entry
        return list(parts)

    def draw(self) -> None:
        """Draw the heading and put it into the outline."""
        super().draw()
        if self.entry:
            cast(Sheets, self.canv).heading(self.entry)
