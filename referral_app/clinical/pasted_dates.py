"""Days and months in a pasted line: read where they can be, and said in words where they cannot."""

from __future__ import annotations

import re
from collections.abc import Callable

from referral_app.clinical import dates

_DAY = re.compile(r"(?<![\d/-])\d{1,2}[/-]\d{1,2}[/-]\d{4}(?!\d)|(?<![\d/-])\d{4}-\d{2}-\d{2}(?!\d)")
_MONTH = re.compile(r"(?<![\d/-])(?:\d{1,2}[/-]\d{4}|\d{4}-\d{2})(?![\d/-])")
YEARS = re.compile(
    r"\b(started|start|since|begun|began|from|stopped|stop|ended|until|d/?c'?d|discontinued|date)\s*:?\s*(?:in\s)?"
    r"((?:19|20)\d{2})(?![\w/]|-\d)|(?<![\w/-])((?:19|20)\d{2})\s?(?:[-–]|to|until|through)\s?((?:19|20)\d{2})(?![\w/-])",
    re.IGNORECASE,
)
"""A year that stands alone where a month is wanted: "stopped 2024", "2020-2022"."""


def day(text: str) -> str | None:
    """Return the day that a text says as YYYY-MM-DD, None where it is none."""
    return _read(lambda words: dates.read_date(words).isoformat(), text)


def month(text: str) -> str | None:
    """Return the month that a text says as YYYY-MM, None where it is none."""
    return _read(dates.read_month, text)


def _read(how: Callable[[str], str], text: str) -> str | None:
    try:
        return how(text.replace(".", " "))
    except ValueError:
        return None


def unread(over: str) -> tuple[str, ...]:
    """Return sentences on dates that went into no field: a year alone, or a date that there is not."""
    found = [f"{one[0]} is not a date." for one in _DAY.finditer(over) if day(one[0]) is None]
    found += [f"{one[0]} is not a month." for one in _MONTH.finditer(over) if month(one[0]) is None]
    found += [
        f"“{one[0]}” says only the year. Choose “Change” to add the rest, if it is known."
        for one in YEARS.finditer(over)
    ]
    return tuple(dict.fromkeys(found))
