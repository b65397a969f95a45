"""The trees of elements of several documents as one: each document a section, each enclosed page a figure in words.

Source: ISO 32000-1, 14.7, as ISO 14289-1 (PDF/UA-1) asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

OBJECTS = 1_000_000
"""The StructParent of the first object, such as a link; below it are those of the pages."""
FIGURE = "Figure"


class Tree:
    """The tree of a PDF that grows document by document."""

    def __init__(self, pdf: Pdf, language: str) -> None:
        """Begin with an empty document in a language."""
        from pikepdf import Array, Dictionary, Name

        self._pdf = pdf
        self._pages: dict[int, Any] = {}
        self._objects: dict[int, Any] = {}
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._whole = pdf.make_indirect(Dictionary(S=Name.Document, P=self._root, Lang=language, K=Array()))
        self._root.K = self._whole

    def take(self, source: Pdf, first: int) -> None:
        """Take the tree of a document over, whose pages were added already, the first of them with this number."""
        tree: Any = source.Root.get("/StructTreeRoot")
        if tree is None:
            return
        from pikepdf import Name

        copied: Any = self._pdf.copy_foreign(tree)
        for one in _many(copied.get("/K")):
            one.P = self._whole
            if Name.Document == one.S:
                one.S = Name.Sect
            self._whole.K.append(one)
        owners = dict(_numbers(copied.get("/ParentTree")))
        for at in range(first, first + len(source.pages)):
            self._take_page(at, owners)

    def _take_page(self, at: int, owners: dict[int, Any]) -> None:
        """Give the marks and objects of a page the numbers that they have in the whole."""
        page: Any = self._pdf.pages[at].obj
        if "/StructParents" in page:
            self._pages[at] = owners.get(int(page.StructParents))
            page.StructParents = at
        for one in page.get("/Annots", ()):
            if "/StructParent" in one:
                number = OBJECTS + len(self._objects)
                self._objects[number] = owners.get(int(one.StructParent))
                one.StructParent = number

    def part(self, title: str) -> Any:
        """Begin a part for a file that is enclosed, and return it."""
        from pikepdf import Array, Dictionary, Name

        found = self._pdf.make_indirect(Dictionary(S=Name.Sect, P=self._whole, T=title, K=Array()))
        self._whole.K.append(found)
        return found

    def figure(self, part: Any, at: int, words: str, box: tuple[float, float, float, float]) -> None:
        """Let the first mark of a page be a figure with words that stand for it."""
        from pikepdf import Array, Dictionary, Name

        page: Any = self._pdf.pages[at].obj
        place = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([round(edge, 2) for edge in box]))
        found = self._pdf.make_indirect(Dictionary(S=Name.Figure, P=part, Pg=page, Alt=words, A=place, K=0))
        part.K.append(found)
        page.StructParents = at
        self._pages[at] = Array([found])

    def close(self) -> None:
        """Write what leads from marks to elements, and let the PDF say that it is tagged."""
        from pikepdf import Array, Dictionary

        pairs = Array()
        for number, owner in sorted((self._pages | self._objects).items()):
            if owner is not None:
                pairs.append(number)
                pairs.append(owner)
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=pairs))
        self._root.ParentTreeNextKey = OBJECTS + len(self._objects)
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)


def _many(value: Any) -> list[Any]:
    from pikepdf import Array

    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _numbers(tree: Any) -> list[tuple[int, Any]]:
    """Return what a number tree holds; ours have branches a few deep at most."""
    found, waiting = list[tuple[int, Any]](), _many(tree)
    while waiting:
        one: Any = waiting.pop()
        waiting += _many(one.get("/Kids"))
        pairs = _many(one.get("/Nums"))
        found += [(int(number), owner) for number, owner in zip(pairs[::2], pairs[1::2], strict=True)]
    return found
