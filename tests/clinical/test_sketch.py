"""A head sketch is read or refused in a sentence, and its marks are put on and taken off."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from referral_app.clinical import answers, heads, sketch
from referral_app.clinical.intake import find
from referral_app.clinical.schema import json_schema
from tests.clinical.strategies import JSON

FIELD = find("pain.sketch")
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(
    {**SCHEMA["properties"]["pain"]["properties"]["sketch"], "$defs": SCHEMA["$defs"]}
)
START: dict[str, Any] = {"kind": "start", "view": "back", "at": [117, 138]}
LINE: dict[str, Any] = {"kind": "line", "view": "back", "points": [[1, 2], [200, 240]], "intensity": 3}
AREA: dict[str, Any] = {"kind": "area", "view": "front", "points": [[1, 2], [3, 4.5], [5, 2]], "intensity": 1}
OUTSIDE = "Mark 1 of this head sketch cannot be read: a point of it lies outside the drawing. Draw it again."
MISSING = "Mark 1 of this head sketch cannot be read: something is missing in it or too much. Draw it again."
PLACE = "Mark 1 of this head sketch cannot be read: it names a place that is not on the list. Draw it again."
INTENSITY = "Mark 1 of this head sketch cannot be read: its intensity is not 1, 2 or 3. Draw it again."


def drawn(*marks: Any) -> dict[str, Any]:
    return {"version": 1, "marks": list(marks)}


@pytest.mark.parametrize("value", [
    drawn(START), drawn(LINE), drawn(AREA), drawn(START, LINE, AREA),
    drawn(START | {"region": "greater_occipital", "side": "right"}),
    drawn(*[START] * sketch.MOST_MARKS),
    drawn(LINE | {"points": [[1, 1]] * sketch.MOST_POINTS}),
    {"regions": ["back"]}, {"strokes": [{"points": [[0, 1]]}]},
])  # fmt: skip
def test_takes_what_can_be_drawn_and_keeps_what_older_files_held(value: Any) -> None:
    assert answers.problem(FIELD, value) == ""
    assert VALIDATOR.is_valid(value)


@pytest.mark.parametrize(("value", "sentence"), [
    ("drawn", sketch.UNREADABLE), ([], sketch.UNREADABLE), (5, sketch.UNREADABLE), (None, sketch.UNREADABLE),
    ({"unavailable": "lost", "marks": []}, sketch.UNREADABLE),
    ({"version": 2, "marks": [START]}, sketch.NEWER), ({"version": True, "marks": [START]}, sketch.NEWER),
    ({"version": "1", "marks": [START]}, sketch.NEWER),
    (drawn(), sketch.EMPTY), ({"version": 1}, sketch.EMPTY), ({"version": 1, "marks": "x"}, sketch.UNREADABLE),
    ({"version": 1, "marks": [START], "by": "me"}, sketch.UNREADABLE),
    (drawn(*[START] * (sketch.MOST_MARKS + 1)), sketch.TOO_MANY_MARKS),
    (drawn(*[LINE | {"points": [[1, 1]] * 400}] * 6), sketch.TOO_MANY_POINTS),
    (drawn(LINE | {"points": [[1, 1]] * 20_000}), sketch.TOO_MANY_POINTS),
    (drawn(LINE | {"points": [[[[[[[[[[1]]]]]]]]]]}), sketch.UNREADABLE),
    (drawn(START | {"at": [float("nan"), 1]}),
     "Mark 1 of this head sketch cannot be read: its point lies outside the drawing. Draw it again."),
    (drawn(START, START | {"at": [1, float("inf")]}),
     "Mark 2 of this head sketch cannot be read: its point lies outside the drawing. Draw it again."),
    (drawn(LINE | {"points": [[1, 1], [200.1, 1]]}), OUTSIDE), (drawn(LINE | {"points": [[1, 1], [1, -1]]}), OUTSIDE),
    (drawn(LINE | {"points": [[1, 1], [10**400, 1]]}), OUTSIDE),
    (drawn(LINE | {"points": [[1, 1], [True, 1]]}), OUTSIDE),
    (drawn(LINE | {"points": [[1, 1], [1, 1, 1]]}), OUTSIDE), (drawn(LINE | {"points": [[1, 1], "12"]}), OUTSIDE),
    (drawn(LINE | {"points": [[1, 1]]}),
     "Mark 1 of this head sketch cannot be read: it does not have 2 to 400 points. Draw it again."),
    (drawn(AREA | {"points": [[1, 1], [2, 2]]}),
     "Mark 1 of this head sketch cannot be read: it does not have 3 to 400 points. Draw it again."),
    (drawn(LINE | {"points": "many"}),
     "Mark 1 of this head sketch cannot be read: it does not have 2 to 400 points. Draw it again."),
    (drawn(LINE | {"intensity": 4}), INTENSITY), (drawn(LINE | {"intensity": True}), INTENSITY),
    (drawn(LINE | {"intensity": "3"}), INTENSITY), (drawn(LINE | {"intensity": [3]}), INTENSITY),
    (drawn({"kind": "start", "view": "back"}), MISSING), (drawn(START | {"points": []}), MISSING),
    (drawn(START | {"view": "top"}),
     "Mark 1 of this head sketch cannot be read: it lies on none of the four heads. Draw it again."),
    (drawn(START | {"view": ["back"]}),
     "Mark 1 of this head sketch cannot be read: it lies on none of the four heads. Draw it again."),
    (drawn(START | {"kind": ["start"]}),
     "Mark 1 of this head sketch cannot be read: it is neither a start nor a line nor an area. Draw it again."),
    (drawn("start"),
     "Mark 1 of this head sketch cannot be read: it is neither a start nor a line nor an area. Draw it again."),
    (drawn(START | {"region": "nose", "side": "right"}), PLACE), (drawn(START | {"region": "neck"}), PLACE),
    (drawn(START | {"region": "neck", "side": "middle"}), PLACE), (drawn(START | {"side": "left"}), PLACE),
])  # fmt: skip
def test_refuses_what_cannot_be_drawn_in_a_sentence(value: Any, sentence: str) -> None:
    assert answers.problem(FIELD, value) == sentence
    assert not VALIDATOR.is_valid(value) or sentence == sketch.TOO_MANY_POINTS or "nan" in repr(value)
    assert sketch.marks(value) == ()


def test_twenty_million_points_are_refused_at_once() -> None:
    began = time.perf_counter()
    assert answers.problem(FIELD, drawn(LINE | {"points": [[1, 1]] * 5_000_000})) == sketch.UNREADABLE
    assert time.perf_counter() - began < 1


@given(JSON)
def test_any_json_is_judged_and_drawn_or_not_without_a_crash(value: Any) -> None:
    for whole in (value, {"version": 1, "marks": value}, drawn(value), drawn(LINE | {"points": value})):
        assert isinstance(answers.problem(FIELD, whole), str)
        assert isinstance(sketch.marks(whole), tuple)


def test_a_mark_by_hand_is_simplified_and_fits() -> None:
    straight = [(10 + step / 10, 20 + step / 20) for step in range(1000)]
    mark = sketch.spread("right", straight, 2)
    assert mark["kind"] == "line"
    assert mark["points"] == [[10, 20], [109.9, 70]]
    assert sketch.problem(sketch.made((mark,))) == ""


def test_points_beyond_the_room_are_drawn_at_its_edge() -> None:
    assert sketch.start("front", (-5, 500))["at"] == [0, 240]


def test_going_round_a_place_makes_an_area() -> None:
    ring = [(50, 50), (90, 50), (95, 90), (50, 92), (48, 54)]
    assert sketch.spread("back", ring, 3)["kind"] == "area"
    assert sketch.problem(drawn(sketch.spread("back", ring, 3))) == ""
    there_and_back = [(50, 50), (120, 52), (50, 53)]
    assert sketch.spread("back", there_and_back, 3)["kind"] == "line"


@pytest.mark.parametrize("region", heads.REGIONS)
@pytest.mark.parametrize("side", heads.SIDES)
def test_each_named_region_can_be_chosen_on_both_sides(region: str, side: str) -> None:
    marks = (sketch.start_at(region, side), *sketch.spread_over(region, side, 2))
    assert len(marks) > 1
    assert sketch.problem(sketch.made(marks)) == ""
    assert sketch.without(marks, region, side, starts=True, spreads=False) == marks[1:]
    assert sketch.without(marks, region, side, starts=False, spreads=True) == marks[:1]
    other = "left" if side == "right" else "right"
    assert sketch.without(marks, region, other, starts=True, spreads=True) == marks


def test_the_fullest_sketch_of_named_regions_still_fits() -> None:
    marks = tuple(
        mark
        for region in heads.REGIONS
        for side in heads.SIDES
        for mark in (sketch.start_at(region, side), *sketch.spread_over(region, side, 3))
    )
    assert sketch.fits(marks)
    assert sketch.problem(sketch.made(marks)) == ""


def test_no_marks_are_no_sketch() -> None:
    assert sketch.made(()) is None
    assert sketch.marks({"regions": ["back"]}) == ()
