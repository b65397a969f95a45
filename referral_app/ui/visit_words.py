"""Visits in words and signs: where one stands as icon and word, and what else is to be said of it."""

from __future__ import annotations

from datetime import UTC, datetime

from referral_app.choices import AppointmentStatus
from referral_app.clinical import clock, dates
from referral_app.services.appointment_records import AppointmentRecord

PASSED = "Not recorded yet"
CLOSED = "To move: closed"
_STATES = {
    AppointmentStatus.SCHEDULED: "sent", AppointmentStatus.KEPT: "ok", AppointmentStatus.CANCELED: "canceled",
    AppointmentStatus.NO_SHOW: "missing", AppointmentStatus.MOVED: "closed",
}  # fmt: skip
"""The state of widgets.states.STATES that goes with each."""


def has_passed(visit: AppointmentRecord, moment: datetime | None = None) -> bool:
    """Tell whether a visit is over of which nobody recorded what came of it."""
    return visit.is_booked and visit.start <= (moment or datetime.now(UTC))


def state(visit: AppointmentRecord) -> str:
    """Return the state whose icon is drawn."""
    return "review" if has_passed(visit) or visit.closed else _STATES[visit.status]


def standing(visit: AppointmentRecord) -> str:
    """Return where a visit stands."""
    if has_passed(visit):
        return PASSED
    if visit.closed:
        return CLOSED
    return "Booked" if visit.is_booked else visit.status.label


def when(visit: AppointmentRecord) -> str:
    """Return day and time as they are at the place."""
    return f"{visit.day:%A}, {dates.say(visit.day)}, {clock.say(visit.start)}"


def what(visit: AppointmentRecord) -> str:
    """Return a visit in a sentence: "consultation on March 27, 2027"."""
    return f"{visit.kind.label.lower()} on {dates.say(visit.day)}"


def told(visit: AppointmentRecord, before: AppointmentRecord | None = None) -> str:
    """Return what was done with a visit, as it is told of whom it concerns; `before` is how it was until then."""
    done = "Booked" if visit.is_booked else visit.status.label
    if before is not None and visit.is_booked:
        done = (
            "Booked again" if not before.is_booked else "Moved" if before.start != visit.start else "Changed"
        )
    return f"{done}: {visit.patient or 'no name yet'}, {visit.kind.label.lower()} on {when(visit)}"


def described(visit: AppointmentRecord) -> str:
    """Return what else is to be said of a visit, in one line."""
    parts = [
        f"with {visit.surgeon}", f"at {visit.location}" if visit.location else "place not known yet",
        f"come by {clock.say(visit.arrive_by)}", "interpreter booked" if visit.interpreter_booked else "",
        visit.closed.rstrip("."), visit.why, *visit.note.splitlines(),
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)
