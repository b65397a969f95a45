"""The elements of a document as they are written into a PDF, and what leads from the marks of a page to them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from referral_app.documents.tagging import OBJECTS, Tree

_IN_A_LEAF = 64
"""So many pages stand in one leaf of the tree that leads from marks to elements."""


def element(tree: Tree, at: int, zero: int, root: int, pages: array[int], objects: Mapping[str, int]) -> str:
    """Return an element as it is written.

    `zero` is the number of the document's own element, `root` that of what it stands in, `pages` those of the pages,
    and `objects` those of the objects by name.
    """
    parent = zero + tree.parents[at] if at else root
    on, kids = -1, list[str]()
    for kid, noted in tree.inside(at):
        if kid > 0 and not tree.holds(kid):
            continue
        if kid > 0:
            kids.append(f"{zero + kid} 0 R")
        elif kid == 0:
            placed = tree.objects[noted]
            kids.append(f"<</Type /OBJR /Obj {objects[placed.name]} 0 R /Pg {pages[placed.page]} 0 R>>")
        else:
            page, mark = tree.pages[-kid - 1], tree.marks[-kid - 1]
            on = page if on < 0 else on
            kids.append(str(mark) if page == on else f"<</Type /MCR /Pg {pages[page]} 0 R /MCID {mark}>>")
    inside = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
    where = f" /Pg {pages[on]} 0 R" if on >= 0 else ""
    traits = f" {tree.traits[at]}" if at in tree.traits else ""
    return f"<</S /{tree.roles[at]} /P {parent} 0 R{where}{traits}{f' /K {inside}' if kids else ''}>>"


def leaves(tree: Tree, zero: int, pages: int) -> Iterator[str]:
    """Yield the leaves of a number tree: for each page the elements of its marks, then for each object its element."""
    owners = _owners(tree, zero, pages)
    for start in range(0, pages, _IN_A_LEAF):
        end = min(start + _IN_A_LEAF, pages)
        lines = " ".join(f"{page} [{next(owners)}]" for page in range(start, end))
        yield f"<</Limits [{start} {end - 1}] /Nums [{lines}]>>"
    if tree.objects:
        last = OBJECTS + len(tree.objects) - 1
        lines = " ".join(
            f"{OBJECTS + at} {zero + placed.element} 0 R" for at, placed in enumerate(tree.objects.values())
        )
        yield f"<</Limits [{OBJECTS} {last}] /Nums [{lines}]>>"


def _owners(tree: Tree, zero: int, pages: int) -> Iterator[str]:
    """Yield for each page the elements of its marks in the order of these."""
    order = sorted(range(len(tree.owners)), key=tree.pages.__getitem__)  # all but a few stand in their order
    at = 0
    for page in range(pages):
        found: list[str] = []
        while at < len(order) and tree.pages[order[at]] == page:
            found.append(f"{zero + tree.owners[order[at]]} 0 R")
            at += 1
        yield " ".join(found)
