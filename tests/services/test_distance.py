"""Straight-line miles: known places, unknown ones, and what is read where the set-up wrote nothing."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from referral_app.services import distance

BALTIMORE, WASHINGTON, ANCHORAGE = "21201", "20001", "99501"


@pytest.fixture
def nothing_written(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """As in a copy that was installed without the file of centers."""
    monkeypatch.setattr(distance, "CENTERS", "no_such_file.bin")
    distance._centers.cache_clear()  # noqa: SLF001 - what is read once for the length of the process
    yield
    distance._centers.cache_clear()  # noqa: SLF001


def test_miles_are_those_of_a_straight_line() -> None:
    away = distance.miles(BALTIMORE, WASHINGTON)
    assert away is not None
    assert 33 < away < 38
    assert distance.miles(BALTIMORE, BALTIMORE) == 0


def test_a_zip_code_of_nine_digits_is_that_of_its_first_five() -> None:
    assert distance.number("21201-0001") == 21201
    assert distance.place("21201-0001") == distance.place("21201")


@pytest.mark.parametrize("text", ["", "2120", "00000", "2120a", "٢١٢٠١", "99999"])
def test_what_is_no_zip_code_has_no_place(text: str) -> None:
    assert (distance.number(text), distance.place(text), distance.miles(BALTIMORE, text)) == (
        None,
        None,
        None,
    )


def test_there_are_all_zip_codes_and_each_lies_in_the_united_states_or_its_islands() -> None:
    codes, latitude, _ = distance._centers()  # noqa: SLF001
    assert len(codes) > 42_000
    assert (codes[1:] > codes[:-1]).all()
    assert abs(latitude).max() < 1.3


def test_without_the_written_file_the_package_says_the_same(nothing_written: None) -> None:
    assert distance.packed_centers() == Path(distance.__file__).with_name("zip_centers.bin").read_bytes()
    away = distance.miles(BALTIMORE, ANCHORAGE)
    assert away is not None
    assert 3300 < away < 3500
