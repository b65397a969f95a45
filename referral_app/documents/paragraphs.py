"""Paragraphs that know what they are to a reader who hears them, and links that can be followed on a screen."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.platypus import Flowable, Paragraph

from referral_app.documents import tagging
from referral_app.documents.tagging import Tag


class Lines:
    """What several ways to lay a document out have in common: texts that are read once and broken into lines once.

    The leading is no part of it, as it moves no word. It is kept while one document is made and no longer.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._texts: dict[tuple[Any, ...], tuple[list[Any], dict[Any, Any]]] = {}
        self.escaped: dict[str, str] = {}

    def find(self, markup: str, style: ParagraphStyle) -> tuple[list[Any], dict[Any, Any]] | None:
        """Return the pieces of a text and its lines by width, None where it was not seen before."""
        return self._texts.get(self._key(markup, style))

    def keep(self, markup: str, style: ParagraphStyle, pieces: list[Any], lines: dict[Any, Any]) -> None:
        """Keep the pieces of a text, and its lines by width."""
        self._texts[self._key(markup, style)] = pieces, lines

    @staticmethod
    def _key(markup: str, style: ParagraphStyle) -> tuple[Any, ...]:
        look = (style.fontName, style.fontSize, style.textColor, style.backColor, style.alignment)
        return markup, *look, style.leftIndent, style.rightIndent, style.firstLineIndent


_LINES: ContextVar[Lines | None] = ContextVar("lines", default=None)


def remembered() -> Lines | None:
    """Return what is remembered just now."""
    return _LINES.get()


@contextmanager
def remembering(lines: Lines) -> Generator[None]:
    """Let paragraphs that are made within share what they have in common with those that were made so before."""
    before = _LINES.set(lines)
    try:
        yield
    finally:
        _LINES.reset(before)


class Words(Paragraph):
    """A paragraph, of which all parts are one element, on however many pages they stand.

    It is broken into lines once for each width, and not each time that ReportLab asks how high it is.
    """

    role = "P"

    def __init__(
        self, markup: str | None, style: ParagraphStyle, tag: Tag | None = None, **parts: Any
    ) -> None:
        """Make it from markup; ReportLab gives `parts` instead where it splits a long one."""
        lines, self._broken = _LINES.get(), dict[Any, Any]()
        known = lines.find(markup, style) if lines is not None and markup is not None else None
        if known is not None:
            parts["frags"], self._broken = known
            markup = None
        super().__init__(cast(str, markup), style, **parts)
        if known is None and lines is not None and markup is not None:
            lines.keep(markup, style, cast(list[Any], self.frags), self._broken)
        self.tag = tag

    def breakLines(self, width: Any) -> Any:  # noqa: N802 - ReportLab's name
        """Return the lines at a width."""
        at = tuple(width)
        if at not in self._broken:
            made = cast(Any, super()).breakLines(width)
            self._broken[at] = made, self.frags
        made, self.frags = self._broken[at]
        return made

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
