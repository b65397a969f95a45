"""The set that goes out: our own documents and enclosed files in one PDF, each page stamped as one of the whole.

Our documents stay as they are, with their elements; pages of enclosed files are drawn anew on Letter paper. Nothing is
left out: a file that cannot be enclosed stops the set with its name. Data is embedded and passwords are set afterwards.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from referral_app.documents import enclosed_pages, layout, outlines, pdf_file, stamps
from referral_app.documents.merged_tags import FIGURE, Tree
from referral_app.documents.outlines import Entry
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MOST_PAGES = 1000
"""Pages of a set, far more than an office takes by fax."""

LANGUAGE = "en-US"
_SAID = {"en": ("page {} of {}", ", scanned"), "es": ("página {} de {}", ", escaneada")}
"""What is read in place of an enclosed page, by language."""


@dataclass(frozen=True)
class Own:
    """A document that the program made, by what it is called in the outline; a fax cover sheet names no patient."""

    title: str
    content: bytes
    names_patient: bool = True


@dataclass(frozen=True)
class Enclosed:
    """A file that goes along: what it is called, its date in words or "", and its bytes, a PDF."""

    title: str
    date: str
    content: bytes

    @property
    def name(self) -> str:
        """Title and date in one."""
        return ", ".join(part for part in (self.title, self.date) if part)


@dataclass(frozen=True)
class Bundle:
    """What goes out, in its order, and whose it is; `born` is the date of birth in words, `language` a tag of PDF."""

    title: str
    person: str
    born: str
    reference: str
    parts: Sequence[Own | Enclosed]
    language: str = LANGUAGE


def render(bundle: Bundle) -> bytes:
    """Return the set as one PDF; the same set gives the same bytes.

    Raises InvalidInput, naming the file, for one that is protected, damaged or empty, and for too many pages.
    """
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as whole, ExitStack() as opened:
        sources = [opened.enter_context(_opened(part)) for part in bundle.parts]
        count = sum(len(source.pages) for source in sources)
        if count > MOST_PAGES:
            raise InvalidInput(
                {"attachments": f"This set has {count:,} pages; it takes at most {MOST_PAGES:,}."}
            )
        stamped = pikepdf.open(io.BytesIO(stamps.stamps(_lines(bundle, sources, count))))
        _Set(whole, opened.enter_context(stamped), bundle.language).fill(bundle, sources)
        whole.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
        )
    return out.getvalue()


def _lines(bundle: Bundle, sources: Sequence[Pdf], count: int) -> list[str]:
    """Return the line of each page."""
    said = list[str]()
    for part, source in zip(bundle.parts, sources, strict=True):
        named = isinstance(part, Enclosed) or part.names_patient
        person, born = (bundle.person, bundle.born) if named else ("", "")
        for _ in range(len(source.pages)):
            where = stamps.page(len(said) + 1, count, bundle.language)
            said.append(stamps.line(person, born, bundle.reference, where))
    return said


def pages(parts: Sequence[Own | Enclosed]) -> int:
    """Return how many pages parts have together; raises InvalidInput as `render` does."""
    with ExitStack() as opened:
        return sum(len(opened.enter_context(_opened(part)).pages) for part in parts)


def _opened(part: Own | Enclosed) -> Pdf:
    """Return an opened part; raises InvalidInput with a sentence that names it."""
    import pikepdf

    try:
        found = pikepdf.open(io.BytesIO(part.content), suppress_warnings=True)
        count, is_protected = len(found.pages), found.is_encrypted
    except pikepdf.PasswordError:
        count, is_protected, found = 1, True, None
    except pikepdf.PikepdfError as error:
        raise _damaged(part) from error
    if is_protected or found is None:
        raise _refusal(part, "is protected with a password", "Add the file again without one.")
    if not count:
        raise _refusal(part, "has no pages", "Add the file again.")
    if count > MOST_PAGES:
        raise _refusal(part, f"has {count:,} pages", "Enclose the pages that the surgeon needs, no more.")
    return found


def _damaged(part: Own | Enclosed) -> InvalidInput:
    return _refusal(part, "is damaged", "Add the file again.")


def _refusal(part: Own | Enclosed, what: str, then: str) -> InvalidInput:
    name = part.name if isinstance(part, Enclosed) else part.title
    return InvalidInput({"attachments": f"“{name}” {what} and cannot be enclosed. {then}"})


class _Set:
    """The PDF as it grows, page by page."""

    def __init__(self, whole: Pdf, stamped: Pdf, language: str) -> None:
        """Begin with no page; `stamped` has a stamp for each."""
        self._pdf, self._stamped = whole, stamped
        self._language = language
        self._tree = Tree(whole, language)
        self._outline: list[Entry] = []
        self._conforms = True

    def fill(self, bundle: Bundle, sources: Sequence[Pdf]) -> None:
        """Add every part, then what stands for the whole."""
        for part, source in zip(bundle.parts, sources, strict=True):
            if isinstance(part, Own):
                self._add_own(part, source)
            else:
                self._add_enclosed(part, source)
        self._tree.close()
        outlines.write(self._pdf, self._outline)
        self._describe(bundle)

    def _add_own(self, part: Own, source: Pdf) -> None:
        from pikepdf import Name

        first = len(self._pdf.pages)
        self._outline.append(Entry(part.title, first, outlines.read(source, first)))
        self._pdf.pages.extend(source.pages)
        self._tree.take(source, first)
        for at in range(first, len(self._pdf.pages)):
            page = self._pdf.pages[at]
            name = Name(f"/Stamp{at}")  # pages may share what they name
            page.add_resource(self._stamp(at), Name.XObject, name)
            page.contents_add(_stamp_code(str(name)))

    def _add_enclosed(self, part: Enclosed, source: Pdf) -> None:
        import pikepdf

        self._outline.append(Entry(part.name, len(self._pdf.pages)))
        element = self._tree.part(part.name)
        for number, page in enumerate(source.pages, start=1):
            try:
                drawing = enclosed_pages.drawing(source, page)
                form = self._pdf.copy_foreign(drawing.form)
            except (pikepdf.PikepdfError, ValueError, TypeError, KeyError) as error:
                raise _damaged(part) from error
            self._conforms &= drawing.has_its_fonts
            at = self._add_page(form, drawing.matrix)
            page_said, scan_said = _SAID.get(self._language[:2], _SAID["en"])
            words = f"{part.name}, {page_said.format(number, len(source.pages))}"
            self._tree.figure(element, at, words + scan_said * drawing.is_scanned, drawing.box)

    def _add_page(self, form: Object, matrix: Sequence[float]) -> int:
        """Add an empty sheet with a drawing and its stamp, and return its number from 0."""
        from pikepdf import Array, Dictionary, Name

        at = len(self._pdf.pages)
        page: Any = self._pdf.add_blank_page(page_size=(layout.PAGE_WIDTH, layout.PAGE_HEIGHT)).obj
        page.Resources = Dictionary(XObject=Dictionary(Drawn=form, Stamp=self._stamp(at)))
        code = f"/{FIGURE} <</MCID 0>> BDC\nq {' '.join(_numbers(matrix))} cm /Drawn Do Q\nEMC\n".encode()
        page.Contents = Array([self._pdf.make_stream(code), self._pdf.make_stream(_stamp_code("/Stamp"))])
        page.Tabs = Name.S
        return at

    def _stamp(self, at: int) -> Object:
        return self._pdf.copy_foreign(self._stamped.pages[at].as_form_xobject())

    def _describe(self, bundle: Bundle) -> None:
        """Say title and language of the whole, and that it conforms to PDF/UA-1 where every font of it is there."""
        from pikepdf import Dictionary, Name

        self._pdf.Root.Metadata = self._pdf.make_stream(
            pdf_file.metadata(bundle.title, bundle.language, self._conforms),
            Type=Name.Metadata,
            Subtype=Name.XML,
        )
        self._pdf.docinfo["/Title"] = bundle.title
        self._pdf.Root.Lang = bundle.language
        self._pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _stamp_code(name: str) -> bytes:
    """Return what draws a stamp at the top of a page, as no part of what is read."""
    up = layout.PAGE_HEIGHT - stamps.STRIP
    head = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
    return f"{head}\nq 1 0 0 1 0 {up:g} cm {name} Do Q\nEMC\n".encode()


def _numbers(matrix: Sequence[float]) -> Iterator[str]:
    return (f"{number:.5f}" for number in matrix)
