"""Picking a page out of a ranking without sorting the whole: pure arithmetic on arrays of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from referral_app.services.index_columns import Array

Key = Callable[[Array], Array]
"""Returns the whole numbers that entries are sorted by, the smallest first."""

Settle = Callable[[Array, int, int], Array]
"""Returns the places from one up to, not including, another of the final order of entries that no key tells apart."""

_NARROW = 4
"""Bytes of the numbers whose range is halved."""

_SMALL = 4096
"""So many are sorted outright."""


def window(numbers: Array, keys: Sequence[Key], settle: Settle, first: int, last: int) -> Array:
    """Return the entries at the places `first` up to, not including, `last` of the ranking by `keys`.

    One key after the other narrows down which entries can stand there, so that a page of a million costs about as much
    as one look at each.
    """
    first, last = max(first, 0), min(last, len(numbers))
    if first >= last:
        return numbers[:0]
    if len(numbers) <= _SMALL or not keys:
        return _sorted(numbers, keys, settle, first, last)
    values = keys[0](numbers)
    low, high = _nth(values, first), _nth(values, last - 1)
    below = int(np.count_nonzero(values < low))
    if low == high:
        alike = numbers[np.flatnonzero(values == low)]
        return window(alike, keys[1:], settle, first - below, last - below)
    begin, middle, end = (
        numbers[values == low],
        numbers[(values > low) & (values < high)],
        numbers[values == high],
    )
    rest = last - below - len(begin) - len(middle)
    return np.concatenate(
        [
            window(begin, keys[1:], settle, first - below, len(begin)),
            _sorted(middle, keys, settle, 0, len(middle)),
            window(end, keys[1:], settle, 0, rest),
        ]
    )


def _nth(values: Array, place: int) -> int:
    """Return the value at a place of the sorted whole; halving the range of small whole numbers beats partitioning."""
    if values.dtype.itemsize > _NARROW:
        return np.partition(values, place)[place]
    low, high = int(values.min()), int(values.max())
    while low < high:
        middle = (low + high) // 2
        if np.count_nonzero(values <= middle) > place:
            high = middle
        else:
            low = middle + 1
    return low


def _sorted(numbers: Array, keys: Sequence[Key], settle: Settle, first: int, last: int) -> Array:
    """Sort entries, and settle those that are alike where they reach into the window."""
    if not keys:
        return settle(numbers, first, last)
    values = [key(numbers) for key in keys]
    order = np.lexsort(values[::-1])
    ranked = numbers[order]
    alike = np.ones(max(len(order) - 1, 0), dtype=bool)
    for one in values:
        placed = one[order]
        alike &= placed[1:] == placed[:-1]
    for begin, end in _runs(alike):
        low, high = max(begin, first), min(end, last)
        if low < high:
            ranked[low:high] = settle(ranked[begin:end], low - begin, high - begin)
    return ranked[first:last]


def _runs(alike: Array) -> list[tuple[int, int]]:
    """Return where runs of neighbors that are alike begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], alike, [False])).astype(np.int8)))
    return [(int(begin), int(end) + 1) for begin, end in edges.reshape(-1, 2)]
