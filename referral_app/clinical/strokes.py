"""The strokes of a head sketch: simplified when they are drawn, told apart by width and pattern wherever they are seen.

Nothing rests on a color: a letter is printed in black and sent by fax. Sizes are in the units of `heads.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from referral_app.clinical.heads import Point

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLERANCE = 1.2
"""How far a simplified stroke may lie from what was drawn."""
_BENDS = 4
"""How many straight lines stand for a bend between two points of a stroke that is drawn again."""
_BACK, _LONG, _ROUND = 14.0, 50.0, 0.3
"""A stroke goes round an area where its ends are this near, it is this long, and it holds this share of a circle."""
_RING, _HALO, _CROSS, _CORNERS = 7.5, 4.5, 4.4, 24


@dataclass(frozen=True)
class Ink:
    """A line of one mark: its points, width and dashes; `closed` joins its ends, `ground` fills it with paper.

    A width of 0 is no line at all.
    """

    points: tuple[Point, ...]
    width: float
    dash: tuple[float, ...] = ()
    closed: bool = False
    ground: bool = False


@dataclass(frozen=True)
class _Pattern:
    """How an intensity looks: its line, its edge around an area, and the hatching inside."""

    width: float
    dash: tuple[float, ...]
    edge: float
    hatch: float
    apart: float
    slopes: tuple[int, ...]
    hatch_dash: tuple[float, ...] = ()


_PATTERNS = {
    1: _Pattern(2.8, (0.1, 6.0), 2.4, 2.0, 11.0, (1,), (0.1, 9.0)),
    2: _Pattern(3.6, (9.0, 8.0), 2.6, 1.5, 9.0, (1,)),
    3: _Pattern(6.5, (), 4.0, 1.8, 8.0, (1, -1)),
}


def inks(mark: Mapping[str, Any]) -> Iterator[Ink]:
    """Yield the lines that a mark of a readable sketch is drawn with, the lowest first."""
    if mark["kind"] == "start":
        yield from _start(point(mark["at"]))
        return
    look = _PATTERNS[int(mark["intensity"])]
    points = tuple(point(one) for one in mark["points"])
    if mark["kind"] == "line":
        yield Ink(tuple(_bent(points)), look.width, look.dash)
        return
    for slope in look.slopes:
        for one, two in _hatching(points, look.apart, slope):
            yield Ink((one, two), look.hatch, look.hatch_dash)
    yield Ink(points, look.edge, look.dash, closed=True)


def point(stored: Sequence[float]) -> Point:
    """Return a point as it is stored in a mark."""
    return float(stored[0]), float(stored[1])


def _bent(points: Sequence[Point]) -> Iterator[Point]:
    """Yield a stroke through its points without the corners that simplifying gave it (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    for before, here, after, beyond in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(_BENDS):
            x, y = (_between(*four, step / _BENDS) for four in zip(before, here, after, beyond, strict=True))
            yield x, y
    yield points[-1]


def _between(before: float, here: float, after: float, beyond: float, t: float) -> float:
    return here + t / 2 * (
        after
        - before
        + t * (2 * before - 5 * here + 4 * after - beyond + t * (3 * (here - after) + beyond - before))
    )


def _start(at: Point) -> Iterator[Ink]:
    """Yield a cross in a ring with paper around it, so that it is seen on any hatching."""
    x, y = at
    yield Ink(_circle(at, _RING + _HALO), 0, closed=True, ground=True)
    yield Ink(_circle(at, _RING), 2.4, closed=True)
    for way in (-1, 1):
        yield Ink(((x - _CROSS, y - _CROSS * way), (x + _CROSS, y + _CROSS * way)), 2.6)


def _circle(middle: Point, radius: float) -> tuple[Point, ...]:
    turns = (2 * math.pi * corner / _CORNERS for corner in range(_CORNERS))
    return tuple((middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in turns)


def _hatching(corners: Sequence[Point], apart: float, slope: int) -> Iterator[tuple[Point, Point]]:
    """Yield the pieces of slanting lines that lie inside a polygon (even-odd rule)."""
    offsets = [y - slope * x for x, y in corners]
    step = apart * math.sqrt(2)
    offset = math.ceil(min(offsets) / step) * step
    while offset < max(offsets):
        crossings = sorted(_crossings(corners, offset, slope))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            yield (left, slope * left + offset), (right, slope * right + offset)
        offset += step


def _crossings(corners: Sequence[Point], offset: float, slope: int) -> Iterator[float]:
    """Yield where the edges of a polygon meet the line y = slope x + offset."""
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        one, two = y1 - slope * x1 - offset, y2 - slope * x2 - offset
        if (one > 0) != (two > 0):
            yield x1 + (x2 - x1) * one / (one - two)


def is_loop(points: Sequence[Point]) -> bool:
    """Tell whether a stroke goes round an area: it comes back to its beginning and is no line there and back."""
    if len(points) < 4 or math.dist(points[0], points[-1]) > _BACK:
        return False
    long = length([*points, points[0]])
    held = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))) / 2
    return long >= _LONG and held >= _ROUND * long * long / (4 * math.pi)


def length(points: Sequence[Point]) -> float:
    """Return how long a stroke is."""
    return sum(math.dist(one, two) for one, two in pairwise(points))


def simple(points: Sequence[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Return a stroke with as few of its points as keep it in place (Douglas and Peucker 1973), both ends kept."""
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = max(
            ((_distance(points[at], points[first], points[last]), at) for at in range(first + 1, last)),
            default=(0.0, 0),
        )
        if far > tolerance:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [points[at] for at in sorted(kept)]


def _distance(point: Point, one: Point, two: Point) -> float:
    """Return how far a point lies from the line between two others."""
    long = math.dist(one, two)
    if not long:
        return math.dist(point, one)
    along = ((point[0] - one[0]) * (two[0] - one[0]) + (point[1] - one[1]) * (two[1] - one[1])) / long**2
    along = min(max(along, 0.0), 1.0)
    return math.dist(point, (one[0] + along * (two[0] - one[0]), one[1] + along * (two[1] - one[1])))


def spaced(points: Sequence[Point], apart: float) -> Iterator[Point]:
    """Yield points along a stroke at most so far apart, both ends included."""
    yield points[0]
    for one, two in pairwise(points):
        steps = max(1, math.ceil(math.dist(one, two) / apart))
        for step in range(1, steps + 1):
            yield (
                one[0] + (two[0] - one[0]) * step / steps,
                one[1] + (two[1] - one[1]) * step / steps,
            )
