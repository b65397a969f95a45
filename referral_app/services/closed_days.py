"""Days on which a location, or every one, is closed beside weekends and federal holidays: no visit is booked then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates
from referral_app.models.base import new_id
from referral_app.models.location import Location
from referral_app.models.work import ClosedDay
from referral_app.services import events
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import needs

LONGEST_REASON = 200
MOST_DAYS = 62
"""As many days are closed in one act: two months."""


@dataclass(frozen=True)
class ClosedDayRecord:
    """A closed day; `location_id` "" stands for every location."""

    id: str
    day: date
    location_id: str
    location: str
    why: str


@needs(Permission.SEE_DIRECTORY)
def find(session: Session, first: date, last: date | None = None) -> list[ClosedDayRecord]:
    """Return the closed days from one day on, up to another where one is given, in their order."""
    wanted = (
        select(ClosedDay, Location.name)
        .outerjoin(Location, Location.id == ClosedDay.location_id)
        .where(ClosedDay.day >= first)
        .order_by(ClosedDay.day, Location.name, ClosedDay.id)
    )
    if last is not None:
        wanted = wanted.where(ClosedDay.day <= last)
    return [_record(row, name) for row, name in session.execute(wanted)]


@needs(Permission.SEE_DIRECTORY)
def on(session: Session, day: date, location_id: str = "") -> ClosedDayRecord | None:
    """Return why a location is closed on a day, None where it is open; "" asks for what concerns every location."""
    place = ClosedDay.location_id == location_id if location_id else ClosedDay.location_id.is_(None)
    wanted = (
        select(ClosedDay, Location.name)
        .outerjoin(Location, Location.id == ClosedDay.location_id)
        .where(ClosedDay.day == day, or_(place, ClosedDay.location_id.is_(None)))
        .order_by(ClosedDay.location_id.is_(None))
        .limit(1)
    )
    found = session.execute(wanted).first()
    return _record(found[0], found[1]) if found else None


@needs(Permission.CHANGE_DIRECTORY)
def add(session: Session, day: date, location_id: str = "", why: str = "") -> ClosedDayRecord:
    """Close a location, "" for every one, on a day and return it; one that is closed already stays as it is.

    Visits that are booked for that day stay booked: `closed_visits` finds and the calendar marks them. Raises
    InvalidInput by field (location_id, why).
    """
    place = session.get(Location, location_id) if location_id else None
    if location_id and place is None:
        raise InvalidInput({"location_id": "This location is not in the directory any more. Choose another."})
    if len(why.strip()) > LONGEST_REASON:
        raise InvalidInput({"why": f"Enter at most {LONGEST_REASON} characters."})
    same = ClosedDay.location_id == location_id if location_id else ClosedDay.location_id.is_(None)
    made = session.scalar(select(ClosedDay).where(ClosedDay.day == day, same))
    if made is None:
        made = ClosedDay(id=new_id(), day=day, location_id=location_id or None, why=why.strip())
        session.add(made)
        _note(session, AuditAction.CREATED, made)
    return _record(made, place.name if place else "")


@needs(Permission.CHANGE_DIRECTORY)
def add_range(
    session: Session, first: date, last: date, location_id: str = "", why: str = ""
) -> list[ClosedDayRecord]:
    """Close a location, "" for every one, from one day to another, as `add`; raises InvalidInput, of "last" too."""
    if last < first:
        raise InvalidInput({"last": f"Enter {dates.say(first)} or a later day."})
    if (last - first).days >= MOST_DAYS:
        raise InvalidInput(
            {"last": f"At most {MOST_DAYS} days are closed at once. Enter an earlier last day."}
        )
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [add(session, day, location_id, why) for day in days]


@needs(Permission.CHANGE_DIRECTORY)
def remove(session: Session, closed_id: str) -> None:
    """Open a day again; raises NotFound."""
    found = session.get(ClosedDay, closed_id)
    if found is None:
        raise NotFound("This closed day was taken out already.")
    _note(session, AuditAction.REMOVED, found)
    session.delete(found)


def said(one: ClosedDayRecord) -> str:
    """Return that a place is closed on a day, as a sentence."""
    where = f"{one.location} is closed" if one.location else "All offices are closed"
    why = f": {one.why.rstrip('.')}" if one.why else ""
    return f"{where} on {dates.say(one.day)}{why}."


def _record(row: ClosedDay, name: str | None) -> ClosedDayRecord:
    return ClosedDayRecord(row.id, row.day, row.location_id or "", name or "", row.why)


def _note(session: Session, action: AuditAction, row: ClosedDay) -> None:
    details = {"location": row.location_id} if row.location_id else {}
    events.record(session, action, "closed_day", row.id, day=row.day.isoformat(), **details)
