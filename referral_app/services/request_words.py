"""What is said of steps of a request: in the history, and to somebody whose entry does not fit."""

from __future__ import annotations

from datetime import date

from referral_app.choices import RequestAct
from referral_app.clinical import dates, transitions
from referral_app.models.request import Request, RequestEvent
from referral_app.services.request_records import Happened, first_sent

CHANGED = "Someone else entered something for this request in the meantime. Look at it before you enter more."


def changed(last: RequestEvent | None) -> str:
    """Return what to say to somebody who looked at a request before it was changed."""
    return f"{said(last)} meanwhile. Look at it before you enter more." if last else CHANGED


def in_words(happened: Happened) -> str:
    """Return what is entered, in one line."""
    words = happened.why.strip() or happened.note.strip()
    return f"{happened.act.label}: {words}" if words else happened.act.label


def said(last: RequestEvent) -> str:
    """Return who entered what of which day."""
    who = last.recorded_by or "Somebody"
    return f"{who} entered “{last.act.label}” of {dates.say(last.happened_on)}"


def day_problem(request: Request, on: date, today: date) -> str:
    """Return why nothing can be entered of a day, "" where something can."""
    if on < (first := first_sent(request)):
        return before_sending(first)
    return "This day has not come yet." if on > today else ""


def counted_from(request: Request, on: date) -> date:
    """Return the day on which a request was sent, once it is known what happened to it on a day.

    What is of before it was sent again answers the first sending: that one had arrived.
    """
    return first_sent(request) if on < request.sent_on else request.sent_on


def before_sending(sent_on: date) -> str:
    """Return why nothing can have happened to a request on a day before it was sent."""
    return f"The referral was sent on {dates.say(sent_on)}. Enter that day or a later one."


def is_entered(last: RequestEvent | None, happened: Happened) -> bool:
    """Tell whether the same was entered last, by whom ever: two people may hold the same sheet of paper."""
    return (
        last is not None
        and (last.act, last.happened_on) == (happened.act, happened.on)
        and (last.appointment_id or "") == happened.appointment_id
        and last.note == happened.note.strip()
    )


def impossible(request: Request, act: RequestAct, last: RequestEvent | None) -> str:
    """Return why something cannot be entered where a request stands."""
    at = request.status.label.lower()
    if last is not None and last.act is act:
        return f"{said(last)} already. Nothing was entered twice."
    if request.status in transitions.OVER:
        return f"This request is over: {at}. To ask again, send the referral anew."
    return (
        f"“{act.label}” cannot follow “{at}”. Take back what was entered wrongly, or enter what comes first."
    )
