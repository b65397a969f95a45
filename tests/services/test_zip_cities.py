"""City and state of a ZIP code."""

from __future__ import annotations

import pytest

from referral_app.services import zip_cities


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("21230", ("Baltimore", "MD")), ("21287-0001", ("Baltimore", "MD")), ("00501", ("Holtsville", "NY")),
        ("94305", ("", "CA")), ("00000", None), ("2123", None), ("abcde", None), ("", None), ("²1230", None),
    ],
)  # fmt: skip
def test_the_state_is_known_and_the_city_where_there_is_one_alone(
    code: str, place: tuple[str, str] | None
) -> None:
    assert zip_cities.find(code) == place


def test_what_the_set_up_writes_is_what_the_package_says() -> None:
    import zlib

    lines = zlib.decompress(zip_cities.packed()).decode().split()
    assert len(lines) > 40_000
