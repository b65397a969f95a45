"""The heads are whole, mirrored rightly, and their regions lie where they are seen."""

from __future__ import annotations

import pytest

from referral_app.clinical import heads


@pytest.mark.parametrize("view", heads.VIEWS)
def test_every_line_lies_in_the_room_of_its_view(view: str) -> None:
    for stroke in heads.strokes(view):
        for x, y in heads.flat(stroke.curve):
            assert 0 <= x <= heads.WIDTH
            assert 0 <= y <= heads.HEIGHT


def test_the_left_side_is_the_right_side_in_a_mirror() -> None:
    for right, left in zip(heads.strokes("right"), heads.strokes("left"), strict=True):
        assert [(heads.WIDTH - x, y) for x, y in heads.flat(right.curve)] == heads.flat(left.curve)


@pytest.mark.parametrize("name", heads.REGIONS)
@pytest.mark.parametrize("side", heads.SIDES)
def test_a_region_lies_on_the_head_on_its_own_side(name: str, side: str) -> None:
    view, at = heads.start(name, side)
    assert heads.region_at(view, at) == (name, side)
    assert heads.side_of(view, at) == side
    for seen in heads.VIEWS:
        for x, y in heads.area(name, side, seen):
            assert heads.on_head(seen, (x, y), margin=6), (name, seen, x, y)
            assert heads.side_of(seen, (x, y)) == side


@pytest.mark.parametrize("view", heads.VIEWS)
def test_regions_overlap_hardly(view: str) -> None:
    grid = [(x, y) for x in range(0, 200, 4) for y in range(0, 240, 4)]
    edges = [heads.area(name, side, view) for name in heads.REGIONS for side in heads.SIDES]
    twice = [point for point in grid if sum(heads.inside(point, edge) for edge in edges if edge) > 1]
    assert len(twice) <= 12, twice


def test_the_right_of_the_patient_is_left_on_the_front_and_right_on_the_back() -> None:
    assert heads.side_of("front", (60, 100)) == "right"
    assert heads.side_of("back", (140, 100)) == "right"
    assert heads.letters("front")[0] == ("R", (14, 150))
    assert heads.letters("back")[1] == ("R", (186, 150))
    assert heads.letters("right") == ()


@pytest.mark.parametrize(
    ("view", "point", "on"),
    [
        ("front", (100, 100), True),
        ("front", (100, 215), False),
        ("front", (174, 110), True),
        ("front", (5, 5), False),
        ("back", (100, 200), True),
        ("right", (100, 80), True),
        ("right", (195, 20), False),
        ("left", (100, 80), True),
    ],
)
def test_tells_the_head_from_the_paper_around_it(view: str, point: heads.Point, on: bool) -> None:
    assert heads.on_head(view, point) is on
