"""Dates as they are typed in the dialogs about an entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from referral_app.clinical import dates


def shown(day: date | None) -> str:
    """Return a date as it stands in a field."""
    return dates.say(day) if day else ""


def read(typed: Mapping[str, str]) -> tuple[dict[str, date | None], dict[str, str]]:
    """Return the dates typed, None for an empty field, and a sentence for each that is none."""
    days: dict[str, date | None] = {}
    problems: dict[str, str] = {}
    for name, text in typed.items():
        days[name] = None
        try:
            days[name] = dates.read_date(text) if text.strip() else None
        except ValueError as error:
            problems[name] = str(error)
    return days, problems
