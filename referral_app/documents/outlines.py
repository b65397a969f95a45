"""The outline of a PDF: entries with the page that each leads to, read from a document and written into another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pikepdf import OutlineItem, Pdf

_DEEPEST = 8


@dataclass(frozen=True)
class Entry:
    """A line of the outline, the number of its page from 0, and the lines below it."""

    title: str
    page: int
    below: Sequence[Entry] = ()


def read(pdf: Pdf, first: int) -> tuple[Entry, ...]:
    """Return the outline of a document of ours, whose first page has the number `first` in what it goes into."""
    places = {page.obj.objgen: first + at for at, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return tuple(_read(pdf, outline.root, places, first, 1))


def _read(
    pdf: Pdf, items: Iterable[OutlineItem], places: dict[tuple[int, int], int], page: int, depth: int
) -> Iterable[Entry]:
    for item in items if depth <= _DEEPEST else ():
        page = places.get(_target(pdf, item), page)
        yield Entry(item.title, page, tuple(_read(pdf, item.children, places, page, depth + 1)))


def _target(pdf: Pdf, item: OutlineItem) -> tuple[int, int]:
    """Return the number of the page object that an entry leads to; (0, 0) where it leads nowhere."""
    to: Any = cast(Any, item).destination
    if to is None and item.action is not None:
        to = item.action.get("/D")
    if to is not None and not hasattr(to, "objgen"):
        to = cast(Any, pdf.Root).get("/Dests", {}).get(f"/{to}")
    try:
        return cast(Any, to)[0].objgen
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return 0, 0


def write(pdf: Pdf, entries: Iterable[Entry]) -> None:
    """Give a PDF an outline."""
    with pdf.open_outline() as outline:
        outline.root[:] = [_item(entry) for entry in entries]


def _item(entry: Entry) -> OutlineItem:
    from pikepdf import OutlineItem

    item = OutlineItem(entry.title, entry.page)
    item.children.extend(_item(one) for one in entry.below)
    return item
