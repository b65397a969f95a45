"""What a head sketch shows, in words: for screen readers, the answers read back, and the letter.

Words name where marks lie and what was chosen by name. They classify nothing: that is for a clinician.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from referral_app.clinical import heads, sketch, strokes, texts
from referral_app.clinical.heads import Point
from referral_app.clinical.sketch import INTENSITIES, Mark

UNDRAWN = "A sketch is stored with this referral; it cannot be drawn here."
_APART, _MOST, _SHARE = 4.0, 40, 0.15
"""A stroke is asked where it lies every so many units, at so many points at most; it names what holds this share."""
_ELSEWHERE = {"front": "{side} side of the face", "back": "{side} side of the back of the head",
              "right": "{side} side of the head", "left": "{side} side of the head"}  # fmt: skip

Place = tuple[str, str]
"""A region, or a view where no region lies, and the patient's side."""


def words(value: Any) -> str:
    """Return a sketch in sentences, "" where there is none that can be drawn."""
    some = sketch.marks(value)
    said = [_starts([mark for mark in some if mark["kind"] == sketch.START])]
    named: set[Place] = set()
    for intensity in sorted(INTENSITIES, reverse=True):
        spreads = [mark for mark in some if mark.get("intensity") == intensity]
        places = [place for mark in spreads for place in _spread(mark) if place not in named]
        named.update(places)
        said.append(_spreads(places, intensity))
    return " ".join(sentence for sentence in said if sentence)


def _starts(starts: list[Mark]) -> str:
    said = _phrases(
        [_place(mark) or _at(mark["view"], strokes.point(mark["at"])) for mark in starts], starts=True
    )
    return f"Starts {texts.listed(said)}." if said else ""


def _spreads(places: list[Place], intensity: int) -> str:
    said = _phrases(places, starts=False)
    return f"Spreads, {INTENSITIES[intensity]}: {'; '.join(said)}." if said else ""


def _phrases(places: Iterable[Place], starts: bool) -> list[str]:
    """Return each place once, with both of its sides where both are meant."""
    sides: dict[str, list[str]] = {}
    for name, side in places:
        known = sides.setdefault(name, [])
        if side not in known:
            known.append(side)
    return [_phrase(name, " and ".join(known), starts) for name, known in sides.items()]


def _phrase(name: str, side: str, starts: bool) -> str:
    region = heads.REGIONS.get(name)
    if region is None:
        return ("at the " if starts else "") + _ELSEWHERE[name].format(side=side)
    return (region.at if starts else region.over).format(side=side)


def _place(mark: Mark) -> Place | None:
    return (mark["region"], mark["side"]) if "region" in mark else None


def _at(view: str, point: Point) -> Place:
    return heads.region_at(view, point) or (view, heads.side_of(view, point))


def _spread(mark: Mark) -> list[Place]:
    """Return the places that a line or area lies on, as the hand came to them."""
    if place := _place(mark):
        return [place]
    points = [strokes.point(one) for one in mark["points"]]
    asked = list(strokes.spaced(points, _APART))
    passed = [_at(mark["view"], point) for point in asked[:: len(asked) // _MOST + 1]]
    if mark["kind"] == sketch.AREA:
        passed += [_at(mark["view"], _middle(points))] * len(passed)
    return _most(passed)


def _most(passed: list[Place]) -> list[Place]:
    counts = Counter(passed)
    named = [place for place in counts if counts[place] >= _SHARE * len(passed)]
    regions = [place for place in named if place[0] in heads.REGIONS]
    return regions or named


def _middle(points: list[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
