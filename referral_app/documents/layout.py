"""The one door to the paper: its sizes and colors, headings, what stands on one page, and what builds a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, KeepTogether

from referral_app.documents import tagging, text
from referral_app.documents.around import HAIRLINE, INCH, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Page
from referral_app.documents.building import build, build_full, build_within, measured, plan, settle
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
    "PAPER", "RULE", "SOFT", "SUNKEN", "WIDTH", "Color", "Page", "ParagraphStyle", "Sheets", "Styles", "build",
    "build_full", "build_within", "measured", "patient_styles", "plan", "settle",
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
