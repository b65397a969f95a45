"""Straight-line miles between ZIP codes, without a network.

The centers of all ZIP codes are those of the package `zipcodes`, which takes 0.4 s to read. So the set-up writes them
beside this file once (packaging/zip_centers.py), 0.5 MB; where that was not done, the package itself is read.
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

EARTH_MILES = 3958.8
"""Mean radius of the Earth."""

ZIPS = 100_000
"""One more than the highest ZIP code as a number."""

CENTERS = "zip_centers.bin"


@lru_cache(maxsize=1)
def _centers() -> tuple[Array, Array, Array]:
    """Return all ZIP codes as rising numbers, and latitude and longitude of each in radians."""
    import numpy as np

    written = files(__package__ or "").joinpath(CENTERS)
    content = written.read_bytes() if written.is_file() else packed_centers()
    found = np.frombuffer(content, dtype="<i4").reshape(3, -1)
    return found[0], np.radians(found[1] / 10_000), np.radians(found[2] / 10_000)


def packed_centers() -> bytes:
    """Return all ZIP codes as rising numbers, then all latitudes and all longitudes, in ten-thousandths of a degree."""
    import numpy as np

    listed: list[dict[str, Any]] = import_module("zipcodes").list_all()  # it comes without type information
    found = {int(one["zip_code"]): (float(one["lat"]), float(one["long"])) for one in listed}
    rows = [(code, round(lat * 10_000), round(long * 10_000)) for code, (lat, long) in sorted(found.items())]
    return np.array(rows, dtype="<i4").T.tobytes()


def number(zip_code: str) -> int | None:
    """Return the first five digits of a ZIP code as a number, None for one that does not exist."""
    five = zip_code[:5]
    if len(five) != 5 or not (five.isascii() and five.isdigit()):
        return None
    codes = _centers()[0]
    at = int(codes.searchsorted(int(five)))
    return int(five) if at < len(codes) and codes[at] == int(five) else None


def place(zip_code: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees of a ZIP code's center, None for one that does not exist."""
    code = number(zip_code)
    if code is None:
        return None
    codes, latitude, longitude = _centers()
    at = int(codes.searchsorted(code))
    return math.degrees(latitude[at]), math.degrees(longitude[at])


def miles_from(zip_code: int) -> Array:
    """Return the miles from a ZIP code that exists to every other, by its number; infinite where there is none.

    Haversine on the mean sphere; each ZIP code stands for its center.
    """
    import numpy as np

    codes, latitude, longitude = _centers()
    here = int(codes.searchsorted(zip_code))
    chord = (
        np.sin((latitude - latitude[here]) / 2) ** 2
        + np.cos(latitude[here]) * np.cos(latitude) * np.sin((longitude - longitude[here]) / 2) ** 2
    )
    found = np.full(ZIPS, np.inf, dtype=np.float32)
    found[codes] = 2 * EARTH_MILES * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return found


def miles(from_zip: str, to_zip: str) -> float | None:
    """Return the straight-line miles between two ZIP codes, None where one is unknown."""
    here, there = number(from_zip), number(to_zip)
    return None if here is None or there is None else float(miles_from(here)[there])
