"""Practice locations of the directory, which several surgeons may share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DirectoryAct, Permission
from referral_app.clinical import phones
from referral_app.models import surgeon as tables
from referral_app.models.location import Location
from referral_app.services import directory_history, directory_index, events, surgeon_parts, surgeon_rules
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import LocationRecord, SurgeonRecord, spoken_name

MOST = 2000
"""So many locations are offered to choose from; a directory of a million has far more."""


@needs(Permission.SEE_DIRECTORY)
def every(session: Session) -> list[LocationRecord]:
    """Return the practice locations by name, at most `MOST` of them."""
    rows = session.scalars(select(Location).order_by(Location.name, Location.id).limit(MOST))
    return [surgeon_parts.location(row) for row in rows]


@needs(Permission.SEE_DIRECTORY)
def find(session: Session, text: str, limit: int) -> list[LocationRecord]:
    """Return the locations of which name, street, city, state or ZIP code hold every word of a text."""
    columns = (Location.name, Location.line1, Location.city, Location.state, Location.zip)
    words = [
        or_(*(func.lower(one).contains(word, autoescape=True) for one in columns))
        for word in text.lower().split()
    ]
    rows = session.scalars(select(Location).where(*words).limit(limit))  # without an order it can end early
    return sorted((surgeon_parts.location(row) for row in rows), key=lambda place: (place.name, place.id))


@needs(Permission.SEE_DIRECTORY)
def used_by(session: Session, location_id: str, but: str = "", limit: int = 6) -> list[str]:
    """Return the names of the surgeons who see patients at a location, but for one of them by id, at most `limit`."""
    s = tables.Surgeon
    rows = session.execute(
        select(s.given_name, s.family_name, s.degrees)
        .join(tables.Placement, tables.Placement.surgeon_id == s.id)
        .where(tables.Placement.location_id == location_id, s.id != but, ~s.archived)
        .order_by(s.sort_name)
        .limit(limit)
    )
    return [spoken_name(*row) for row in rows]


@needs(Permission.CHANGE_DIRECTORY)
def save(session: Session, place: LocationRecord) -> LocationRecord:
    """Write a location, new where its `id` is empty, and return it as stored; raises InvalidInput by field."""
    if problems := surgeon_rules.location_problems(place):
        raise InvalidInput(problems)
    row = session.get(Location, place.id) if place.id else None
    was = {one: surgeon_parts.record(one) for one in _there(session, place.id)} if row else {}
    fax = row.fax if row else place.fax
    saved = surgeon_parts.write_location(session, row or Location(), place)
    _forget_verified(session, was, saved.id, fax, place.fax)
    action = AuditAction.CREATED if row is None else AuditAction.CHANGED
    events.record(session, action, "location", saved.id)
    for one, before in was.items():
        _follow(session, one, before)
    return saved


@needs(Permission.CHANGE_DIRECTORY)
def change(
    session: Session, before: LocationRecord, after: LocationRecord, saved: str = ""
) -> LocationRecord:
    """Write what differs between two records of a stored location, for all surgeons there, and return it as stored.

    What others changed meanwhile stays; the change is in the history of every surgeon there. Nobody there has verified
    a fax that is new; `saved` is the id of the entry that was saved with it just before and may say that it was.
    Raises InvalidInput by field, Conflict where someone else changed the same answer, NotFound.
    """
    after = replace(after, state=after.state.upper())
    changed = [
        one.name for one in fields(LocationRecord) if getattr(before, one.name) != getattr(after, one.name)
    ]
    row = session.get(Location, before.id)
    if row is None:
        raise NotFound("This location is not in the directory any more.")
    stored = surgeon_parts.location(row)
    for name in changed:
        if getattr(stored, name) not in (getattr(before, name), getattr(after, name)):
            raise Conflict("Someone else changed this location in the meantime. Open the entry again.")
    problems = surgeon_rules.location_problems(after)
    if wrong := {name: sentence for name, sentence in problems.items() if name in changed}:
        raise InvalidInput(wrong)
    there = _there(session, before.id)
    was = {one.id: surgeon_parts.record(one) for one in there}
    for name in changed:
        setattr(row, name, getattr(after, name))
    session.flush()
    others = [one for one in there if one.id != saved]
    _forget_verified(session, others, before.id, stored.fax, row.fax)
    events.record(session, AuditAction.CHANGED, "location", before.id, fields=changed)
    for one in there:
        _follow(session, one, was[one.id])
    return surgeon_parts.location(row)


def _forget_verified(
    session: Session, there: Iterable[tables.Surgeon], location_id: str, was: str, now: str
) -> None:
    """Leave out who verified the fax of a location that has another number now; nobody verified that one."""
    if phones.digits(was) != phones.digits(now):
        for one in there:
            surgeon_parts.forget_verified(one, location_id)
        session.flush()


def _there(session: Session, location_id: str) -> list[tables.Surgeon]:
    """Return the rows of all surgeons at a location."""
    at = select(tables.Placement.surgeon_id).where(tables.Placement.location_id == location_id)
    found = select(tables.Surgeon).where(tables.Surgeon.id.in_(at)).options(*surgeon_parts.loading())
    return list(session.scalars(found))


def _follow(session: Session, row: tables.Surgeon, before: SurgeonRecord) -> None:
    """Bring index and history of a surgeon up to date after a location changed."""
    after = surgeon_parts.record(row)
    if after != before:
        directory_index.follow(session, row.number, before, after)
        directory_history.note(session, DirectoryAct.CHANGED, before, after)
