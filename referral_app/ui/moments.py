"""Moments as a person says them, in the time of this computer."""

from __future__ import annotations

from datetime import UTC, datetime

from referral_app.clinical import clock, dates


def local(at: datetime) -> datetime:
    """Return a moment in the time of this computer; one without a zone is UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone()


def say(at: datetime) -> str:
    """Return "today at 10:42", else "March 27, 2026 at 10:42"."""
    here = local(at)
    day = "today" if here.date() == datetime.now().astimezone().date() else dates.say(here.date())
    return f"{day} at {clock.say(here)}"


def ago(at: datetime) -> str:
    """Return how long ago something was: minutes, hours or days."""
    minutes = int((datetime.now(UTC) - local(at)).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, word in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {word}{'' if number == 1 else 's'} ago"
    return "just now"
