"""Whether a PDF is read aloud as it is seen: a walk over its pages and its tree of elements, which must agree.

`problems(pdf)` is what every test of a document calls; it says in words what is wrong, nothing where all is well.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pdfua import Severity, validate

ROLES = {
    "Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "Figure", "Caption", "Link", "Span", "Note",
}  # fmt: skip
INSIDE = {
    "L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"TR"}, "TR": {"TH", "TD"},
}  # fmt: skip
"""What may stand in an element, where not everything may."""
AROUND = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}}
"""What an element may stand in, where not everything may."""
SHOWN = {"Tj", "TJ", "'", '"'}
PAINTED = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}
_NAMES = {"Footer", "Header"}
Mark = tuple[int, int]
"""A page from 0, and the number of a mark on it."""


@dataclass
class Seen:
    """What a page shows: the text of each mark in the order of writing, that of artifacts, and what is wrong."""

    marks: dict[Mark, str] = field(default_factory=dict[Mark, str])
    artifacts: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])


@dataclass
class Element:
    """An element of the tree: its role, its dictionary, its marks, and the elements and marks in it in their order."""

    role: str
    entry: Any
    kids: list[Element | Mark] = field(default_factory=list["Element | Mark"])

    def walk(self) -> Iterator[Element]:
        """Yield the element and all within it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def marks(self) -> Iterator[Mark]:
        """Yield all marks within it in the order in which they are read."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            else:
                yield kid


def problems(pdf: bytes) -> list[str]:
    """Return what is wrong with the tags of a PDF, in words."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [*_head(opened), *_fonts(opened)]
        if "/StructTreeRoot" not in opened.Root:
            return [*found, "there is no tree of elements"]
        seen, root = look(opened), tree(opened)
        found += [*seen.wrong, *_agree(opened, seen, root), *_order(seen, root), *_shape(root)]
        found += [*_headings(root), *_links(opened, root)]
    return [*found, *checked(pdf)]


def checked(pdf: bytes) -> list[str]:
    """Return what qpdf and pdfua find."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        qpdf = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        report = validate(str(path))
    found = [f"qpdf: {qpdf.stdout}{qpdf.stderr}"] if qpdf.returncode else []
    return found + [f"pdfua: {one.message}" for one in report.findings if one.severity > Severity.INFO]


def tree(opened: pikepdf.Pdf) -> Element:
    """Return the elements of a document below one root."""
    pages = {page.objgen: number for number, page in enumerate(opened.pages)}

    def made(entry: Any) -> Element:
        element = Element(str(entry.S)[1:], entry)
        on = entry.get("/Pg")
        for kid in _list(entry.get("/K")):
            if isinstance(kid, int):
                element.kids.append((pages[on.objgen], kid))
            elif "/S" in kid:
                assert kid.P.objgen == entry.objgen, "an element does not know what it is in"
                element.kids.append(made(kid))
            elif kid.get("/Type") == "/MCR":
                element.kids.append((pages[kid.Pg.objgen], int(kid.MCID)))
        return element

    return made(opened.Root.StructTreeRoot.K)


def texts(pdf: bytes, role: str = "") -> list[str]:
    """Return the text of each element of a role in the order of reading; of all that is read where none is named."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        seen, root = look(opened), tree(opened)
        chosen = [one for one in root.walk() if one.role == role] if role else [root]
        return [" ".join("".join(seen.marks.get(mark, "") for mark in one.marks()).split()) for one in chosen]


def look(opened: pikepdf.Pdf) -> Seen:
    """Return what all pages show."""
    seen = Seen()
    for number, page in enumerate(opened.pages):
        _look_at(number, page, seen)
    return seen


def _look_at(number: int, page: pikepdf.Page, seen: Seen) -> None:
    fonts = {name: _letters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    open_: list[Mark | str] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            _open(number, operands, open_, seen)
        elif name == "EMC":
            open_.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in SHOWN | PAINTED:
            words = _shown(operands, letters) if name in SHOWN else ""
            _put(number, name, words, [one for one in open_ if one != "span"], seen)
    if open_:
        seen.wrong.append(f"page {number + 1}: what was begun is not ended")


def _open(number: int, operands: Any, open_: list[Mark | str], seen: Seen) -> None:
    about = operands[1] if len(operands) > 1 else {}
    if str(operands[0]) == "/Artifact":
        open_.append("artifact")
    elif "/MCID" in about:
        mark = (number, int(about["/MCID"]))
        if mark in seen.marks:
            seen.wrong.append(f"page {number + 1}: mark {mark[1]} is there twice")
        seen.marks[mark] = ""
        open_.append(mark)
    else:
        open_.append("span")


def _put(number: int, operator: str, words: str, within: list[Mark | str], seen: Seen) -> None:
    if len(within) != 1:
        what = f"“{words}”" if words else f"a drawing ({operator})"
        seen.wrong.append(f"page {number + 1}: {what} lies in {len(within)} marks, not in one")
    elif isinstance(within[0], str):
        seen.artifacts.append(words)
    else:
        seen.marks[within[0]] += words


def _shown(operands: Any, letters: dict[int, str]) -> str:
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[-1]]
    return "".join(
        letters[code] for part in parts if isinstance(part, pikepdf.String) for code in bytes(part)
    )


def _letters(font: Any) -> dict[int, str]:
    """Return the letters of a font of single bytes."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]+)>", table.split("beginbfchar")[1])
    return {int(code, 16): bytes.fromhex(letter.zfill(-(-len(letter) // 4) * 4)).decode("utf-16-be", "replace")
            for code, letter in pairs}  # fmt: skip


def _head(opened: pikepdf.Pdf) -> Iterator[str]:
    root = opened.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "it does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "it says no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "its title is not shown"
    xmp = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
    if "<pdfuaid:part>1<" not in xmp:
        yield "it does not say that it is PDF/UA-1"
    with opened.open_metadata() as metadata:
        if metadata.get("dc:title") != str(opened.docinfo.get("/Title", "")) or not metadata.get("dc:title"):
            yield "its title is missing, or not the same in both places"
    for number, page in enumerate(opened.pages, start=1):
        if page.obj.get("/Tabs") != "/S" and "/Annots" in page.obj:
            yield f"page {number}: links are not in the order of reading"


def _fonts(opened: pikepdf.Pdf) -> Iterator[str]:
    for page in opened.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            if "/ToUnicode" not in font or "/FontFile2" not in font.get("/FontDescriptor", {}):
                yield f"{font.BaseFont} is not embedded, or without its letters"


def _agree(opened: pikepdf.Pdf, seen: Seen, root: Element) -> Iterator[str]:
    """Yield where marks, elements, and what leads from marks to elements do not agree."""
    owners = {
        mark: one.entry.objgen for one in root.walk() for mark in one.kids if not isinstance(mark, Element)
    }
    listed = list(root.marks())
    if len(listed) != len(set(listed)):
        yield "a mark belongs to two elements"
    for mark in seen.marks.keys() ^ set(listed):
        yield f"page {mark[0] + 1}: mark {mark[1]} is on one side alone"
    numbers = _numbers(opened.Root.StructTreeRoot.ParentTree)
    for page, number in ((page, page.obj.get("/StructParents")) for page in opened.pages):
        if number is None:
            yield "a page does not say whose its marks are"
            continue
        at = opened.pages.index(page)
        for mark, owner in enumerate(numbers.get(int(number), [])):
            if owners.get((at, mark)) != owner.objgen:
                yield f"page {at + 1}: mark {mark} leads to another element"
        if len(numbers.get(int(number), [])) != sum(mark[0] == at for mark in seen.marks):
            yield f"page {at + 1}: not every mark leads to an element"


def _numbers(node: Any) -> dict[int, Any]:
    found: dict[int, Any] = {}
    nums = list(node.get("/Nums", []))
    found.update({int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)})
    for kid in node.get("/Kids", []):
        found.update(_numbers(kid))
    return found


def _order(seen: Seen, root: Element) -> Iterator[str]:
    """Yield where the text of the tree is not what is seen, in the order in which it was written."""
    read = [mark for mark in root.marks() if mark in seen.marks]
    if "".join(seen.marks[mark] for mark in read) != "".join(seen.marks.values()):
        first = next((one for one, other in zip(read, seen.marks, strict=False) if one != other), None)
        yield f"what is read is not what is seen, from {first}: “{seen.marks.get(first or (0, 0), '')}”"


def _shape(root: Element) -> Iterator[str]:
    """Yield where an element stands in, or holds, what it must not."""
    for one in root.walk():
        if one.role not in ROLES:
            yield f"there is no {one.role}"
        if not one.kids and one.role not in ("TH", "TD"):
            yield f"{one.role} holds nothing"
        for kid in one.kids:
            if isinstance(kid, Element):
                yield from _fits(one.role, kid.role)
        yield from _says(one)


def _fits(around: str, inside: str) -> Iterator[str]:
    if inside not in INSIDE.get(around, {inside}) or around not in AROUND.get(inside, {around}):
        yield f"{inside} stands in {around}"


def _says(one: Element) -> Iterator[str]:
    attributes = [dict(entry.items()) for entry in _list(one.entry.get("/A"))]
    if one.role == "Figure" and not str(one.entry.get("/Alt", "")).strip():
        yield "a figure has no words"
    if one.role == "Figure" and not any("/BBox" in entry for entry in attributes):
        yield "a figure does not say where it is"
    if one.role == "TH" and not any("/Scope" in entry for entry in attributes):
        yield "a header cell does not say of what"
    if one.role == "L" and not any("/ListNumbering" in entry for entry in attributes):
        yield "a list does not say how it is numbered"
    if one.role == "Table":
        rows = [sum(_columns(cell) for cell in row.kids if isinstance(cell, Element))
                for row in one.kids if isinstance(row, Element)]  # fmt: skip
        if len(set(rows)) > 1:
            yield f"the rows of a table have {sorted(set(rows))} cells"


def _columns(cell: Element) -> int:
    return max([int(entry.get("/ColSpan", 1)) for entry in _list(cell.entry.get("/A"))], default=1)


def _headings(root: Element) -> Iterator[str]:
    before = 0
    for one in root.walk():
        if re.fullmatch("H[1-6]", one.role):
            level = int(one.role[1])
            if level > before + 1:
                yield f"a heading of level {level} comes after one of level {before}"
            before = level


def _links(opened: pikepdf.Pdf, root: Element) -> Iterator[str]:
    """Yield which links of pages are no elements, or say nothing."""
    numbers = _numbers(opened.Root.StructTreeRoot.ParentTree)
    links = {one.entry.objgen for one in root.walk() if one.role == "Link"}
    for page in opened.pages:
        for note in page.obj.get("/Annots", []):
            owner = numbers.get(int(note.get("/StructParent", -1)))
            if owner is None or owner.objgen not in links or not str(note.get("/Contents", "")):
                yield "a link is not in the tree, or says nothing"


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
