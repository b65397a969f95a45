"""What a visit may not be: in the past, before its referral, on a closed day, at an hour that a clock skips, twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, Permission
from referral_app.clinical import business_days, clock, dates
from referral_app.services import closed_days
from referral_app.services.appointment_records import AppointmentRecord, Visit
from referral_app.services.permissions import needs

MOST_MINUTES = 240
"""Nobody is asked to come earlier than this before a visit."""

SHORTEST = {
    AppointmentKind.CONSULT: timedelta(minutes=15), AppointmentKind.FOLLOW_UP: timedelta(minutes=15),
    AppointmentKind.SURGERY: timedelta(hours=1),
}  # fmt: skip
"""How long a visit takes at least, as far as two at a time are asked about: none says how long it is."""
LATER = "Enter a later time."
"""What is asked for in the place of a time that has passed; elsewhere there may be another way (`replies`)."""


def problems(
    visit: Visit, others: Sequence[AppointmentRecord], referral_id: str, moment: datetime
) -> dict[str, str]:
    """Return what is wrong with a visit whenever it is, by field; `others` are those booked for the same person."""
    found: dict[str, str] = {}
    consults = [one for one in others if one.referral_id == referral_id and _is_consult(one, moment)]
    if visit.kind is AppointmentKind.CONSULT and consults:
        on = dates.say(consults[0].day)
        found["kind"] = f"A consultation is booked already, on {on}. Change or cancel that one."
    if not 0 <= visit.arrive_minutes_before <= MOST_MINUTES:
        found["arrive_minutes_before"] = f"Enter minutes from 0 to {MOST_MINUTES}."
    return found


@needs(Permission.SEE_PATIENTS)
def time_problem(
    session: Session,
    start: datetime,
    location_id: str,
    others: Sequence[AppointmentRecord],
    written_on: date | None,
    moment: datetime,
) -> str:
    """Return what is wrong with the time to which a visit is moved, "" where nothing; a part of booking it."""
    if start < moment:
        return f"{dates.say(start.date())}, {clock.say(start)}, has passed. {LATER}"
    if said := past_problem(start, others, written_on):
        return said
    closed = closed_days.on(session, start.date(), location_id)
    return f"{closed_days.said(closed)} Choose another day." if closed else ""


def past_problem(start: datetime, others: Sequence[AppointmentRecord], written_on: date | None) -> str:
    """Return what is wrong with the time of a visit whether it is to come or happened, "" where nothing."""
    if written_on and start.date() < written_on:
        return f"The referral is of {dates.say(written_on)}. Enter that day or a later one."
    if same := next((one for one in others if one.start == start), None):
        return f"This patient has another visit then, with {same.surgeon}. Enter another time."
    return ""


def skipped(start: datetime, typed: datetime) -> str:
    """Return that the clock skips the hour that was typed when it is put forward, "" for an hour that there is."""
    there = start.astimezone(UTC).astimezone(start.tzinfo)
    if typed.tzinfo is not None or there.replace(tzinfo=None) == typed:
        return ""
    on = dates.say(typed.date())
    return f"There is no {clock.say(typed)} on {on}: the clock is put forward then. Enter another time."


def unusual(day: date) -> str:
    """Return that offices are mostly closed on a day, which is asked before a visit is booked; "" for a usual day."""
    if holiday := business_days.holidays(day.year).get(day):
        return f"{dates.say(day)} is a federal holiday, {holiday}. Most offices are closed."
    if day.weekday() > 4:
        return f"{dates.say(day)} is a {day:%A}. Most offices are closed."
    return ""


def overlap(one: AppointmentRecord, other: AppointmentRecord) -> bool:
    """Tell whether one of two visits begins before the other can be over."""
    first, second = sorted((one, other), key=lambda visit: visit.start)
    return second.start < first.start + SHORTEST[first.kind]


def _is_consult(one: AppointmentRecord, moment: datetime) -> bool:
    return one.kind is AppointmentKind.CONSULT and one.start >= moment
