"""Pages of an enclosed file as drawings on Letter paper: turned upright, as large as fits, below the stamp.

Only what draws a page comes along, its content and resources: no link, note, script, action or layer can. Marks in the
content are left behind, as they belong to a tree that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from referral_app.documents import layout
from referral_app.documents.stamps import STRIP

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

_EDGE = 18.0
"""Points at the other edges that no printer reaches."""
ROOM: Box = (_EDGE, _EDGE, layout.PAGE_WIDTH - _EDGE, layout.PAGE_HEIGHT - STRIP - 4)
"""Where an enclosed page stands: left, lower, right and upper edge in points."""
_LANDSCAPE = 1.1
"""A page that is wider than high by more than this is turned, so that the set is upright throughout."""
_MARKS = {"BDC", "BMC", "EMC", "DP", "MP"}
_PAPER: Box = (0.0, 0.0, layout.PAGE_WIDTH, layout.PAGE_HEIGHT)


@dataclass(frozen=True)
class Drawing:
    """A page as a form, where it stands (`matrix`, `box`), and whether it is a picture without letters.

    `has_its_fonts` says that every font comes along; otherwise each reader takes another in its place.
    """

    form: Any
    matrix: Matrix
    box: Box
    is_scanned: bool
    has_its_fonts: bool


def drawing(source: Pdf, page: Page) -> Drawing:
    """Return a page of an opened file as a drawing; raises what pikepdf raises for a damaged one."""
    box = _visible(page)
    turned = _turned(page, box)
    matrix, placed = placement(box, turned)
    resources: Any = _inherited(page, "/Resources") or {}
    form, fonts = _form(source, page, box, resources), list(_fonts(resources))
    return Drawing(form, matrix, placed, not fonts, all(map(_is_embedded, fonts)))


def placement(box: Box, turned: int) -> tuple[Matrix, Box]:
    """Return how a box, turned clockwise by so many degrees, is drawn as large as fits in the room, and where then."""
    wide, high = box[2] - box[0], box[3] - box[1]
    across, up = (high, wide) if turned % 180 else (wide, high)
    scale = min((ROOM[2] - ROOM[0]) / across, (ROOM[3] - ROOM[1]) / up)
    left = ROOM[0] + (ROOM[2] - ROOM[0] - across * scale) / 2
    top = ROOM[3]
    low = top - up * scale
    a, b, c, d, right, rise = {
        0: (1, 0, 0, 1, 0.0, 0.0), 90: (0, -1, 1, 0, 0.0, wide), 180: (-1, 0, 0, -1, wide, high),
        270: (0, 1, -1, 0, high, 0.0),
    }[turned]  # fmt: skip
    x, y = -box[0], -box[1]
    matrix = (
        a * scale, b * scale, c * scale, d * scale,
        left + (a * x + c * y + right) * scale, low + (b * x + d * y + rise) * scale,
    )  # fmt: skip
    return matrix, (left, low, left + across * scale, top)


def _turned(page: Page, box: Box) -> int:
    """Return by how many degrees a page is turned clockwise: as it says, and once more where it lies on its side."""
    try:
        turned = round(float(_inherited(page, "/Rotate") or 0) / 90) * 90 % 360
    except (TypeError, ValueError, OverflowError):
        turned = 0
    wide, high = box[2] - box[0], box[3] - box[1]
    across, up = (high, wide) if turned % 180 else (wide, high)
    return (turned + 270) % 360 if across > up * _LANDSCAPE else turned


def _visible(page: Page) -> Box:
    """Return the part of a page that is seen: the crop box within the media box, whichever corners they begin at."""
    whole = _box(_inherited(page, "/MediaBox")) or _PAPER
    crop = _box(_inherited(page, "/CropBox"))
    if crop is None:
        return whole
    both = max(whole[0], crop[0]), max(whole[1], crop[1]), min(whole[2], crop[2]), min(whole[3], crop[3])
    return both if _is_paper(both) else whole


def _inherited(page: Page, key: str) -> Any:
    """Return what a page or what it stands in says; a tree that goes in circles ends after a while."""
    held: Any = page.obj
    for _ in range(50):
        if key in held:
            return held[key]
        held = held.get("/Parent")
        if held is None:
            break
    return None


def _box(value: Any) -> Box | None:
    try:
        a, b, c, d = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    found = min(a, c), min(b, d), max(a, c), max(b, d)
    return found if _is_paper(found) else None


def _is_paper(box: Box) -> bool:
    return all(1 <= side <= 1_000_000 for side in (box[2] - box[0], box[3] - box[1]))


def _form(source: Pdf, page: Page, box: Box, resources: Any) -> Any:
    """Return the content of a page as a form of its file, cut off where the page ends."""
    from pikepdf import Array, Dictionary, Name

    form = source.make_stream(
        _content(page), Type=Name.XObject, Subtype=Name.Form, BBox=Array([round(edge, 3) for edge in box]),
        Resources=Dictionary(resources),
    )  # fmt: skip
    if isinstance(group := page.obj.get("/Group"), Dictionary):
        form.Group = group
    return form


def _fonts(resources: Any) -> Iterator[Any]:
    """Yield the fonts of a page and of the drawings in it, which may lie in one another in circles."""
    from pikepdf import Stream

    waiting, seen = [resources], set[tuple[int, int]]()
    while waiting:
        held: Any = waiting.pop()
        yield from _named(held, "/Font")
        for one in _named(held, "/XObject"):
            if isinstance(one, Stream) and one.objgen not in seen:
                seen.add(one.objgen)
                waiting.append(one.stream_dict.get("/Resources"))


def _named(resources: Any, kind: str) -> list[Any]:
    """Return what resources name of a kind, none where a file that is damaged has something else there."""
    from pikepdf import Dictionary, Stream

    named: Any = resources.get(kind) if isinstance(resources, Dictionary) else None
    if not isinstance(named, Dictionary):
        return []
    return [one for one in named.values() if isinstance(one, Dictionary | Stream)]


def _is_embedded(font: Any) -> bool:
    """Tell whether a font comes with its letters; one that is drawn (Type 3) is nothing but them."""
    if font.get("/Subtype") == "/Type3":
        return True
    inner = font.get("/DescendantFonts")
    about = (inner[0] if inner else font).get("/FontDescriptor", {})
    return any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _content(page: Page) -> bytes:
    """Return what draws a page, without the marks of a tree of elements."""
    from pikepdf import Array, Stream, parse_content_stream, unparse_content_stream

    held: Any = page.obj.get("/Contents")
    streams = [one for one in held if isinstance(one, Stream)] if isinstance(held, Array) else [held]
    content = b"\n".join(one.read_bytes() for one in streams if isinstance(one, Stream))
    if not any(mark in content for mark in (b"BDC", b"BMC", b"MP", b"DP")):
        return content
    kept = [one for one in parse_content_stream(page) if str(one.operator) not in _MARKS]
    return unparse_content_stream(kept)
