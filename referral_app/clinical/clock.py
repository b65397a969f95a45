"""Times of day as people in the United States type them, and how they are said."""

from __future__ import annotations

import re
from datetime import datetime, time

EXAMPLE = "9:30 AM"
_TIME = re.compile(r"(?P<hour>\d{1,2})([:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?m?\.?)?")
_SURE = {8: 0, 9: 0, 10: 0, 11: 0, 12: 12}
"""Hours that mean one half of the day in an office, where nobody says which; others are asked."""


def read(text: str) -> time:
    """Return the time that was typed: 9:30 AM, 9:30a, 930 am, 9 AM, noon, 14:30; raises ValueError with one sentence.

    Without AM or PM an hour from 8 to 12 is that of office hours, and one from 13 on or with a leading zero that of a
    clock of 24 hours; any other is asked, since operations begin at 7 in the morning and visits end at 7 at night.
    """
    plain = " ".join(text[:40].lower().split())
    if plain == "noon":
        return time(12)
    match = _TIME.fullmatch(plain)
    if match is None:
        raise ValueError(f"Type the time, such as {EXAMPLE}.")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if minute > 59 or hour > 23:
        raise ValueError(f"This time of day does not exist. Type it such as {EXAMPLE}.")
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"Leave AM and PM out after 12, or type the time such as {EXAMPLE}.")
        return time(hour % 12 + 12 * match["half"].startswith("p"), minute)
    if hour > 12 or (len(match["hour"]) == 2 and match["hour"].startswith("0")):
        return time(hour, minute)
    if hour not in _SURE:
        raise ValueError(f"Add AM or PM, such as {EXAMPLE}.")
    return time(hour % 12 + _SURE[hour], minute)


def say(moment: datetime | time) -> str:
    """Return a time of day as it is said on screen and paper: 9:30 AM."""
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {'PM' if moment.hour >= 12 else 'AM'}"
