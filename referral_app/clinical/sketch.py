"""The head sketch: what a drawing consists of, whether one can be read, and how marks are put on it and taken off.

A sketch is `{"version": 1, "marks": [...]}`. A mark is a start (`kind`, `view`, `at`), the one finger that shows where
pain begins, or a spread: a `line` or an `area` (`kind`, `view`, `points`, `intensity`), its points in the room of
`heads.py`. A mark that was chosen by name also keeps its `region` and `side`. Intensity has three steps, 1 mild to 3
severe: each is drawn in a line of its own, and more than three lines cannot be told apart after a fax.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from referral_app.clinical import heads, strokes
from referral_app.clinical.fields import as_dict, as_list
from referral_app.clinical.heads import Point

VERSION = 1
START, LINE, AREA = "start", "line", "area"
INTENSITIES = {1: "mild", 2: "moderate", 3: "severe"}
MOST_MARKS, MOST_POINTS, MOST_IN_ALL = 100, 400, 2000
"""How many marks a sketch has at most, how many points one mark, and how many all of them."""

UNREADABLE = "This head sketch cannot be read; draw it again."
NEWER = "This head sketch was made by another version and cannot be drawn here; draw it again or send it on paper."
EMPTY = "This head sketch has no marks; draw it again."
TOO_MANY_MARKS = f"This head sketch has more than {MOST_MARKS} marks; draw it again with fewer."
TOO_MANY_POINTS = f"This head sketch has more than {MOST_IN_ALL:,} points; draw it again with fewer."

_SKETCH_KEYS = {"version", "marks"}
_PLACE_KEYS = {"region", "side"}
_KEYS = {START: {"kind", "view", "at"}, LINE: {"kind", "view", "points", "intensity"}}
_KEYS[AREA] = _KEYS[LINE]

Mark = Mapping[str, Any]


def problem(value: Any) -> str:
    """Return what is wrong with a sketch of this version, "" where nothing is; takes any JSON value, never raises.

    An object without a version, as files held them before sketches could be drawn, is kept as it is: nothing is wrong
    with it, but it cannot be drawn.
    """
    if not isinstance(value, dict) or "unavailable" in value:
        return UNREADABLE
    whole = cast("dict[str, Any]", value)
    if "version" not in whole:
        return ""
    if isinstance(whole["version"], bool) or whole["version"] != VERSION:
        return NEWER
    if set(whole) - _SKETCH_KEYS or not isinstance(whole.get("marks", []), list):
        return UNREADABLE
    return _marks_problem(as_list(whole.get("marks")))


def _marks_problem(marks: list[Any]) -> str:
    if not marks:
        return EMPTY
    if len(marks) > MOST_MARKS:
        return TOO_MANY_MARKS
    if sum(len(as_list(as_dict(mark).get("points"))) for mark in marks) > MOST_IN_ALL:
        return TOO_MANY_POINTS
    for number, mark in enumerate(marks, start=1):
        if why := _mark_problem(mark):
            return f"Mark {number} of this head sketch cannot be read: {why}. Draw it again."
    return ""


def _mark_problem(value: Any) -> str:
    mark = as_dict(value)
    kind = mark.get("kind")
    if not isinstance(kind, str) or kind not in _KEYS:
        return "it is neither a start nor a line nor an area"
    if not _KEYS[kind] <= set(mark) or set(mark) - _KEYS[kind] - _PLACE_KEYS:
        return "something is missing in it or too much"
    if not _known(mark["view"], heads.VIEWS):
        return "it lies on none of the four heads"
    return _place_problem(mark) or (_start_problem(mark) if kind == START else _spread_problem(mark))


def _place_problem(mark: Mark) -> str:
    if not _PLACE_KEYS & set(mark):
        return ""
    named = _known(mark.get("region"), heads.REGIONS) and _known(mark.get("side"), heads.SIDES)
    return "" if named else "it names a place that is not on the list"


def _start_problem(mark: Mark) -> str:
    return "" if _is_point(mark["at"]) else "its point lies outside the drawing"


def _spread_problem(mark: Mark) -> str:
    intensity = mark["intensity"]
    if isinstance(intensity, bool) or not isinstance(intensity, int | float) or intensity not in INTENSITIES:
        return "its intensity is not 1, 2 or 3"
    points = as_list(mark["points"])
    least = 2 if mark["kind"] == LINE else 3
    if not least <= len(points) <= MOST_POINTS:
        return f"it does not have {least} to {MOST_POINTS} points"
    return "" if all(map(_is_point, points)) else "a point of it lies outside the drawing"


def _known(value: Any, listed: Any) -> bool:
    return isinstance(value, str) and value in listed


def _is_point(value: Any) -> bool:
    two = as_list(value)
    return len(two) == 2 and _within(two[0], heads.WIDTH) and _within(two[1], heads.HEIGHT)


def _within(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def marks(value: Any) -> tuple[Mark, ...]:
    """Return the marks of a sketch that can be drawn; none of anything else."""
    if not isinstance(value, dict) or "version" not in value or problem(value):
        return ()
    return tuple(cast("list[Mark]", cast("dict[str, Any]", value)["marks"]))


def made(some: tuple[Mark, ...]) -> dict[str, Any] | None:
    """Return the sketch that consists of some marks, None where there are none."""
    return {"version": VERSION, "marks": [dict(mark) for mark in some]} if some else None


def start(view: str, point: Point) -> Mark:
    """Return the mark of a finger on a head."""
    return {"kind": START, "view": view, "at": _stored(point)}


def spread(view: str, points: Sequence[Point], intensity: int) -> Mark:
    """Return the mark of a stroke: an area where it goes round one and comes back, else a line, in few points."""
    if strokes.is_loop(points):
        kind, least = AREA, strokes.simple([*points, points[0]])[:-1]
    else:
        kind, least = LINE, strokes.simple(points)
        least = least if len(least) > 1 else [least[0], least[0]]  # a tap is a dot
    return {
        "kind": kind,
        "view": view,
        "points": [_stored(point) for point in least[:MOST_POINTS]],
        "intensity": intensity,
    }


def start_at(region: str, side: str) -> Mark:
    """Return the mark of a start in a region that was chosen by name; raises KeyError for an unknown one."""
    view, point = heads.start(region, side)
    return {**start(view, point), "region": region, "side": side}


def spread_over(region: str, side: str, intensity: int) -> tuple[Mark, ...]:
    """Return the marks of a spread over a region chosen by name, one for each view that shows it."""
    return tuple(
        {"kind": AREA, "view": view, "points": [_stored(point) for point in edge], "intensity": intensity,
         "region": region, "side": side}
        for view in heads.VIEWS if (edge := heads.area(region, side, view))
    )  # fmt: skip


def without(some: tuple[Mark, ...], region: str, side: str, starts: bool, spreads: bool) -> tuple[Mark, ...]:
    """Return the marks without those of a region chosen by name: its starts, its spreads, or both."""

    def stays(mark: Mark) -> bool:
        here = mark.get("region") == region and mark.get("side") == side
        return not (here and (starts if mark["kind"] == START else spreads))

    return tuple(mark for mark in some if stays(mark))


def fits(some: tuple[Mark, ...]) -> bool:
    """Tell whether a sketch may hold these marks."""
    return len(some) <= MOST_MARKS and sum(len(as_list(mark.get("points"))) for mark in some) <= MOST_IN_ALL


def _stored(point: Point) -> list[float]:
    """Return a point as it is stored: inside the room, to a tenth of a unit."""
    return [
        round(min(max(part, 0.0), most), 1)
        for part, most in zip(point, (heads.WIDTH, heads.HEIGHT), strict=True)
    ]
