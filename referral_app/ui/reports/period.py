"""The periods that can be chosen for a report."""

from __future__ import annotations

from datetime import date, timedelta

QUARTER, YEAR, THIS_YEAR, LAST_YEAR, EVER, OTHER = (
    "quarter",
    "year",
    "this_year",
    "last_year",
    "ever",
    "other",
)
PERIODS = (
    (YEAR, "The last 12 months"), (QUARTER, "The last 90 days"), (THIS_YEAR, "This year"), (LAST_YEAR, "Last year"),
    (EVER, "All years"), (OTHER, "Other days"),
)  # fmt: skip
BEGINNING = date(1990, 1, 1)


def days(period: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a period."""
    first = {
        QUARTER: today - timedelta(days=89), YEAR: today - timedelta(days=364), THIS_YEAR: date(today.year, 1, 1),
        LAST_YEAR: date(today.year - 1, 1, 1), EVER: BEGINNING,
    }[period]  # fmt: skip
    return first, date(today.year - 1, 12, 31) if period == LAST_YEAR else today
