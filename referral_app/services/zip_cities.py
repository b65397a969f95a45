"""The city and state of a ZIP code, without a network: from the package `zipcodes`, written small by the set-up.

The set-up (packaging/zip_centers.py) writes them beside this file; the package itself takes 0.4 s to read.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from typing import Any, NamedTuple

CITIES = "zip_cities.bin"


class Place(NamedTuple):
    """Where a ZIP code is; the city is "" where several share it."""

    city: str
    state: str


def find(zip_code: str) -> Place | None:
    """Return the place of a ZIP code by its first five digits, None where there is none of that number."""
    five = zip_code[:5]
    if len(five) != 5 or not (five.isascii() and five.isdigit()):
        return None
    listed = _cities()
    at = listed.find(f"\n{five}")
    if at < 0:
        return None
    line = listed[at + 6 : listed.index("\n", at + 1)]
    return Place(line[2:], line[:2])


@lru_cache(maxsize=1)
def _cities() -> str:
    written = files(__package__ or "").joinpath(CITIES)
    return zlib.decompress(written.read_bytes() if written.is_file() else packed()).decode()


def packed() -> bytes:
    """Return a line for each ZIP code: its digits, the state, and its city where it has one alone."""
    listed: list[dict[str, Any]] = import_module("zipcodes").list_all()  # it comes without type information
    lines = sorted(
        f"{one['zip_code']}{one['state']}{'' if one['acceptable_cities'] else one['city']}" for one in listed
    )
    return zlib.compress("\n".join(["", *lines, ""]).encode(), 9)
