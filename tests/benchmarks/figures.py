"""What a measurement is, how it is taken, and how it is shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value beside its peer or limit; `most` is the largest ratio that is allowed."""

    name: str
    value: float
    unit: str
    peer_name: str
    peer: float
    most: float = 1.0

    @property
    def ratio(self) -> float:
        """The value as a multiple of its peer."""
        return self.value / self.peer

    @property
    def holds(self) -> bool:
        """Whether the ratio is within what is allowed."""
        return self.ratio <= self.most


@dataclass(frozen=True)
class Count:
    """How often something was tried and what went wrong: nothing may, unless `must_find` wants faults seen."""

    name: str
    tried: int
    least: int
    faults: Mapping[str, int]
    must_find: bool = False

    @property
    def holds(self) -> bool:
        """Whether it was tried often enough and went as it must."""
        return self.tried >= self.least and any(self.faults.values()) == self.must_find

    @property
    def words(self) -> str:
        """The faults by kind, in words."""
        return ", ".join(f"{count} {kind}" for kind, count in self.faults.items())


def seconds(act: Callable[[], object]) -> float:
    """Return how long an act took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def medians(acts: dict[str, Callable[[], object]], turns: int, warm_up: int = 2) -> dict[str, float]:
    """Return the median milliseconds of each act, taken in turn so that noise meets all alike."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(turns + warm_up):
        for name, act in acts.items():
            took = seconds(act)
            if turn >= warm_up:
                taken[name].append(took)
    return {name: statistics.median(values) * 1000 for name, values in taken.items()}


def table(figures: Iterable[Figure | Count]) -> str:
    """Return the figures as a table in plain text."""
    lines = [f"{'what':<58} {'measured':>12}  {'held against':<44} {'':>12}  ratio   most"]
    for item in figures:
        word = "" if item.holds else "  MISSED"
        if isinstance(item, Count):
            asked = f"at least {item.least}, {'faults found' if item.must_find else 'no fault'}"
            lines.append(f"{item.name:<58} {item.tried:>9} x   {item.words}; asked: {asked}{word}")
            continue
        lines.append(
            f"{item.name:<58} {item.value:>9.2f} {item.unit:<2}  {item.peer_name:<44} {item.peer:>9.2f} {item.unit:<2}"
            f"  {item.ratio:>5.2f}  {item.most:>5.2f}{word}"
        )
    return "\n".join(lines)
