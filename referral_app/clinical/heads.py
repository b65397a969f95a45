"""Heads drawn once for this project, from the right, the front, the left and the back: for screen and paper alike.

Each view lies in a room 200 wide and 240 high, x to the right and y down, so that a point means the same at any size.
The half of a symmetric view is drawn to the right of its middle; the left side is the right side seen in a mirror.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

Point = tuple[float, float]
Piece = tuple[Point, Point, Point]
"""A Bézier piece: two guides and an end."""
Curve = tuple[Point, tuple[Piece, ...]]
"""A start and the pieces that follow it."""

WIDTH, HEIGHT = 200.0, 240.0
MIDDLE = WIDTH / 2
VIEWS = {"right": "Right side", "front": "Front", "left": "Left side", "back": "Back"}
"""The four views in the order in which a head turns, each with its name."""
SIDES = ("right", "left")
STEPS = 8
"""How many straight lines stand for a Bézier piece where a curve is measured."""


@dataclass(frozen=True)
class Stroke:
    """One line of a head: the `outline`, a `detail` such as an ear, or a dashed `landmark` under the skin."""

    kind: str
    curve: Curve


_SKULL: Curve = ((0, 14), (((34, 14), (59, 32), (63, 74)),))
_FRONT: tuple[Stroke, ...] = (
    Stroke("outline", (_SKULL[0], (
        *_SKULL[1], ((65, 100), (62, 128), (54, 150)), ((47, 170), (22, 194), (0, 194)),
    ))),
    Stroke("outline", ((63, 94), (((69, 86), (78, 90), (76, 105)), ((74, 118), (68, 130), (60.5, 127))))),
    Stroke("outline", ((44, 168), (((42, 186), (41, 196), (46, 206)), ((56, 218), (78, 222), (96, 234))))),
    Stroke("detail", ((65, 100), (((71, 97), (73, 105), (69, 114)),))),
    Stroke("detail", ((0, 42), (((18, 40), (40, 46), (49, 64)), ((53, 74), (57, 82), (60, 98))))),
    Stroke("detail", ((12, 87), (((20, 79), (34, 79), (43, 87)),))),
    Stroke("detail", ((15, 100), (((21, 92), (35, 92), (41, 101)), ((34, 106), (21, 107), (15, 100))))),
    Stroke("detail", ((24, 99), (((24, 94), (32, 94), (32, 99)), ((32, 104), (24, 104), (24, 99))))),
    Stroke("detail", ((6, 104), (((7, 118), (12, 126), (13, 132)), ((12, 139), (5, 136), (0, 139))))),
    Stroke("detail", ((0, 157), (((4, 154), (10, 156), (21, 156)),))),
    Stroke("detail", ((0, 167), (((5, 167), (9, 166), (13, 164)),))),
)  # fmt: skip
_BACK: tuple[Stroke, ...] = (
    Stroke("outline", (_SKULL[0], (
        *_SKULL[1], ((65, 100), (61, 124), (53, 146)), ((47, 162), (44, 178), (47, 202)),
        ((58, 216), (80, 222), (96, 234)),
    ))),
    Stroke("outline", ((63, 92), (((69, 83), (79, 88), (76, 105)), ((74, 119), (67, 132), (59, 127))))),
    Stroke("detail", ((63, 98), (((69, 97), (70, 114), (62, 121)),))),
    Stroke("detail", ((0, 184), (((10, 186), (22, 180), (30, 180)), ((38, 178), (45, 166), (51, 150))))),
    Stroke("landmark", ((0, 135), (((4, 135), (7, 133), (9, 130)), ((22, 122), (40, 124), (54, 140))))),
)  # fmt: skip
_RIGHT: tuple[Stroke, ...] = (
    Stroke("outline", ((56, 234), (
        ((62, 214), (60, 194), (46, 174)), ((34, 158), (26, 142), (23, 128)), ((20, 122), (20, 116), (22, 110)),
        ((18, 60), (52, 14), (106, 14)), ((142, 14), (165, 36), (168, 68)), ((170, 76), (170, 84), (167, 92)),
        ((172, 104), (182, 115), (187, 124)), ((190, 131), (182, 134), (174, 134)),
        ((174, 139), (180, 142), (179, 148)), ((178, 150), (175, 151), (172, 152)),
        ((178, 154), (179, 159), (173, 163)), ((171, 168), (177, 174), (174, 184)),
        ((170, 195), (152, 197), (138, 192)), ((128, 192), (121, 200), (122, 212)),
        ((124, 222), (130, 228), (138, 234)),
    ))),
    Stroke("outline", ((86, 113), (
        ((82, 96), (106, 91), (109, 108)), ((111, 120), (102, 126), (100, 135)), ((98, 145), (87, 144), (88, 132)),
    ))),
    Stroke("detail", ((92, 112), (((93, 103), (104, 102), (103, 112)), ((102, 119), (96, 120), (95, 128))))),
    Stroke("detail", ((99, 142), (((102, 162), (114, 182), (138, 192)),))),
    Stroke("detail", ((157, 38), (
        ((149, 46), (140, 58), (140, 74)), ((139, 84), (128, 84), (125, 92)), ((121, 102), (116, 112), (111, 122)),
    ))),
    Stroke("detail", ((88, 140), (((82, 156), (70, 172), (52, 184)),))),
    Stroke("detail", ((150, 86), (((155, 80), (161, 79), (167, 82)),))),
    Stroke("detail", ((165, 95), (((160, 92), (154, 94), (151, 101)), ((156, 104), (161, 104), (165, 102))))),
    Stroke("detail", ((171, 131), (((168, 128), (168, 123), (172, 121)),))),
    Stroke("detail", ((172, 152), (((168, 152), (164, 153), (160, 155)),))),
    Stroke("landmark", ((24, 130), (((38, 120), (66, 128), (84, 140)),))),
)  # fmt: skip


@dataclass(frozen=True)
class Region:
    """A named place of the head, or the area of a nerve, as it is seen in each view.

    `at` and `over` are how words name it with a side put in: where pain starts, and where it spreads to. `start` is
    the view and point that a start there is drawn at. Areas of a side view belong to the side that it shows; halves of
    front and back to both sides. Source of nerves and sites: clinical.md 1.2 and 1.7 (Guyuron 2015); drawn by us.
    """

    label: str
    at: str
    over: str
    start: tuple[str, Point]
    seen: dict[str, tuple[Point, ...]]


REGIONS: dict[str, Region] = {
    "greater_occipital": Region(
        "Greater occipital nerve: back of the head", "over the {side} greater occipital nerve",
        "{side} back of the head (greater occipital nerve)", ("back", (17, 138)),
        {"back": ((2, 128), (10, 142), (20, 144), (30, 132), (37, 116), (39, 84), (32, 54), (16, 38), (2, 36)),
         "side": ((27, 136), (40, 136), (50, 124), (57, 98), (68, 66), (82, 44), (74, 28), (50, 40), (33, 64),
                  (25, 92), (23, 116))},
    ),
    "lesser_occipital": Region(
        "Lesser occipital nerve: behind the ear", "over the {side} lesser occipital nerve",
        "{side} side behind the ear (lesser occipital nerve)", ("back", (44, 142)),
        {"back": ((34, 134), (42, 152), (50, 146), (56, 130), (61, 108), (60, 84), (48, 84), (42, 104)),
         "side": ((54, 122), (60, 100), (70, 86), (82, 88), (84, 104), (84, 122), (86, 140), (76, 150), (62, 142))},
    ),
    "third_occipital": Region(
        "Third occipital nerve: top of the neck", "over the {side} third occipital nerve",
        "{side} top of the neck (third occipital nerve)", ("back", (8, 158)),
        {"back": ((2, 144), (10, 146), (17, 150), (17, 166), (14, 178), (2, 179))},
    ),
    "neck": Region(
        "Neck", "in the {side} side of the neck", "{side} side of the neck", ("back", (32, 172)),
        {"back": ((20, 150), (32, 146), (41, 158), (43, 178), (44, 202), (20, 208), (2, 206), (2, 184), (16, 180)),
         "side": ((34, 146), (54, 150), (76, 158), (92, 152), (100, 172), (112, 190), (112, 214), (84, 224),
                  (66, 212), (60, 190), (46, 168))},
    ),
    "crown": Region(
        "Top of the head", "at the {side} side of the top of the head", "{side} side of the top of the head",
        ("side", (104, 30)),
        {"back": ((4, 17), (22, 19), (40, 30), (50, 44), (34, 46), (18, 34), (4, 32)),
         "side": ((82, 24), (104, 18), (126, 22), (138, 30), (130, 42), (106, 42), (88, 40)),
         "front": ((4, 17), (22, 19), (40, 30), (50, 46), (36, 40), (18, 35), (4, 35))},
    ),
    "auriculotemporal": Region(
        "Auriculotemporal nerve: in front of and above the ear", "over the {side} auriculotemporal nerve",
        "{side} side above the ear (auriculotemporal nerve)", ("side", (114, 106)),
        {"side": ((86, 90), (80, 70), (88, 50), (104, 46), (114, 58), (118, 80), (120, 102), (114, 122), (110, 104),
                  (100, 92))},
    ),
    "zygomaticotemporal": Region(
        "Zygomaticotemporal nerve: temple", "over the {side} zygomaticotemporal nerve at the temple",
        "{side} temple (zygomaticotemporal nerve)", ("side", (136, 92)),
        {"side": ((122, 76), (122, 58), (132, 48), (138, 64), (146, 78), (146, 98), (134, 110), (124, 106)),
         "front": ((50, 86), (52, 66), (59, 74), (62, 92), (61, 112), (54, 108), (49, 98))},
    ),
    "supraorbital": Region(
        "Supraorbital nerve: forehead", "over the {side} supraorbital nerve",
        "{side} forehead (supraorbital nerve)", ("front", (22, 80)),
        {"front": ((15, 82), (30, 77), (45, 82), (48, 66), (38, 46), (24, 40), (15, 46)),
         "side": ((150, 78), (144, 62), (138, 44), (148, 30), (160, 44), (165, 62), (166, 78))},
    ),
    "supratrochlear": Region(
        "Supratrochlear nerve: above the nose", "over the {side} supratrochlear nerve",
        "{side} middle of the forehead (supratrochlear nerve)", ("front", (9, 82)),
        {"front": ((2, 90), (12, 86), (13, 62), (12, 44), (2, 42))},
    ),
    "eye": Region(
        "Eye, or behind it", "at or behind the {side} eye", "{side} eye", ("front", (28, 99)),
        {"front": ((10, 98), (20, 90), (36, 90), (46, 98), (40, 108), (26, 110), (14, 108)),
         "side": ((148, 92), (158, 86), (167, 92), (167, 104), (156, 108), (149, 104))},
    ),
    "cheek": Region(
        "Cheek", "at the {side} cheek", "{side} cheek", ("front", (36, 126)),
        {"front": ((14, 116), (30, 114), (52, 114), (59, 122), (54, 138), (36, 148), (20, 146)),
         "side": ((122, 116), (138, 112), (158, 114), (168, 130), (158, 146), (134, 144), (118, 134))},
    ),
    "jaw": Region(
        "Jaw", "at the {side} side of the jaw", "{side} side of the jaw", ("front", (38, 162)),
        {"front": ((20, 152), (38, 152), (53, 146), (48, 164), (34, 180), (14, 191), (2, 191), (2, 172)),
         "side": ((102, 146), (118, 142), (138, 150), (166, 154), (172, 172), (168, 188), (142, 189), (118, 174),
                  (106, 160))},
    ),
}  # fmt: skip
"""The places that can be named, in the order of a list: from the back to the front."""


@cache
def strokes(view: str) -> tuple[Stroke, ...]:
    """Return the lines of a view in its room; raises KeyError for a view that there is not."""
    if view in SIDES:
        return tuple(Stroke(one.kind, _moved(one.curve, view == "left", False)) for one in _RIGHT)
    halves = {"front": _FRONT, "back": _BACK}[view]
    return tuple(
        Stroke(one.kind, _moved(one.curve, mirrored, True)) for one in halves for mirrored in (False, True)
    )


def letters(view: str) -> tuple[tuple[str, Point], ...]:
    """Return R and L with the points where they stand beside a view that shows both sides of the patient."""
    sides = {"front": ("R", "L"), "back": ("L", "R")}.get(view, ())
    return tuple(zip(sides, ((14.0, 150.0), (186.0, 150.0)), strict=False))


@cache
def area(name: str, side: str, view: str) -> tuple[Point, ...]:
    """Return the edge of a region on one side of the patient in a view, rounded off; empty where it is not seen."""
    if view in SIDES:
        corners = REGIONS[name].seen.get("side", ()) if view == side else ()
        return tuple(_rounded([_place(point, view == "left", False) for point in corners]))
    corners = REGIONS[name].seen.get(view, ())
    return tuple(_rounded([_place(point, _is_left_half(view, side), True) for point in corners]))


def start(name: str, side: str) -> tuple[str, Point]:
    """Return the view and the point at which a start in a region is drawn."""
    view, point = REGIONS[name].start
    if view == "side":
        return side, _place(point, side == "left", False)
    return view, _place(point, _is_left_half(view, side), True)


def region_at(view: str, point: Point) -> tuple[str, str] | None:
    """Return the region and the patient's side at a point of a view, or None where it is in none."""
    x, y = point
    for name, side, (left, top, right, bottom) in _boxes(view):
        if left <= x <= right and top <= y <= bottom and inside(point, area(name, side, view)):
            return name, side
    return None


@cache
def _boxes(view: str) -> list[tuple[str, str, tuple[float, float, float, float]]]:
    """Return each region that a view shows with the box around it: most points are outside of most."""
    return [
        (name, side, _box(edge)) for name in REGIONS for side in SIDES if (edge := area(name, side, view))
    ]


def _box(edge: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in edge], [y for _, y in edge]
    return min(xs), min(ys), max(xs), max(ys)


def side_of(view: str, point: Point) -> str:
    """Return on which side of the patient a point of a view lies."""
    if view in SIDES:
        return view
    return "right" if (point[0] < MIDDLE) == (view == "front") else "left"


def on_head(view: str, point: Point, margin: float = 0) -> bool:
    """Tell whether a point lies on the head, its neck and ears, or at most `margin` away from them."""
    shapes = [flat(one.curve) for one in strokes(view) if one.kind == "outline"]
    if view in SIDES:
        return any(inside(point, shape) for shape in shapes) or _near(point, shapes, margin)
    whole = _silhouette(view)
    return (
        inside(point, whole) or any(inside(point, shape) for shape in shapes) or _near(point, shapes, margin)
    )


def inside(point: Point, corners: Sequence[Point]) -> bool:
    """Tell whether a point lies inside a polygon (even-odd rule)."""
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in _edges(corners):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            within = not within
    return within


def flat(curve: Curve) -> list[Point]:
    """Return a curve as the corners of straight lines."""
    at, pieces = curve
    points = [at]
    for first, second, end in pieces:
        points += [_bezier(at, first, second, end, step / STEPS) for step in range(1, STEPS + 1)]
        at = end
    return points


def _silhouette(view: str) -> list[Point]:
    """Return the outline of a symmetric view as one polygon, its two halves joined at top and bottom."""
    halves = [flat(one.curve) for one in strokes(view) if one.kind == "outline"][:2]
    return [*halves[0], *reversed(halves[1])]


def _near(point: Point, shapes: Sequence[Sequence[Point]], margin: float) -> bool:
    return any(
        abs(x - point[0]) <= margin and abs(y - point[1]) <= margin for shape in shapes for x, y in shape
    )


def _edges(corners: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(corners, [*corners[1:], *corners[:1]], strict=True)


def _is_left_half(view: str, side: str) -> bool:
    """Tell whether a side of the patient lies to the left of the middle in a view from the front or back."""
    return (side == "right") == (view == "front")


def _place(point: Point, mirrored: bool, half: bool) -> Point:
    """Return where a point of a drawing lies in its room, or in the mirror; `half` where it is told from the middle."""
    x = MIDDLE + point[0] if half else point[0]
    return (WIDTH - x if mirrored else x, point[1])


def _moved(curve: Curve, mirrored: bool, half: bool) -> Curve:
    first, pieces = curve

    def place(point: Point) -> Point:
        return _place(point, mirrored, half)

    return place(first), tuple((place(one), place(two), place(end)) for one, two, end in pieces)


def _bezier(start: Point, first: Point, second: Point, end: Point, t: float) -> Point:
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    four = (start, first, second, end)
    return (
        sum(weight * point[0] for weight, point in zip(weights, four, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, four, strict=True)),
    )


def _rounded(corners: Sequence[Point], steps: int = 3) -> Iterator[Point]:
    """Yield a closed edge through all corners without sharp bends (Catmull-Rom), to a tenth of a unit."""
    count = len(corners)
    for at in range(count):
        before, here, after, beyond = (corners[(at + shift) % count] for shift in (-1, 0, 1, 2))
        first = (here[0] + (after[0] - before[0]) / 6, here[1] + (after[1] - before[1]) / 6)
        second = (after[0] - (beyond[0] - here[0]) / 6, after[1] - (beyond[1] - here[1]) / 6)
        for step in range(steps):
            x, y = _bezier(here, first, second, after, step / steps)
            yield round(x, 1), round(y, 1)
