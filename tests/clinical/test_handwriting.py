"""A signature as it is kept: inside its room, thinned, read back as it was, refused where it is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import SignatureKind
from referral_app.clinical import handwriting
from referral_app.clinical.handwriting import HEIGHT, WIDTH

POINTS = st.tuples(st.floats(-50, 400), st.floats(-50, 200))


@given(st.lists(st.lists(POINTS, min_size=2, max_size=20), min_size=1, max_size=10))
def test_a_drawn_signature_lies_in_its_room_and_reads_back_as_it_was(
    strokes: list[list[tuple[float, float]]],
) -> None:
    one = handwriting.drawn(strokes)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for stroke in one.strokes for x, y in stroke)
    back = handwriting.read(json.loads(json.dumps(handwriting.stored(one))))
    assert back == (None if handwriting.problem(one, SignatureKind.DRAWN) else one)


def test_a_typed_signature_stands_on_one_line() -> None:
    one = handwriting.typed(" Rosa\n  Ortiz,\tMD ")
    assert one.words == "Rosa Ortiz, MD"
    assert handwriting.read(handwriting.stored(one)) == one
    assert one.kind is SignatureKind.TYPED


@pytest.mark.parametrize(
    "value",
    [
        None, [], "x", {}, {"words": ""}, {"words": 3}, {"words": "x" * 81}, {"strokes": "ab"}, {"strokes": [[1, 2]]},
        {"strokes": [[["a", "b"]]]}, {"strokes": [[[1, 2, 3]]]}, {"strokes": 5}, {"strokes": [[[1, 2]]]},
        {"strokes": [[[1, 1], [2, 2]]] * 201}, {"strokes": [[[n / 10, 1] for n in range(3000)]] * 3},
    ],
)  # fmt: skip
def test_what_is_no_signature_reads_as_none(value: object) -> None:
    assert handwriting.read(value) is None


def test_an_endless_or_undefined_number_is_no_point() -> None:
    assert handwriting.read({"strokes": [[[float("nan"), 1], [1e999, 2]]]}) is None
