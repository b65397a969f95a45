"""How a document is built: laid out in one or in several ways, then drawn."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, cast

from reportlab import rl_config
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from referral_app.documents import paragraphs
from referral_app.documents.around import MARGIN, PAGE_HEIGHT, WIDTH, Page
from referral_app.documents.canvas import Sheets


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
    settle()
    target = io.BytesIO()
    document = _document(target, page, _Text)
    document.tell(story, type("PageSheets", (canvas,), {"around": page}))
    return target.getvalue()


def measured(story: list[Flowable], page: Page) -> Sequence[float]:
    """Return how much of each page a document fills, in points."""
    return plan(story, page).filled


def build_within(most: int, ways: Iterable[list[Flowable]], page: Page) -> bytes:
    """Return the first of several ways to lay a document out that has at most `most` pages, else the shortest.

    Of several that are equally short it is the one whose emptiest page, but for the last, holds most.
    """
    made: list[Plan] = []
    for planned in _planned(ways, page):
        made.append(planned)
        if planned.pages <= most:
            return planned.drawn()
    return min(made, key=lambda planned: (planned.pages, -min(planned.filled[:-1], default=0))).drawn()


def build_full(least: float, ways: Iterable[list[Flowable]], page: Page) -> bytes:
    """Return the first of several ways whose last page is a third full, else the shortest one.

    A page that is sent by fax for a few lines is a page wasted. Of several that are equally short it is the first
    whose last page is filled to at least the height `least`.
    """
    enough = (PAGE_HEIGHT - page.top - page.bottom) / 3
    made: list[Plan] = []
    for planned in _planned(ways, page):
        made.append(planned)
        if planned.pages == 1 or planned.filled[-1] >= enough:
            return planned.drawn()
    return min(made, key=lambda planned: (planned.pages, planned.filled[-1] < least)).drawn()


def _planned(ways: Iterable[list[Flowable]], page: Page) -> Iterator[Plan]:
    """Yield each way laid out; what several have in common is broken into lines once."""
    waiting = iter(ways)
    lines = paragraphs.Lines()
    while True:
        with paragraphs.remembering(lines):
            story = next(waiting, None)
        if story is None:
            return
        yield plan(story, page)


Placed = tuple[Flowable, float, float, float]
"""A flowable, where it stands on its page, and how much wider the room is than it."""


@dataclass(frozen=True)
class Plan:
    """A document that is laid out and not drawn yet: what stands where on each page, and how much of each is filled."""

    page: Page
    sheets: Sequence[Sequence[Placed]]
    filled: Sequence[float]

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return len(self.filled)

    def drawn(self) -> bytes:
        """Return the document as a PDF."""
        story: list[Flowable] = []
        for sheet in self.sheets:
            story += [*([PageBreak()] if story else []), _Sheet(sheet)]
        return build(story, self.page)


def plan(story: list[Flowable], page: Page) -> Plan:
    """Lay a document out."""
    settle()
    document = _document(io.BytesIO(), page, _Planning)
    document.tell(story, _Blank)
    frame = cast(_Planning, document.pageTemplates[0].frames[0])
    return Plan(page, frame.sheets[: len(document.filled)], document.filled)


class _Blank(Canvas):
    """A canvas on which nothing is drawn."""

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Go on to the next page."""
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Write nothing."""


class _Text(Frame):
    """The room for the text of a page, which knows how much of it is filled."""

    @property
    def filled(self) -> float:
        """Return the height in points that is filled on this page."""
        top, at = cast(tuple[float, float], (self._y2, self._y))  # type: ignore[attr-defined]
        return top - at

    def turn(self) -> None:
        """Be told that a page is full."""


class _Planning(_Text):
    """The room for the text of a page that is laid out and not drawn."""

    def __init__(self, *room: Any, **settings: Any) -> None:
        """Begin with a page on which nothing stands."""
        super().__init__(*room, **settings)
        self.sheets: list[list[Placed]] = [[]]

    def add(self, flowable: Flowable, canv: Canvas, trySplit: int = 0) -> Any:  # noqa: N803 - ReportLab's names
        """Place a flowable as ReportLab does, and keep where, instead of drawing it."""
        flowable.drawOn = partial(self._place, flowable)
        try:
            return super().add(flowable, canv, trySplit)
        finally:
            del flowable.drawOn

    def _place(self, flowable: Flowable, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803
        self.sheets[-1].append((flowable, x, y, _sW))

    def turn(self) -> None:
        """Go on with an empty page."""
        self.sheets.append([])


class _Sheet(Flowable):
    """All that stands on a page."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        """Keep what stands where."""
        super().__init__()
        self._placed = placed

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Take no room."""
        return 0, 0

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw everything where it stands."""
        for flowable, left, low, wider in self._placed:
            cast(Any, flowable).drawOn(canvas, left, low, _sW=wider)


class _Document(BaseDocTemplate):
    """A document that remembers how much of each page is filled, and whose story may still be told."""

    filled: list[float]
    told: list[Flowable]
    more: Iterator[Flowable]

    def tell(self, story: Iterable[Flowable], canvas: type[Canvas]) -> None:
        """Lay the story out on a canvas."""
        self.filled, self.more = [], iter(() if isinstance(story, list) else story)
        self.told = story if isinstance(story, list) else list(islice(self.more, 1))
        self.build(self.told, canvasmaker=canvas)

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Place what is first, and fetch what comes after the last."""
        super().handle_flowable(flowables)  # type: ignore[misc]
        if not flowables and flowables is self.told:
            flowables.extend(islice(self.more, 1))

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Remember the page that was written."""
        frame = cast(_Text, self.frame)
        self.filled.append(frame.filled)
        frame.turn()


def _document(target: io.BytesIO, page: Page, room: type[_Text]) -> _Document:
    """Return an empty document with one room for text a page."""
    document = _Document(
        target, pagesize=LETTER, title=page.title, author="", subject="", creator="", lang=page.lang, invariant=1,
        pageCompression=1, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=page.top, bottomMargin=page.bottom,
        displayDocTitle=True,
    )  # fmt: skip
    frame = room(
        MARGIN, page.bottom, WIDTH, PAGE_HEIGHT - page.top - page.bottom,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate("page", [frame])])
    return document
