"""Paragraphs that know what they are to a reader who hears them, and links that can be followed on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.platypus import Flowable, Paragraph

from referral_app.documents import tagging
from referral_app.documents.tagging import Tag


class Words(Paragraph):
    """A paragraph, of which all parts are one element, on however many pages they stand."""

    role = "P"

    def __init__(
        self, markup: str | None, style: ParagraphStyle, tag: Tag | None = None, **parts: Any
    ) -> None:
        """Make it from markup; ReportLab gives `parts` instead where it splits a long one."""
        super().__init__(cast(str, markup), style, **parts)
        self.tag = tag

    def tagged(self) -> Tag:
        """Return the tag, which is made when it is first asked for."""
        if self.tag is None:
            self.tag = Tag(self.role)
        return self.tag

    @property
    def empty(self) -> bool:
        """Whether nothing is printed."""
        return not any(getattr(frag, "text", True) for frag in cast(list[Any], self.frags))

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's names
        """Return the part that fits and the rest, which stay one element."""
        parts = super().split(aW, aH)
        for part in parts:
            cast(Words, part).tag = self.tagged()
        return parts

    def draw(self) -> None:
        """Draw the words as content of their element."""
        found = tagging.tree(self.canv)
        if found is None or not cast(Any, self).blPara.lines:
            super().draw()
            return
        found.begin(self.canv, self.tagged())
        super().draw()
        found.end(self.canv)


class Link(Words):
    """Words that open an address of the web, in a paragraph of their own."""

    role = "Link"
    url = ""
    block: Tag | None = None

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's names
        """Return the part that fits and the rest, which open the same."""
        parts = super().split(aW, aH)
        self.block = self.block or Tag("P")
        for part in cast(list[Link], parts):
            part.url, part.block = self.url, self.block
        return parts

    def draw(self) -> None:
        """Draw the words and lay the link over them."""
        self.block = self.block or Tag("P")
        with tagging.within(self.canv, self.block):
            super().draw()
            self._lay()

    def _lay(self) -> None:
        found = tagging.tree(self.canv)
        if found is None:
            return
        left, low = self.canv.absolutePosition(0, 0)
        wide = max(cast(Sequence[float], self.getActualLineWidths0()), default=0.0)
        name = f"link-{len(found.objects)}"
        parent = found.refer(self.tagged(), name)
        note = _annotation(self.url, (left, low, left + wide, low + self.height), parent)
        cast(Any, self.canv)._addAnnotation(note, name)  # noqa: SLF001 - ReportLab's own links say nothing


def _annotation(url: str, place: Sequence[float], parent: int) -> pdfdoc.PDFDictionary:
    """Return a link over a place of the page, which says its address to who hears it."""
    action = pdfdoc.PDFDictionary({"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(url)})
    return pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("Annot"), "Subtype": pdfdoc.PDFName("Link"), "F": 4, "A": action,
        "Rect": pdfdoc.PDFArray(list(place)), "Border": pdfdoc.PDFArray([0, 0, 0]),
        "Contents": pdfdoc.PDFString(url), "StructParent": parent,
    })  # fmt: skip
