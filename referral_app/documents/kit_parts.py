"""Papers behind each other in one PDF: each has its own foot, and may begin on an odd page, for both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from reportlab.platypus import Flowable, PageBreak

from referral_app.documents import fonts, layout, tagging
from referral_app.documents.layout import Page

_EMPTY = "This page is left empty."
NAMED = ("Patient", "Date of birth")
"""The words before the patient's name and date of birth on later pages."""
_SHARES = (0.58, 0.42)
_NAMED_SIZE = 9.0


@dataclass(frozen=True)
class Part:
    """A paper: what is on it, what is around it, and whether its later pages have room for the patient's name.

    `named` are the words before the name and the date of birth.
    """

    page: Page
    story: list[Flowable]
    named: Sequence[str] = ()


class Booklet(layout.Sheets):
    """A canvas whose pages say to which part they belong."""

    part: Part | None = None
    kept = (*layout.Sheets.kept, "part")

    def begin(self, part: Part) -> None:
        """Let this page and those after it belong to a part, which is read as one that stands for itself."""
        self.part = part
        self.tags.section(part.page.lang)
        self.leave_room_for_marks()

    def placed(self, number: int, pages: Sequence[Mapping[str, Any]]) -> tuple[Page, int, int] | None:
        """Return what is around a page of a part; nothing is around an empty one."""
        part = self.part
        if part is None:
            return None
        first, last = number, number
        while first > 0 and pages[first - 1].get("part") is part:
            first -= 1
        while last + 1 < len(pages) and pages[last + 1].get("part") is part:
            last += 1
        return part.page, number - first + 1, last - first + 1

    def draw_head(self, page: Page, number: int, count: int) -> None:
        """Draw the marks, and the line for the patient's name."""
        super().draw_head(page, number, count)
        if self.part is not None and self.part.named and number > 1:
            with tagging.running(self, foot=False):
                _draw_named(self, self.part.named, max(_NAMED_SIZE, page.styles.size * 0.75))


def build(parts: Sequence[Part], odd: bool = True) -> bytes:
    """Return the parts as one PDF; the same parts give the same bytes. All have the margins of the first.

    With `odd` each begins on an odd page, to be printed on both sides, else on the next.
    """
    between = [PageBreak(), _Even()] if odd else [PageBreak()]
    story: list[Flowable] = []
    for part in parts:
        story += [*(between if story else []), _Beginning(part), *part.story]
    return layout.build(story, parts[0].page, Booklet)


class _Even(Flowable):
    """An empty page where an even one has begun; nothing on an odd one."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Return the whole page, or nothing."""
        self.width, self.height = aW, aH if self.canv.getPageNumber() % 2 == 0 else 0
        return self.width, self.height

    def draw(self) -> None:
        """Say that the page is empty."""
        if not self.height:
            return
        cast(Booklet, self.canv).part = None
        with tagging.decoration(self.canv):
            self.canv.setFillColor(layout.INK)
            self.canv.setFont(fonts.BODY, 10)
            self.canv.drawCentredString(self.width / 2, self.height / 2, _EMPTY)


class _Beginning(Flowable):
    """Where a part begins."""

    def __init__(self, part: Part) -> None:
        """Keep the part."""
        super().__init__()
        self._part = part

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Take no room, but go on to a new page where there is none left."""
        return (0, 0) if aH > 1 else (0, 2)

    def draw(self) -> None:
        """Let this page and those after it belong to the part."""
        cast(Booklet, self.canv).begin(self._part)


def _draw_named(canvas: layout.Sheets, named: Sequence[str], size: float) -> None:
    """Draw the line on which the patient's name goes on every page, so that no loose page is lost."""
    canvas.setFillColor(layout.INK)
    canvas.setStrokeColor(layout.INK)
    canvas.setLineWidth(0.75)
    canvas.setFont(fonts.BODY, size)
    x, y = layout.MARGIN, layout.PAGE_HEIGHT - 46
    for words, share in zip(named, _SHARES, strict=True):
        canvas.drawString(x, y, words)
        end = x + layout.WIDTH * share
        canvas.line(x + canvas.stringWidth(words, fonts.BODY, size) + 5, y - 2, end - 8, y - 2)
        x = end
