"""Visits that are booked for days on which their place is closed: they stay until somebody moves them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.services import appointments, closed_days
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.closed_days import ClosedDayRecord
from referral_app.services.permissions import needs


@needs(Permission.SEE_PATIENTS)
def find(
    session: Session, days: Iterable[ClosedDayRecord], moment: datetime | None = None
) -> list[AppointmentRecord]:
    """Return the visits in view that are to come after a moment and booked for closed days, in order of time."""
    closed = list(days)
    booked = [
        visit for day in sorted({one.day for one in closed}) for visit in appointments.on_day(session, day)
    ]
    return [one for one in marked(booked, closed, moment) if one.closed]


def marked(
    visits: Iterable[AppointmentRecord], days: Sequence[ClosedDayRecord], moment: datetime | None = None
) -> list[AppointmentRecord]:
    """Return visits with what is closed said of each that is booked, to come, and at a place closed on its day."""
    moment = moment or datetime.now(UTC)
    return [replace(one, closed=_closed(one, days)) if one.start > moment else one for one in visits]


def _closed(visit: AppointmentRecord, days: Sequence[ClosedDayRecord]) -> str:
    if not visit.is_booked:
        return ""
    there = [one for one in days if one.day == visit.day and one.location_id in ("", visit.location_id)]
    return closed_days.said(there[0]) if there else ""
