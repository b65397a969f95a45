"""Distances: the centers that ship with the program are those of the package they come from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from referral_app.services import distance


def test_every_zip_code_of_the_package_is_where_the_package_says() -> None:
    import zipcodes

    known = zipcodes._zipcodes.list_all()  # noqa: SLF001 - all of them at once
    codes, latitude, longitude = distance._centers()  # noqa: SLF001
    assert [f"{code:05}" for code in codes] == sorted(one["zip_code"] for one in known)
    by_code = {one["zip_code"]: one for one in known}
    given = [(float(by_code[f"{code:05}"]["lat"]), float(by_code[f"{code:05}"]["long"])) for code in codes]
    assert np.allclose(np.degrees([latitude, longitude]).T, given, atol=1e-6)


def test_miles_are_those_of_the_haversine_and_nothing_is_near_an_unknown_code() -> None:
    (lat1, long1), (lat2, long2) = distance.place("21287"), distance.place("10001")
    chord = (
        math.sin(math.radians(lat2 - lat1) / 2) ** 2
        + math.cos(math.radians(lat1))
        * math.cos(math.radians(lat2))
        * math.sin(math.radians(long2 - long1) / 2) ** 2
    )
    wanted = 2 * distance.EARTH_MILES * math.asin(math.sqrt(chord))
    assert distance.miles("21287", "10001") == pytest.approx(wanted, rel=1e-5)
    assert distance.miles("21287", "21287-1234") == 0
    assert distance.miles("21287", "00000") is None
    assert distance.place("2128") is None
    assert distance.number("\uff12\uff11\uff12\uff18\uff17") is None
