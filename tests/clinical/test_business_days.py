"""Business days know weekends and the federal holidays, also where those fall on a weekend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.clinical import business_days


def test_the_holidays_of_2026_are_those_of_the_office_of_personnel_management() -> None:
    assert [day.isoformat() for day in business_days.holidays(2026)] == [
        "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07",
        "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2021-12-31", "New Year’s Day"), ("2027-12-31", "New Year’s Day"), ("2023-01-02", "New Year’s Day"),
        ("2027-06-18", "Juneteenth"), ("2027-07-05", "Independence Day"), ("2027-12-24", "Christmas Day"),
        ("2028-11-10", "Veterans Day"),
    ],
)  # fmt: skip
def test_a_holiday_on_a_weekend_is_kept_beside_it(day: str, name: str) -> None:
    kept = date.fromisoformat(day)
    assert business_days.holidays(kept.year)[kept] == name


def test_juneteenth_was_no_holiday_before_2021() -> None:
    assert business_days.is_business_day(date(2020, 6, 19))


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2026-11-25", 1, "2026-11-27"), ("2026-11-25", 3, "2026-12-01"), ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"), ("2026-11-29", 1, "2026-11-30"), ("2026-11-29", 3, "2026-12-02"),
        ("2026-11-26", 1, "2026-11-27"), ("2026-12-24", 2, "2026-12-29"), ("2026-12-31", 1, "2027-01-04"),
    ],
)  # fmt: skip
def test_business_days_after_a_day(day: str, count: int, after: str) -> None:
    assert business_days.after(date.fromisoformat(day), count) == date.fromisoformat(after)


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(0, 40))
def test_before_is_the_last_day_from_which_so_many_days_have_passed(day: date, count: int) -> None:
    first = business_days.before(day, count)
    assert business_days.after(first, count) <= day
    assert business_days.after(first + timedelta(days=1), count) > day


@given(DAYS, st.integers(1, 30))
def test_what_lies_between_is_what_was_counted(day: date, count: int) -> None:
    assert business_days.between(day, business_days.after(day, count)) == count
    assert business_days.between(day, day) == 0
