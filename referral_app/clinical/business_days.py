"""Business days: Monday to Friday without the federal holidays of the United States (5 U.S.C. 6103).

A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
"""

from __future__ import annotations

import functools
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

_DAY = timedelta(days=1)
_JUNETEENTH_SINCE = 2021


@functools.cache
def holidays(year: int) -> dict[date, str]:
    """Return the federal holidays that are kept in a year, by the day on which they are kept.

    New Year's Day of the next year is among them where it is kept on December 31 of this one.
    """
    named = [*_named(year), *((day, name) for day, name in _named(year + 1) if name == "New Year’s Day")]
    kept = {_kept(day): name for day, name in named}
    return {day: name for day, name in sorted(kept.items()) if day.year == year}


def is_business_day(day: date) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def after(day: date, count: int) -> date:
    """Return the day so many business days after one; 0 gives that day, or the first business day after it.

    From a weekend or a holiday the next business day is one day later, not two.
    """
    if not count:
        return day if is_business_day(day) else _next(day)
    for _ in range(count):
        day = _next(day)
    return day


def before(day: date, count: int) -> date:
    """Return the latest day of which `after` with the same count is not later than this one."""
    found = day - timedelta(days=count)
    while after(found, count) > day:
        found -= _DAY
    while after(found + _DAY, count) <= day:
        found += _DAY
    return found


def between(first: date, last: date) -> int:
    """Return how many business days lie after `first` up to `last`, that one included; 0 where it is not later."""
    return sum(is_business_day(first + number * _DAY) for number in range(1, (last - first).days + 1))


def _next(day: date) -> date:
    day += _DAY
    while not is_business_day(day):
        day += _DAY
    return day


def _named(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "New Year’s Day"
    yield _nth(year, 1, 0, 3), "Birthday of Martin Luther King, Jr."
    yield _nth(year, 2, 0, 3), "Washington’s Birthday"
    yield _last(year, 5, 0), "Memorial Day"
    if year >= _JUNETEENTH_SINCE:
        yield date(year, 6, 19), "Juneteenth"
    yield date(year, 7, 4), "Independence Day"
    yield _nth(year, 9, 0, 1), "Labor Day"
    yield _nth(year, 10, 0, 2), "Columbus Day"
    yield date(year, 11, 11), "Veterans Day"
    yield _nth(year, 11, 3, 4), "Thanksgiving Day"
    yield date(year, 12, 25), "Christmas Day"


def _kept(day: date) -> date:
    return day - _DAY if day.weekday() == 5 else day + _DAY if day.weekday() == 6 else day


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last(year: int, month: int, weekday: int) -> date:
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)
