"""Dates as they are typed, refused and said."""

from __future__ import annotations

import contextlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.clinical import dates


@pytest.mark.parametrize(
    "text",
    [
        "3/27/2007", "03/27/2007", "3-27-2007", "3.27.2007", "3 27 2007", "27 Mar 2007", "27-Mar-2007", "March 27 2007",
        "March 27, 2007", "Mar. 27th, 2007", "03272007", "20070327", "2007-03-27", " 3 / 27 / 2007 ", "27 MARCH 2007",
    ],
)  # fmt: skip
def test_reads_dates_as_people_type_them(text: str) -> None:
    assert dates.read_date(text) == date(2007, 3, 27)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("27/3/2007", "Month first, such as 3/27/2007."),
        ("13/45/2007", "Month first, such as 3/27/2007."),
        ("2/30/2007", "February 2007 has 28 days; type the date such as 3/27/2007."),
        ("2/29/2007", "February 2007 has 28 days; type the date such as 3/27/2007."),
        ("3/0/2007", "March 2007 has 31 days; type the date such as 3/27/2007."),
        ("3/27/07", "Type the year with four digits, such as 3/27/2007."),
        ("27 Mar 07", "Type the year with four digits, such as 3/27/2007."),
        ("032707", "Type the year with four digits, such as 3/27/2007."),
        ("3/27/20077", "Type the year with four digits, such as 3/27/2007."),
        ("3/27/1066", "Check the year: type one from 1900 to 2199."),
        (
            "27 Brumaire 2007",
            "Type the month as a number or an English name, such as 3/27/2007 or March 27, 2007.",
        ),
        ("soon", "Type the date with month, day and year, such as 3/27/2007."),
        ("", "Type the date with month, day and year, such as 3/27/2007."),
    ],
)
def test_says_what_to_type_where_a_date_cannot_be_read(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        dates.read_date(text)


def test_reads_today_and_yesterday() -> None:
    assert dates.read_date("Today", date(2026, 3, 1)) == date(2026, 3, 1)
    assert dates.read_date("yesterday", date(2026, 3, 1)) == date(2026, 2, 28)


def test_a_day_to_come_may_be_tomorrow_and_is_explained_with_one_to_come() -> None:
    today = date(2026, 12, 31)
    assert dates.read_coming(" Tomorrow ", today) == date(2027, 1, 1)
    assert dates.read_coming("today", today) == today
    assert dates.read_coming("3/27/2027", today) == date(2027, 3, 27)
    for typed in ("soon", "032727", "27/3/2027", "3/27/27"):
        with pytest.raises(ValueError, match=r"such as 3/27/2027\b"):
            dates.read_coming(typed, today)
    with pytest.raises(ValueError, match="or March 27, 2027"):
        dates.read_coming("27 Foo 2027", today)
    with pytest.raises(ValueError, match="such as"):
        dates.read_date("tomorrow")  # a date of birth, say


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_reads_back_every_way_of_saying_a_date(day: date) -> None:
    forms = (dates.say(day), day.isoformat(), f"{day:%m/%d/%Y}", f"{day:%m%d%Y}", f"{day:%d %b %Y}")
    assert {dates.read_date(form) for form in forms} == {day}


@given(st.text(max_size=40))
def test_never_fails_on_other_text(text: str) -> None:
    for read in (dates.read_date, dates.read_month):
        with contextlib.suppress(ValueError):
            read(text)


@pytest.mark.parametrize(
    "text", ["5/2019", "05/2019", "May 2019", "may, 2019", "2019-05", "052019", "5/17/2019"]
)
def test_reads_months(text: str) -> None:
    assert dates.read_month(text) == "2019-05"


@pytest.mark.parametrize("text", ["13/2019", "0/2019", "5/19", "Mai 2019", "2019", "", "27/3/2019"])
def test_refuses_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as 5/2019"):
        dates.read_month(text)


def test_says_dates_and_months() -> None:
    assert dates.say(date(2007, 3, 27)) == "March 27, 2007"
    assert dates.say_month("2019-05") == "May 2019"
    assert dates.say_month("spring") == "spring"


def test_counts_an_age_from_birthday_to_birthday() -> None:
    born = date(2008, 11, 23)
    assert dates.age(born, date(2026, 11, 22)) == 17
    assert dates.age(born, date(2026, 11, 23)) == 18
    assert dates.age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert dates.age(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    "value", ["2007-3-27", "2007-W13-2", "20070327", "2007-02-30", "2007-03-27\n", 20070327, None]
)
def test_takes_only_the_stored_form_for_stored(value: object) -> None:
    assert dates.stored(value) is None
    assert dates.stored_month(value) is None


def test_takes_the_stored_forms() -> None:
    assert dates.stored("2007-03-27") == date(2007, 3, 27)
    assert dates.stored_month("2024-02") == date(2024, 2, 1)
    assert dates.last_day(date(2024, 2, 1)) == date(2024, 2, 29)


SUNDAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "coming", "happened"),
    [
        ("Thursday", date(2026, 12, 3), date(2026, 11, 26)), ("thu", date(2026, 12, 3), date(2026, 11, 26)),
        (" On Thurs. ", date(2026, 12, 3), date(2026, 11, 26)), ("monday", date(2026, 11, 30), date(2026, 11, 23)),
        ("Saturday", date(2026, 12, 5), date(2026, 11, 28)), ("Sunday", date(2026, 12, 6), date(2026, 11, 22)),
        ("today", SUNDAY, SUNDAY), ("12/1/2026", date(2026, 12, 1), date(2026, 12, 1)),
    ],
)  # fmt: skip
def test_a_day_of_the_week_is_the_next_one_of_a_plan_and_the_last_one_of_what_happened(
    text: str, coming: date, happened: date
) -> None:
    assert dates.read_coming(text, SUNDAY) == coming
    assert dates.read_happened(text, SUNDAY) == happened


@pytest.mark.parametrize("text", ["next Thursday", "last Thursday", "Thursdays", "thu 3", "marsday"])
def test_words_that_people_mean_different_days_by_are_refused(text: str) -> None:
    for read in (dates.read_coming, dates.read_happened):
        with pytest.raises(ValueError, match="such as"):
            read(text, SUNDAY)


def test_a_day_of_the_week_is_no_date_of_birth() -> None:
    with pytest.raises(ValueError, match="such as"):
        dates.read_date("Thursday", SUNDAY)
