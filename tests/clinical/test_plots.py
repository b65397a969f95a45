"""Plots stay in their room, tell bars apart by pattern, and have words for every bar."""

from __future__ import annotations

import pytest

from referral_app.clinical import plots
from referral_app.clinical.plots import BARS, FUNNEL, SPANS, Bar, Box, Plot, Words


def _plot(kind: str, *values: float) -> Plot:
    return Plot("Days", tuple(Bar(f"Step {n}", n, f"{n:g} days", n / 2, n * 1.5) for n in values), kind)


@pytest.mark.parametrize("kind", [BARS, FUNNEL, SPANS])
@pytest.mark.parametrize("values", [(), (0.0,), (1.0, 1_000_000.0), (3.0, 0.0, 7.0)])
def test_every_shape_lies_in_the_room(kind: str, values: tuple[float, ...]) -> None:
    plot = _plot(kind, *values)
    for shape in plots.shapes(plot):
        assert 0 <= shape.x <= plots.WIDTH
        assert 0 <= shape.y <= plot.height
        if isinstance(shape, Box):
            assert shape.x + shape.width <= plots.WIDTH
            assert shape.y + shape.height <= plot.height
            assert shape.width > 0


def test_the_alternative_says_every_bar() -> None:
    assert _plot(BARS, 1, 2).alternative == "Days. Step 1: 1 days; Step 2: 2 days."


def test_a_long_label_is_shortened_in_the_picture_alone() -> None:
    plot = plots.bars("Reasons", [("x" * 200, 1, "1")])
    drawn = [shape.text for shape in plots.shapes(plot) if isinstance(shape, Words)]
    assert len(drawn[0]) < 100
    assert drawn[0].endswith("…")
    assert "x" * 200 in plot.alternative


def test_a_bar_is_found_at_its_height() -> None:
    plot = _plot(BARS, 1, 2)
    assert [plots.at(plot, y) for y in (-1, 0, plots.ROW, 2 * plots.ROW)] == [None, 0, 1, None]
