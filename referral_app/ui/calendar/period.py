"""What the calendar shows at a time: the days of a month, a week or one day, with weeks that begin on Sunday."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from referral_app.clinical import dates

MONTH, WEEK, DAY, LIST = "month", "week", "day", "list"
MODES = ((MONTH, "Month"), (WEEK, "Week"), (DAY, "Day"), (LIST, "List"))
"""A list is of a whole month."""
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`; a month in weeks is `whole`, with days of the months beside it."""

    mode: str
    first: date
    last: date

    @property
    def whole(self) -> tuple[date, date]:
        """The first and the last day in sight: whole weeks of a month."""
        if self.mode != MONTH:
            return self.first, self.last
        return _sunday(self.first), _sunday(self.last) + timedelta(days=6)

    @property
    def title(self) -> str:
        """What it is called."""
        if self.mode == DAY:
            return f"{self.first:%A}, {dates.say(self.first)}"
        if self.mode == WEEK:
            return f"{dates.say(self.first)} to {dates.say(self.last)}"
        return f"{self.first:%B} {self.first.year}"

    def has(self, day: date) -> bool:
        """Tell whether a day belongs to it."""
        return self.first <= day <= self.last


def around(day: date, mode: str) -> Period:
    """Return the period of a mode in which a day is."""
    if mode == DAY:
        return Period(mode, day, day)
    if mode == WEEK:
        return Period(mode, _sunday(day), _sunday(day) + timedelta(days=6))
    return Period(mode, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def step(day: date, mode: str, by: int) -> date:
    """Return the day so many periods later, or earlier; the last of a shorter month where there is none."""
    if mode == DAY:
        return bounded(day + timedelta(days=by))
    if mode == WEEK:
        return bounded(day + timedelta(days=7 * by))
    months = day.year * 12 + day.month - 1 + by
    year, month = divmod(months, 12)
    return bounded(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def bounded(day: date) -> date:
    """Return a day within what a calendar shows."""
    return min(max(day, EARLIEST), LATEST)


def _sunday(day: date) -> date:
    return day - timedelta(days=(day.weekday() + 1) % 7)
