"""Zones of places against those of the package of ZIP codes, and the clock there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from referral_app.services import time_zones

WINTER, SUMMER = datetime(2027, 1, 15, 18, tzinfo=UTC), datetime(2027, 7, 15, 18, tzinfo=UTC)


def test_nearly_every_zip_code_has_the_clock_that_its_package_says() -> None:
    listed: list[dict[str, Any]] = import_module("zipcodes").list_all()
    known = [one for one in listed if "/" in one["timezone"] and one["country"] == "US"]
    offsets: dict[str, tuple[timedelta | None, ...]] = {}

    def clock(zone: str) -> tuple[timedelta | None, ...]:
        if zone not in offsets:
            offsets[zone] = tuple(day.astimezone(ZoneInfo(zone)).utcoffset() for day in (WINTER, SUMMER))
        return offsets[zone]

    wrong = [
        one["zip_code"]
        for one in known
        if clock(time_zones.of_place(one["state"], one["zip_code"]) or "UTC") != clock(one["timezone"])
    ]
    assert len(wrong) < 0.01 * len(known)


def test_the_zip_code_counts_before_the_state_and_an_unknown_place_has_none() -> None:
    assert time_zones.of_place("TX", "79901-1234") == "America/Denver"
    assert time_zones.of_place("tx", "") == "America/Chicago"
    assert time_zones.of_place("", "") == ""
    assert time_zones.of_place("Bavaria", "80331") == ""


def test_a_clock_time_is_that_of_the_place_in_winter_and_summer() -> None:
    for day, hour in ((datetime(2027, 1, 15, 9), 16), (datetime(2027, 7, 15, 9), 15)):
        moment = time_zones.at(day, "America/Denver")
        assert moment.astimezone(UTC).hour == hour
        assert time_zones.at(moment.astimezone(UTC), "America/Denver").replace(tzinfo=None) == day


@pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../etc/passwd"])
def test_a_zone_that_is_not_known_is_that_of_this_computer(zone: str) -> None:
    typed = datetime(2027, 3, 27, 9)
    assert time_zones.at(typed, zone) == typed.astimezone()
