"""Strokes are simplified without moving, and each intensity has a line of its own."""

from __future__ import annotations

import math

import pytest

from referral_app.clinical import heads, sketch, strokes


def test_a_wavy_stroke_keeps_its_shape_in_few_points() -> None:
    drawn = [(step / 4, 60 + 20 * math.sin(step / 40)) for step in range(700)]
    kept = strokes.simple(drawn)
    assert kept[0] == drawn[0]
    assert kept[-1] == drawn[-1]
    assert len(kept) < 30
    near = list(strokes.spaced(kept, 0.5))
    assert max(min(math.dist(point, other) for other in near) for point in drawn[::25]) < 1.2


@pytest.mark.parametrize("points", [[(1.0, 1.0)], [(1.0, 1.0), (1.0, 1.0)], [(1.0, 1.0)] * 5000])
def test_a_stroke_that_goes_nowhere_is_simplified_too(points: list[heads.Point]) -> None:
    assert 1 <= len(strokes.simple(points)) <= 2


def test_intensities_differ_in_width_and_pattern() -> None:
    lines = [next(strokes.inks(sketch.spread("back", [(50, 50), (90, 90)], step))) for step in (1, 2, 3)]
    assert len({ink.dash for ink in lines}) == 3
    assert lines[0].width < lines[1].width < lines[2].width
    areas = [list(strokes.inks(sketch.spread_over("neck", "right", step)[0])) for step in (1, 2, 3)]
    assert len(areas[2]) > len(areas[1]) > 3
    assert len({ink.dash for ink in (area[0] for area in areas)}) == 2


def test_hatching_stays_inside_its_area() -> None:
    mark = sketch.spread_over("zygomaticotemporal", "left", 3)[0]
    edge = [tuple(point) for point in mark["points"]]
    for ink in strokes.inks(mark):
        if not ink.closed:
            (x1, y1), (x2, y2) = ink.points
            assert heads.inside(((x1 + x2) / 2, (y1 + y2) / 2), edge)


def test_a_start_is_a_cross_in_a_ring_on_paper() -> None:
    paper, ring, *cross = strokes.inks(sketch.start("back", (100, 100)))
    assert paper.ground
    assert paper.width == 0
    assert ring.closed
    assert max(x for x, _ in paper.points) > max(x for x, _ in ring.points) + 3
    assert len(cross) == 2
