"""Straight-line miles between ZIP codes, without a network."""

from __future__ import annotations

import math
from functools import lru_cache

EARTH_MILES = 3958.8
"""Mean radius of the Earth."""


@lru_cache(maxsize=4096)
def place(zip_code: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees of a ZIP code's center, None for one that does not exist."""
    import zipcodes  # pyright: ignore[reportMissingTypeStubs]

    try:
        found = zipcodes.matching(zip_code[:5])  # pyright: ignore
    except (TypeError, ValueError):
        return None
    if not found:
        return None
    return float(found[0]["lat"]), float(found[0]["long"])  # pyright: ignore


def miles(from_zip: str, to_zip: str) -> float | None:
    """Return the straight-line miles between two ZIP codes (haversine), None where one is unknown."""
    here, there = place(from_zip), place(to_zip)
    if here is None or there is None:
        return None
    (lat1, long1), (lat2, long2) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    chord = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((long2 - long1) / 2) ** 2
    )
    return 2 * EARTH_MILES * math.asin(math.sqrt(chord))
