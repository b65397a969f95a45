"""The past of invented referrals, moved back in a demonstration, so that lists, calendar and reports show something."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.referral import StateEvent
from referral_app.services import referral_rows, request_facts, waiting
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs

_BEGAN, _CAME = time(9, 10), time(11, 40)
_IS_ONE = text("SELECT 1 FROM store_fact WHERE name = 'demonstration'")


@needs(Permission.WRITE)
def age(session: Session, name: str, begun_on: date, since: date) -> None:
    """Let an invented referral be begun on one day, and what was done to it last on another; its request was sent then.

    Raises InvalidInput in a store that is no demonstration: nobody moves what happened to patients.
    """
    if session.execute(_IS_ONE).first() is None:
        raise InvalidInput({"": "Only a demonstration moves what happened into the past."})
    row = referral_rows.row(session, name)
    first, last = (datetime.combine(day, at).astimezone() for day, at in ((begun_on, _BEGAN), (since, _CAME)))
    row.created, row.updated = first, last
    row.asked_at, row.sent_at = row.asked_at and last, row.sent_at and last
    mine = select(StateEvent).where(StateEvent.referral_id == row.id).order_by(StateEvent.sequence)
    for number, event in enumerate(session.scalars(mine)):
        event.at = last if number else first
    request = waiting.latest(session, row.id)
    if request is not None:
        request.sent_on, request.created = since, last
        request_facts.note(session, row, request)
    session.flush()
    waiting.follow(session, row, request)
