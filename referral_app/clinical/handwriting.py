"""A signature as it was drawn or typed: lines in a room of 320 by 90 units, or a name; y goes down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from referral_app.choices import SignatureKind

WIDTH, HEIGHT = 320.0, 90.0
MOST_STROKES, MOST_POINTS, LONGEST_NAME = 200, 6000, 80

EMPTY = "Draw your signature first, or type it."
TOO_LONG = "This signature has too many lines. Clear it and draw it more simply."
NO_NAME = "Type your name as you sign it."
LONG_NAME = f"A typed signature has at most {LONGEST_NAME} characters."

Point = tuple[float, float]
Stroke = tuple[Point, ...]


@dataclass(frozen=True)
class Handwriting:
    """Strokes of a pen, each a line through its points, or the words of a typed signature."""

    strokes: tuple[Stroke, ...] = ()
    words: str = ""

    @property
    def kind(self) -> SignatureKind:
        """Whether it was drawn or typed."""
        return SignatureKind.TYPED if self.words else SignatureKind.DRAWN


def drawn(strokes: Iterable[Sequence[Point]]) -> Handwriting:
    """Return a drawn signature with its points inside the room, to a tenth of a unit, none twice in a row."""
    return Handwriting(strokes=tuple(_thinned(stroke) for stroke in strokes if stroke))


def typed(words: str) -> Handwriting:
    """Return a typed signature on one line."""
    return Handwriting(words=" ".join(words.split()))


def problem(one: Handwriting, kind: SignatureKind) -> str:
    """Return why this is no signature of a kind, "" where it is."""
    if kind is SignatureKind.TYPED:
        return NO_NAME if not one.words else LONG_NAME if len(one.words) > LONGEST_NAME else ""
    if sum(len(stroke) for stroke in one.strokes) < 2:
        return EMPTY
    points = sum(len(stroke) for stroke in one.strokes)
    return TOO_LONG if len(one.strokes) > MOST_STROKES or points > MOST_POINTS else ""


def stored(one: Handwriting) -> dict[str, Any]:
    """Return a signature as JSON keeps it."""
    return (
        {"words": one.words}
        if one.words
        else {"strokes": [[list(point) for point in s] for s in one.strokes]}
    )


def read(value: Any) -> Handwriting | None:
    """Return the signature that JSON holds, None where it holds none."""
    if not _is_mapping(value):
        return None
    words = value.get("words")
    if isinstance(words, str) and words:
        found = typed(words)
    else:
        try:
            found = drawn([[_point(x, y) for x, y in stroke] for stroke in value.get("strokes") or ()])
        except (TypeError, ValueError, OverflowError):
            return None
    return None if problem(found, found.kind) else found


def _is_mapping(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _point(x: Any, y: Any) -> Point:
    point = float(x), float(y)
    if not all(map(math.isfinite, point)):
        raise ValueError
    return point


def _thinned(stroke: Sequence[Point]) -> Stroke:
    kept = list[Point]()
    for x, y in stroke:
        point = round(min(max(x, 0.0), WIDTH), 1), round(min(max(y, 0.0), HEIGHT), 1)
        if not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)
