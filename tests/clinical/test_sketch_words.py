"""What a head sketch shows is said in words, and nothing more than that."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical import sketch, sketch_words


def said(*marks: Any) -> str:
    return sketch_words.words(sketch.made(marks))


def test_start_and_spread_are_named_by_place_and_side() -> None:
    up = sketch.spread("back", [(118, 140), (128, 110), (126, 60)], 3)
    round_the_side = sketch.spread("right", [(104, 60), (136, 70), (136, 100)], 2)
    assert said(sketch.start("back", (118, 138)), round_the_side, up) == (
        "Starts over the right greater occipital nerve. "
        "Spreads, severe: right back of the head (greater occipital nerve). "
        "Spreads, moderate: right side above the ear (auriculotemporal nerve); "
        "right temple (zygomaticotemporal nerve)."
    )


def test_both_sides_are_named_together() -> None:
    marks = [sketch.start_at("lesser_occipital", side) for side in ("right", "left")]
    marks += [mark for side in ("left", "right") for mark in sketch.spread_over("crown", side, 1)]
    assert said(*marks) == (
        "Starts over the right and left lesser occipital nerve. "
        "Spreads, mild: left and right side of the top of the head."
    )


def test_a_place_without_a_name_is_told_by_its_side() -> None:
    assert said(sketch.start("front", (100.5, 131))) == "Starts at the left side of the face."
    assert said(sketch.start("right", (94, 118))) == "Starts at the right side of the head."


def test_an_area_by_hand_is_named_by_what_it_holds() -> None:
    ring = [(60, 60), (85, 60), (86, 80), (60, 80)]
    assert said(sketch.spread("front", ring, 3)) == "Spreads, severe: right forehead (supraorbital nerve)."


@pytest.mark.parametrize("value", [None, "drawn", {"regions": ["back"]}, {"version": 9}, [], 5])
def test_what_cannot_be_drawn_has_no_words(value: Any) -> None:
    assert sketch_words.words(value) == ""


def test_nothing_is_classified() -> None:
    words = said(sketch.start_at("greater_occipital", "right"), *sketch.spread_over("jaw", "left", 3))
    assert not {"typical", "intermediate", "atypical"} & set(words.casefold().replace(".", " ").split())
