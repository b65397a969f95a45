"""What a measurement is, how it is taken, and how it is shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
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


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table in plain text."""
    lines = [f"{'what':<58} {'measured':>12}  {'held against':<44} {'':>12}  ratio   most"]
    for item in figures:
        word = "" if item.holds else "  MISSED"
        lines.append(
            f"{item.name:<58} {item.value:>9.2f} {item.unit:<2}  {item.peer_name:<44} {item.peer:>9.2f} {item.unit:<2}"
            f"  {item.ratio:>5.2f}  {item.most:>5.2f}{word}"
        )
    return "\n".join(lines)
