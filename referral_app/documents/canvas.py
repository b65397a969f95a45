"""The canvas on which documents are drawn: it keeps pages until the last is known, and the tree of their elements."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from referral_app.documents import around, fonts, pdf_file, tagging
from referral_app.documents.around import Page
from referral_app.documents.styles import INK
from referral_app.documents.tagging import Tag, Tree


class _Words(PDFTextObject):
    """A text object that knows the language of its text, and draws the bold fallback font with a thin outline.

    WORKAROUND: of the variable font Noto Sans ReportLab can embed the regular cut alone.
    """

    _heavy = False
    _speaks = ""

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:  # noqa: N802
        """Set the font as ReportLab does, and the language where its name says one."""
        self._speak(psfontname)
        super().setFont(psfontname, size, leading)

    def _setFont(self, name: str, size: float) -> None:  # noqa: N802 - ReportLab's name
        self._speak(name)
        super()._setFont(name, size)  # type: ignore[misc]
        heavy = name.startswith(fonts.FALLBACK_BOLD)
        if heavy:
            self._code.append(f"{size * 0.03:.2f} w")  # type: ignore[attr-defined]
            self.setStrokeColor(INK)
        if heavy != self._heavy:
            self._heavy = heavy
            self.setTextRenderMode(2 if heavy else 0)

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 - ReportLab's names
        """Write text; the end of a line is a space to whoever hears or copies it."""
        super()._textOut(f"{text} " if TStar and not text.endswith(" ") else text, TStar)  # type: ignore[misc]

    def getCode(self) -> str:  # noqa: N802 - ReportLab's name
        """Return the drawing operators, which leave the plain mode behind."""
        self._speak("")
        if self._heavy:
            self._heavy = False
            self.setTextRenderMode(0)
        return super().getCode()

    def _speak(self, font: str) -> None:
        """Let text be in the language that the name of its font says."""
        lang = font.partition(fonts.MARK)[2]
        if lang != self._speaks:
            self._speaks = lang
            found = tagging.tree(cast(Canvas, self._canvas))  # type: ignore[attr-defined]
            if found is not None:
                found.speak(cast(list[str], self._code), lang)  # type: ignore[attr-defined]


class Sheets(Canvas):
    """A canvas that keeps its pages until the last one, so that each can say "page x of y"."""

    around: Page
    kept = ("_formsinuse", "_annotationrefs", "_colorsUsed", "_shadingUsed", "_extgstate", "_marks")
    """What of the canvas belongs to a page, with its code."""
    _doc: Any
    _filename: Any
    _pagesize: tuple[float, float]

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Make the canvas as ReportLab asks."""
        super().__init__(*args, **{**settings, "initialFontName": fonts.BODY})
        self._pages: list[dict[str, Any]] = []
        self._headings: dict[int, list[tuple[str, int]]] = {}
        self.tags = Tree(self.around.lang)
        self.leave_room_for_marks()

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:  # noqa: N802
        """Return a text object that knows our bold fallback font."""
        return _Words(self, x, y, direction=direction)

    def heading(self, title: str, level: int) -> None:
        """Remember a heading of this page, of a level from 1, for the outline."""
        self._headings.setdefault(len(self._pages), []).append((title, level))

    def leave_room_for_marks(self) -> None:
        """Let the marks above the text, which are known at the end, be read here, before what is drawn from now on."""
        self._marks = Tag("P")
        self.tags.element(self._marks)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page for later, packed: as it is written, it takes twenty times the room."""
        self._pages.append({"_code": self._packed(), **{name: getattr(self, name) for name in self.kept}})
        self._startPage()  # type: ignore[attr-defined]
        self.tags.turn(len(self._pages))

    def save(self) -> None:
        """Write every page with what is around it, and the tree."""
        pages = self._pages
        for number, page in enumerate(pages):
            self.__dict__.update(page)
            self.tags.turn(number)
            placed = self.placed(number, pages)
            before = self._drawn(lambda placed=placed: placed and self.draw_head(*placed))
            after = self._drawn(lambda placed=placed: placed and self.draw_foot(*placed))
            self._add_page(number, (before, page["_code"], after))
        pdf_file.add_tags(self._doc, self._doc.info.title, self.around.lang)
        self._filename.write(pdf_file.write(self._doc, self, self.tags))

    def placed(self, number: int, pages: Sequence[Mapping[str, Any]]) -> tuple[Page, int, int] | None:
        """Return what is around a page, the first being 0, with its number from 1 and how many there are.

        `pages` are all pages as they were kept. None leaves a page without anything.
        """
        return self.around, number + 1, len(pages)

    def draw_head(self, page: Page, number: int, count: int) -> None:
        """Draw what stands above the text: the marks are read once, on the first page."""
        if not page.marks:
            return
        if number > 1:
            with tagging.running(self, foot=False):
                around.draw_marks(self, page.marks)
            return
        with tagging.content(self, self._marks):
            around.draw_marks(self, page.marks, max(0.0, page.first_top - around.ABOVE_MARKS))
        self.tags.traits[self._marks.element] = tagging.said(". ".join(page.marks) + ".")

    def draw_foot(self, page: Page, number: int, count: int) -> None:
        """Draw what stands below the text."""
        with tagging.running(self, foot=True):
            around.draw_foot(self, page, number, count)

    def _packed(self) -> bytes:
        """Return what was drawn since the last page, packed."""
        preamble, code = cast(tuple[str, list[str]], (self._preamble, self._code))  # type: ignore[has-type]
        return zlib.compress("\n".join(["q", preamble, *code, "Q", ""]).encode())

    def _drawn(self, draw: Callable[[], object]) -> bytes:
        """Return what an act draws, packed."""
        self._code = []
        draw()
        return self._packed() if self._code else b""

    def _add_page(self, number: int, streams: Sequence[bytes]) -> None:
        """Add a page to the document, the parts of its content as they were packed."""
        self._bookmark(number)
        page = pdf_file.Page()
        page.pagewidth, page.pageheight = map(int, self._pagesize)
        page.hasImages = 1
        streams = [self._doc.Reference(pdf_file.Packed(part)) for part in streams if part]
        page.Contents = pdfdoc.PDFArray(streams)  # type: ignore[attr-defined]
        page.Tabs, page.StructParents = pdfdoc.PDFName("S"), number  # type: ignore[attr-defined]
        self._setColorSpace(page)  # type: ignore[attr-defined]
        self._setExtGState(page)  # type: ignore[attr-defined]
        self._setXObjects(page)  # type: ignore[attr-defined]
        self._setShadingUsed(page)  # type: ignore[attr-defined]
        self._setAnnotations(page)  # type: ignore[attr-defined]
        self._doc.addPage(pdf_file.Raw(page.format(self._doc)))

    def _bookmark(self, number: int) -> None:
        for at, (title, level) in enumerate(self._headings.get(number, ())):
            name = f"heading-{number}-{at}"
            self.bookmarkPage(name)
            self.addOutlineEntry(title, name, level - 1)
