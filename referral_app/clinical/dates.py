"""Dates and months as people in the United States type them, and how they are said.

Two-digit years are refused, and so is a day before the month: both are read differently by different people
(reference/ux.md, forms; contract section 3 for the wording on screen and paper).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

EXAMPLE = "3/27/2007"
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that are read; others are typing errors."""
_WHOLE = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS = _WHOLE | {name[:3]: number for name, number in _WHOLE.items()} | {"sept": 9}

_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAYS = _DAYS | {name[:3]: number for name, number in _DAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}

_GAP = r"[\s/.,-]+"
_ISO = re.compile(rf"(?P<year>\d{{4}}){_GAP}(?P<month>\d{{1,2}}){_GAP}(?P<day>\d{{1,2}})")
_US = re.compile(rf"(?P<month>\d{{1,2}}){_GAP}(?P<day>\d{{1,2}}){_GAP}(?P<year>\d+)")
_DIGITS = re.compile(r"(?P<month>\d{2})(?P<day>\d{2})(?P<year>\d{4})")
_DIGITS_ISO = re.compile(r"(?P<year>(19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_DAY_WORD = re.compile(rf"(?P<day>\d{{1,2}})(st|nd|rd|th)?{_GAP}(?P<month>[a-z]+){_GAP}(?P<year>\d+)")
_WORD_DAY = re.compile(rf"(?P<month>[a-z]+){_GAP}(?P<day>\d{{1,2}})(st|nd|rd|th)?{_GAP}(?P<year>\d+)")
_SHAPES = (_ISO, _DIGITS_ISO, _DIGITS, _US, _DAY_WORD, _WORD_DAY)

_MONTH_SHAPES = (
    re.compile(r"(?P<year>\d{4})[\s/.-]+(?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[\s/.-]+(?P<year>\d+)"),
    re.compile(r"(?P<month>\d{2})(?P<year>\d{4})"),
    re.compile(rf"(?P<month>[a-z]+){_GAP}(?P<year>\d+)"),
)
_STORED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STORED_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def read_date(text: str, today: date | None = None) -> date:
    """Return the date that was typed: 3/27/2007, 27 Mar 2007, March 27, 2007, 03272007, 2007-03-27, today, yesterday.

    `today` is the day that "today" means (the clock's where it is None). Raises ValueError with one sentence.
    """
    plain = _plain(text)
    if plain in ("today", "yesterday"):
        return (today or date.today()) - timedelta(days=plain == "yesterday")
    for shape in _SHAPES:
        if match := shape.fullmatch(plain):
            return _date(match["year"], match["month"], match["day"])
    if re.fullmatch(r"\d{6}", plain):
        raise ValueError(f"Type the year with four digits, such as {EXAMPLE}.")
    raise ValueError(f"Type the date with month, day and year, such as {EXAMPLE}.")


def read_coming(text: str, today: date | None = None) -> date:
    """Return the day that something is planned for: as `read_date`, "tomorrow" and "Thursday" too.

    A day of the week is the next one that comes, today's in a week. Examples name the next year. Raises ValueError with
    one sentence.
    """
    today = today or date.today()
    if _plain(text) == "tomorrow":
        return today + timedelta(days=1)
    if (weekday := _weekday(text)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    try:
        return read_date(text, today)
    except ValueError as error:
        example = f"{EXAMPLE[:-4]}{today.year + 1}"
        said = str(error).replace(EXAMPLE, example).replace("March 27, 2007", f"March 27, {today.year + 1}")
        raise ValueError(said) from None


def read_happened(text: str, today: date | None = None) -> date:
    """Return the day on which something happened: as `read_date`, "Thursday" too, which is the last one before today.

    Raises ValueError with one sentence.
    """
    today = today or date.today()
    if (weekday := _weekday(text)) is not None:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return read_date(text, today)


def read_month(text: str) -> str:
    """Return "YYYY-MM" from a month that was typed: 5/2019, May 2019, 2019-05, 052019, or a whole date.

    Raises ValueError with one sentence that says what to type.
    """
    plain = _plain(text)
    for shape in _MONTH_SHAPES:
        if match := shape.fullmatch(plain):
            year, month = _year(match["year"], "5/2019"), _month(match["month"])
            if not month:
                raise ValueError("Type the month as a number from 1 to 12 or as a name, such as 5/2019.")
            return f"{year:04}-{month:02}"
    try:
        return read_date(text).isoformat()[:7]
    except ValueError:
        raise ValueError("Type the month and the year, such as 5/2019 or May 2019.") from None


_DAY_LETTERS, _MONTH_LETTERS = 10, 7
"""How long the stored forms are: asked first, because the check asks for both of some hundred answers."""


def stored(value: object) -> date | None:
    """Return the date of an answer in the stored form YYYY-MM-DD, or None where it is anything else."""
    if not isinstance(value, str) or len(value) != _DAY_LETTERS or not _STORED.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def stored_month(value: object) -> date | None:
    """Return the first day of a month in the stored form YYYY-MM, or None where it is anything else."""
    if not isinstance(value, str) or len(value) != _MONTH_LETTERS or not _STORED_MONTH.fullmatch(value):
        return None
    return stored(f"{value}-01")


def last_day(month: date) -> date:
    """Return the last day of the month that a date lies in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def say(day: date) -> str:
    """Return a date as it is said on screen and paper: March 27, 2007."""
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"


def say_near(day: date, today: date) -> str:
    """Return a date as it is said in a short line, its year only where that is another than now: March 27."""
    return say(day) if day.year != today.year else f"{calendar.month_name[day.month]} {day.day}"


def say_month(month: str) -> str:
    """Return a stored month (YYYY-MM) as it is said: May 2019; what is no month comes back as it is."""
    first = stored_month(month)
    return f"{calendar.month_name[first.month]} {first.year}" if first else month


def years_between(earlier: date, later: date) -> int:
    """Return the whole years between two dates; below 0 where `later` lies before `earlier`."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def age(born: date, today: date) -> int:
    """Return the age in completed years; someone born on February 29 turns on March 1 in other years."""
    return years_between(born, today)


def birthday(born: date, years: int) -> date:
    """Return the day on which somebody turns so many years old; who was born on February 29 turns on March 1."""
    return later_by_years(born, years)


def later_by_years(day: date, years: int) -> date:
    """Return the same day so many years later (earlier below 0), March 1 for a February 29 that year has not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:100]).lower().replace("–", "-").split())


def _weekday(text: str) -> int | None:
    """Return the day of the week that is named, "Thu" too; None for other words.

    "Next Thursday" is none: people mean different days by it.
    """
    return _WEEKDAYS.get(_plain(text).removeprefix("on ").rstrip(".,"))


def _month(text: str) -> int:
    number = int(text) if text.isdigit() else _MONTHS.get(text, 0)
    return number if number <= 12 else 0


def _year(text: str, example: str = EXAMPLE) -> int:
    if len(text) != 4:
        raise ValueError(f"Type the year with four digits, such as {example}.")
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ValueError(f"Check the year: type one from {FIRST_YEAR} to {LAST_YEAR}.")
    return int(text)


def _date(year_text: str, month_text: str, day_text: str) -> date:
    month, day = _month(month_text), int(day_text)
    if not month and month_text.isdigit():
        raise ValueError(f"Month first, such as {EXAMPLE}.")
    if not month:
        raise ValueError(
            f"Type the month as a number or an English name, such as {EXAMPLE} or March 27, 2007."
        )
    year = _year(year_text)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise ValueError(
            f"{calendar.month_name[month]} {year} has {days} days; type the date such as {EXAMPLE}."
        )
    return date(year, month, day)
