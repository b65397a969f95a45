"""What a document is to somebody who hears it: the tree of its headings, paragraphs, lists, tables and figures.

A flowable carries a `Tag`; while it is drawn, its marks on the page are noted under the element of that tag, and what
is drawn under none is an artifact. So an element that is split over pages stays one. Source: ISO 32000-1, 14.7 and
14.8, as ISO 14289-1 (PDF/UA-1) asks for them.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from reportlab.pdfgen.canvas import Canvas

OBJECTS = 1_000_000
"""The StructParent of the first object; below it are those of the pages."""
_NONE = -1
_CELLS = ("TD", "TH")
_FOOT = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
_HEAD = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
_DECORATION = "/Artifact BMC"
_SAID = {"en": {"tick": "box to tick", "digits": "boxes for the last digits"},
         "es": {"tick": "casilla para marcar", "digits": "casillas para los últimos dígitos"}}  # fmt: skip
"""What is said in place of what is drawn, by language."""


class Tag:
    """What a flowable is: its role, and its traits, each an entry of the PDF. All parts of a split one share it."""

    __slots__ = ("element", "role", "traits", "tree")

    def __init__(self, role: str, traits: str = "") -> None:
        """Keep the role, as "P" or "TD", and the traits as they are written; see `alternative` and its like."""
        self.role, self.traits = role, traits
        self.tree: Tree | None = None
        self.element = _NONE

    def drawn(self, canvas: Canvas) -> bool:
        """Tell whether a part of it stands in the tree of a canvas already."""
        return self.tree is not None and self.tree is tree(canvas)


def string(words: str) -> str:
    """Return text as a string of a PDF."""
    if words.isascii() and words.isprintable():
        return "(" + words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return "<FEFF" + words.encode("utf-16-be", "replace").hex().upper() + ">"


def alternative(words: str) -> str:
    """Return the trait of words that stand for a drawing."""
    return f"/Alt {string(words)}"


def said(words: str) -> str:
    """Return the trait of text that is read in place of what is drawn."""
    return f"/ActualText {string(words)}"


def language(code: str) -> str:
    """Return the trait of a language, as "es-US"; nothing where it is not known."""
    return f"/Lang {string(code)}" if code else ""


def place(box: Sequence[float]) -> str:
    """Return the trait of where a drawing stands on its page: left, lower, right and upper edge in points."""
    return f"/A <</O /Layout /Placement /Block /BBox [{' '.join(f'{edge:.2f}' for edge in box)}]>>"


def scope(of: str, columns: int = 1) -> str:
    """Return the trait of a header cell: of its "Column" or "Row"; it may stand above several columns."""
    return f"/A <</O /Table /Scope /{of}{_span(columns)}>>"


def spanning(columns: int) -> str:
    """Return the trait of a cell over so many columns, nothing for one."""
    return f"/A <</O /Table{_span(columns)}>>" if columns > 1 else ""


def _span(columns: int) -> str:
    return f" /ColSpan {columns}" if columns > 1 else ""


def numbering(kind: str) -> str:
    """Return the trait of a list: "Decimal", "Disc", or "None"."""
    return f"/A <</O /List /ListNumbering /{kind}>>"


class Placed(NamedTuple):
    """An object of a page that is part of an element: the element, the page, and the name of the object."""

    element: int
    page: int
    name: str


class Tree:
    """The elements of one document in the order in which they are drawn, in a few numbers each.

    Element 0 is the document. A directory of 100,000 surgeons has half a million elements: hence no object for each.
    """

    def __init__(self, speaks: str) -> None:
        """Begin with the document alone, in its language."""
        self.speaks = speaks
        self.roles: list[str] = ["Document"]
        self.parents, self.heads, self.tails = array("i", [_NONE]), array("i", [_NONE]), array("i", [_NONE])
        self.kids, self.nexts = array("i"), array("i")
        self.owners, self.pages, self.marks = array("i"), array("i"), array("i")
        self.traits: dict[int, str] = {}
        self.objects: dict[int, Placed] = {}
        self._stack = [0]
        self._lists: dict[int, tuple[str, int]] = {}
        self._sizes: list[float] = []
        self._open, self._content = 0, _NONE
        self._page, self._marks = 0, array("i", [0])

    def turn(self, page: int) -> None:
        """Go on with a page, the first being 0, where marks are counted anew for each."""
        self._page = page
        while len(self._marks) <= page:
            self._marks.append(0)

    def element(self, tag: Tag) -> int:
        """Return the element of a tag, which is made within what is open where there is none yet."""
        if tag.tree is not self:
            tag.tree, tag.element = self, self._add(tag.role, self._stack[-1], tag.traits)
        return tag.element

    def open(self, tag: Tag) -> None:
        """Let what is drawn from now on be within an element; an artifact and a figure have none."""
        self._stack.append(self._stack[-1] if self._open else self.element(tag))

    def close(self) -> None:
        """Go back to what the last opened element is in."""
        self._stack.pop()

    def open_in_list(self, tag: Tag, kind: str, first: bool = False) -> None:
        """Open an item of the list of this kind that was drawn just before, or of a new one, as where it is first."""
        if self._open:
            self._stack.append(self._stack[-1])
            return
        if tag.tree is not self:
            parent = self._stack[-1]
            known, found = self._lists.get(parent, ("", _NONE))
            if known != kind or first:
                found = self._add("L", parent, numbering(kind))
                self._lists[parent] = (kind, found)
            tag.tree, tag.element = self, self._add(tag.role, found, tag.traits)
        self._stack.append(tag.element)

    def section(self, speaks: str) -> None:
        """Begin a part of the document that stands for itself, in its language."""
        del self._stack[1:]
        self._sizes.clear()
        traits = language(speaks) if speaks != self.speaks else ""
        self._stack.append(self._add("Sect", 0, traits))

    def level(self, size: float) -> int:
        """Return the level of a heading by the size of its letters, so that none is ever skipped."""
        while self._sizes and self._sizes[-1] <= size:
            self._sizes.pop()
        self._sizes.append(size)
        return len(self._sizes)

    def begin(self, canvas: Canvas, tag: Tag) -> None:
        """Let what is drawn be content of an element; within other content or an artifact it is part of that."""
        self._open += 1
        if self._open > 1:
            return
        self._content = self.element(tag)
        self._lists.pop(self._content, None)
        _code(canvas).append(self._mark(self._content))

    def speak(self, code: list[str], lang: str) -> None:
        """Let the text that follows in the content be in a language, "" for that of the content.

        WORKAROUND: a mark within the content would do, but poppler (pdfinfo 22.12) takes its end for that of both.
        """
        if self._open == 1 and self._content != _NONE:
            element = self._add("Span", self._content, language(lang)) if lang else self._content
            code += ["EMC", self._mark(element)]

    def _mark(self, element: int) -> str:
        """Give an element the next mark of the page and return what begins it."""
        mark = self._marks[self._page]
        self._note(element, -len(self.owners) - 1)
        self.owners.append(element)
        self.pages.append(self._page)
        self.marks.append(mark)
        self._marks[self._page] = mark + 1
        return f"/{self.roles[element]} <</MCID {mark}>> BDC"

    def begin_artifact(self, canvas: Canvas, operator: str = _DECORATION) -> None:
        """Let what is drawn be no content."""
        self._open += 1
        if self._open == 1:
            self._content = _NONE
            _code(canvas).append(operator)

    def end(self, canvas: Canvas) -> None:
        """End content or an artifact."""
        self._open -= 1
        if self._open:
            return
        code = _code(canvas)
        if code[-1] == _DECORATION:
            code.pop()
        else:
            code.append("EMC")

    def refer(self, tag: Tag, name: str) -> int:
        """Note an object of this page, known by a name, within an element, as a link is; return its StructParent."""
        self.objects[len(self.kids)] = Placed(self.element(tag), self._page, name)
        self._note(tag.element, 0)
        return OBJECTS + len(self.objects) - 1

    def _add(self, role: str, parent: int, traits: str) -> int:
        made = len(self.roles)
        self.roles.append(role)
        self.parents.append(parent)
        self.heads.append(_NONE)
        self.tails.append(_NONE)
        if traits:
            self.traits[made] = traits
        if role != "L":
            self._lists.pop(parent, None)
        self._note(parent, made)
        return made

    def _note(self, element: int, kid: int) -> None:
        """Note a kid of an element behind those before it: an element, -1 - content, or 0 for an object."""
        at, last = len(self.kids), self.tails[element]
        self.kids.append(kid)
        self.nexts.append(_NONE)
        if last == _NONE:
            self.heads[element] = at
        else:
            self.nexts[last] = at
        self.tails[element] = at

    def holds(self, element: int) -> bool:
        """Tell whether anything is in an element; an empty cell of a table counts as well."""
        return self.heads[element] != _NONE or self.roles[element] in _CELLS

    def inside(self, element: int) -> Generator[tuple[int, int]]:
        """Yield the kids of an element in their order, each with where it was noted."""
        at = self.heads[element]
        while at != _NONE:
            yield self.kids[at], at
            at = self.nexts[at]


def tree(canvas: Canvas) -> Tree | None:
    """Return the tree of a canvas; ReportLab's own has none."""
    return getattr(canvas, "tags", None)


def say(canvas: Canvas, what: str) -> str:
    """Return what is read in place of a symbol in the language of the document: "tick" or "digits"."""
    found = tree(canvas)
    words: Mapping[str, str] = _SAID.get((found.speaks if found else "en")[:2], _SAID["en"])
    return words[what]


def _code(canvas: Canvas) -> list[str]:
    return cast(Any, canvas)._code  # noqa: SLF001 - ReportLab has no other way to write an operator


@contextmanager
def content(canvas: Canvas, tag: Tag) -> Generator[None]:
    """Let what is drawn within be content of an element."""
    found = tree(canvas)
    if found is None:
        yield
        return
    found.begin(canvas, tag)
    yield
    found.end(canvas)


@contextmanager
def decoration(canvas: Canvas) -> Generator[None]:
    """Let what is drawn within be an artifact: nothing that is read."""
    found = tree(canvas)
    if found is None:
        yield
        return
    found.begin_artifact(canvas)
    yield
    found.end(canvas)


@contextmanager
def running(canvas: Canvas, foot: bool) -> Generator[None]:
    """Let what is drawn within be the running foot of the pages, or their head."""
    found = tree(canvas)
    if found is None:
        yield
        return
    found.begin_artifact(canvas, _FOOT if foot else _HEAD)
    yield
    found.end(canvas)


@contextmanager
def within(canvas: Canvas, tag: Tag) -> Generator[None]:
    """Let the elements of what is drawn within be kids of an element."""
    found = tree(canvas)
    if found is None:
        yield
        return
    found.open(tag)
    yield
    found.close()


@contextmanager
def item(canvas: Canvas, tag: Tag, kind: str, first: bool = False) -> Generator[None]:
    """Let the elements of what is drawn within be those of one item of a list; see `Tree.open_in_list`."""
    found = tree(canvas)
    if found is None:
        yield
        return
    found.open_in_list(tag, kind, first)
    yield
    found.close()
