"""A page picked out of a ranking is that part of the sorted whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.services import ranking


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sort no more than three outright, so that small examples take the long way."""
    monkeypatch.setattr(ranking, "_SMALL", 3)


VALUES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


@given(VALUES, st.integers(0, 40), st.integers(0, 40), st.sampled_from(("u1", "u2", "u4", "u8")))
def test_a_window_is_a_slice_of_the_sorted_whole(
    values: list[tuple[int, int]], first: int, size: int, kind: str
) -> None:
    one, two = (np.array(column, dtype=kind) for column in zip(*values, strict=True))
    numbers = np.arange(len(values), dtype=np.uint32)

    def settle(some: np.ndarray, low: int, high: int) -> np.ndarray:
        return np.sort(some)[::-1][low:high]

    keys = [lambda some: one[some], lambda some: two[some]]
    wanted = sorted(range(len(values)), key=lambda number: (*values[number], -number))
    found = ranking.window(numbers, keys, settle, first, first + size)
    assert found.tolist() == wanted[first : first + size]
