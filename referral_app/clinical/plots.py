"""Plots of the reports as shapes in a room of units, for screen and paper alike; patterns tell bars apart, not color.

A plot is `WIDTH` units wide, x to the right and y down. Each bar has a line of words above it, so that a label of any
length fits; what does not fit a line is shortened there and stands whole in the table below the plot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 600.0
ROW, TALL, SIZE = 38.0, 15.0, 11.0
"""The height of a bar's place, of the bar, and the size of its words."""
_FROM = 19.0
"""How far below the top of its place a bar begins."""
_ROOM = 440.0
"""The longest bar; its figure stands behind it."""
_LETTERS = 92
SOLID, HATCH, OPEN = "solid", "hatch", "open"
BARS, FUNNEL, SPANS = "bars", "funnel", "spans"


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, its value, and the value in words; `low` and `high` are the ends of a span."""

    label: str
    value: float
    said: str
    low: float = 0.0
    high: float = 0.0
    pattern: str = SOLID

    @property
    def words(self) -> str:
        """What the bar says, as it is read out."""
        return f"{self.label}: {self.said}"


@dataclass(frozen=True)
class Plot:
    """Bars with a title: from the left edge (BARS), centered (FUNNEL), or from low to high with a mark (SPANS)."""

    title: str
    bars: tuple[Bar, ...]
    kind: str = BARS

    @property
    def height(self) -> float:
        """The height of the room in units."""
        return ROW * max(1, len(self.bars))

    @property
    def alternative(self) -> str:
        """The words that stand for the picture."""
        return f"{self.title}. " + "; ".join(bar.words for bar in self.bars) + "."


@dataclass(frozen=True)
class Box:
    """A rectangle filled with a pattern; every one has an outline."""

    x: float
    y: float
    width: float
    height: float
    pattern: str


@dataclass(frozen=True)
class Words:
    """Text that begins at x with its baseline at y."""

    x: float
    y: float
    text: str
    bold: bool = False


Shape = Box | Words


def shapes(plot: Plot) -> Iterator[Shape]:
    """Yield what a plot is drawn from, bar by bar."""
    most = max((max(bar.value, bar.high) for bar in plot.bars), default=0.0) or 1.0
    for number, bar in enumerate(plot.bars):
        top = ROW * number
        yield Words(0, top + 13, shortened(bar.label))
        yield from _DRAWN[plot.kind](bar, most, top + _FROM)


def place(number: int) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the place of a bar by its number."""
    return 0.0, ROW * number, WIDTH, ROW


def at(plot: Plot, y: float) -> int | None:
    """Return the number of the bar at a height, None where there is none."""
    number = int(y // ROW)
    return number if 0 <= number < len(plot.bars) else None


def shortened(label: str) -> str:
    """Return a label as it fits its line."""
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1].rstrip()}…"


def _bar(bar: Bar, most: float, top: float) -> Iterator[Shape]:
    wide = _ROOM * bar.value / most
    if wide > 0:
        yield Box(0, top, max(wide, 1.0), TALL, bar.pattern)
    yield Words(max(wide, 0) + 6, top + TALL - 4, bar.said, bold=True)


def _step(bar: Bar, most: float, top: float) -> Iterator[Shape]:
    wide = max(_ROOM * bar.value / most, 1.0)
    yield Box((_ROOM - wide) / 2, top, wide, TALL, bar.pattern)
    yield Words(_ROOM + 6, top + TALL - 4, bar.said, bold=True)


def _span(bar: Bar, most: float, top: float) -> Iterator[Shape]:
    """Yield the span from low to high, hatched, with a bold mark at the value."""
    low, high, middle = (_ROOM * value / most for value in (bar.low, bar.high, bar.value))
    yield Box(low, top + 2, max(high - low, 1.0), TALL - 4, bar.pattern)
    yield Box(max(middle - 1.5, 0), top - 1, 3, TALL + 2, SOLID)
    yield Words(max(high, middle) + 8, top + TALL - 4, bar.said, bold=True)


_DRAWN = {BARS: _bar, FUNNEL: _step, SPANS: _span}


def bars(title: str, rows: Sequence[tuple[str, float, str]], pattern: str = SOLID) -> Plot:
    """Return a plot of bars from label, value and value in words."""
    return Plot(title, tuple(Bar(label, value, said, pattern=pattern) for label, value, said in rows))
