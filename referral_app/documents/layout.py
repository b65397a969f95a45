"""The paper: page size, margins, the foot of each page, and how a document is built."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
)

from referral_app.documents import tagging, text
from referral_app.documents.around import HAIRLINE, INCH, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Page
from referral_app.documents.canvas import Sheets
from referral_app.documents.paragraphs import Words
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
    "ACCENT", "EMERGENCY", "EMERGENCY_SOFT", "HAIRLINE", "INCH", "INK", "MARGIN", "MUTED", "PAGE_HEIGHT", "PAGE_WIDTH",
    "PAPER", "RULE", "SOFT", "SUNKEN", "WIDTH", "Color", "Page", "ParagraphStyle", "Sheets", "Styles",
    "patient_styles",
]  # fmt: skip

_DEEPEST = 6
"""How deep headings go in a PDF."""


class _Rule(HRFlowable):
    """A line that nobody reads."""

    def draw(self) -> None:
        """Draw the line."""
        with tagging.decoration(self.canv):
            super().draw()


def rule(after: float = 8) -> Flowable:
    """Return the line below the head of a document, with so many points of room below it."""
    return _Rule(width="100%", thickness=1.5, color=ACCENT, spaceBefore=4, spaceAfter=after)


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


class Heading(Words):
    """A heading, which is also an entry of the outline of the PDF; its level is told by its size."""

    def __init__(self, words: str | None, style: ParagraphStyle, **parts: Any) -> None:
        """Make the heading from text; ReportLab gives `parts` instead where it splits a long one."""
        super().__init__(None if words is None else text.escape(words), style, **parts)
        self.entry = text.plain(words or "")

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's names
        """Return the part that fits and the rest; the first is the entry of the outline."""
        parts = cast(list[Heading], super().split(aW, aH))
        for part in parts[:1]:
            part.entry = self.entry
        return list(parts)

    def draw(self) -> None:
        """Draw the heading and put it into the outline."""
        found = tagging.tree(self.canv)
        if found is not None and self.entry:
            level = min(found.level(self.style.fontSize), _DEEPEST)
            self.tagged().role = f"H{level}"
            cast(Sheets, self.canv).heading(self.entry, level)
        super().draw()
