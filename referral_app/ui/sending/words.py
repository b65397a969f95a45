"""Attempts to send in words, and days as they are typed."""

from __future__ import annotations

from datetime import date

from referral_app.choices import Channel
from referral_app.clinical import clock, dates
from referral_app.services.send_records import AttemptRecord
from referral_app.ui import moments
from referral_app.ui.framed import Framed
from referral_app.ui.widgets.inputs import LineEdit


def when(one: AttemptRecord) -> str:
    """Return when an attempt was made."""
    at = moments.local(one.started_at)
    return f"{dates.say(at.date())}, {clock.say(at)}"


def title(one: AttemptRecord) -> str:
    """Return which attempt it is."""
    return f"Attempt {one.number}: {one.said}, {when(one)}"


def hint(one: AttemptRecord) -> str:
    """Return what a confirmation may say."""
    if one.channel is Channel.FAX:
        return "As the fax machine printed it, such as: OK, 9 pages, 10:42"
    return "Such as: Maria at the front desk has it"


def read_day(dialog: Framed, line: LineEdit, key: str = "on") -> date | None:
    """Return the day that was typed, None where it is none, which is said then."""
    try:
        return dates.read_happened(line.text().strip())
    except ValueError as error:
        dialog.show_errors({key: str(error)})
        return None
