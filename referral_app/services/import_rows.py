"""The rows of entries that an import writes over, puts back or takes away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral_app.choices import DirectoryAct
from referral_app.clinical import phones
from referral_app.models import surgeon as tables
from referral_app.models.location import Location
from referral_app.models.work import Appointment
from referral_app.services import (
    directory_history,
    directory_index,
    entry_fields,
    import_merging,
    surgeon_parts,
)
from referral_app.services.surgeon_records import LocationRecord, Placement, SurgeonRecord


def remove(session: Session, ids: Sequence[str]) -> None:
    """Delete entries with their lists, and the locations where nobody is left and no visit is to be."""
    of = tables.Placement.surgeon_id.in_(ids)
    places = session.scalars(select(tables.Placement.location_id).where(of).distinct()).all()
    session.execute(delete(tables.Surgeon).where(tables.Surgeon.id.in_(ids)))
    used = select(tables.Placement.id).where(tables.Placement.location_id == Location.id).exists()
    visited = select(Appointment.location_id).where(Appointment.location_id.in_(places))
    visits = set(session.scalars(visited))
    empty = Location.id.in_([one for one in places if one not in visits])
    session.execute(delete(Location).where(empty, ~used))


def lay(
    session: Session,
    row: tables.Surgeon,
    current: SurgeonRecord,
    wanted: SurgeonRecord,
    import_id: str | None = None,
) -> SurgeonRecord:
    """Write an entry with its locations and return it as stored; index and history of others there follow."""
    moved: list[tuple[Location, LocationRecord]] = []
    for place in wanted.placements:
        at = session.get(Location, place.location.id) if place.location.id else None
        if at is not None and surgeon_parts.location(at) != place.location:
            moved.append((at, place.location))
    surgeon_parts.write(session, row, wanted)  # before the locations: it asks which number a fax had
    for at, place in moved:
        _change_location(session, at, place, row.id, import_id)
    session.expire(row)
    fresh = session.get_one(tables.Surgeon, row.id, options=surgeon_parts.loading())
    stored = surgeon_parts.record(fresh)
    directory_index.follow(session, row.number, current, stored)
    return stored


def _change_location(
    session: Session, at: Location, place: LocationRecord, but: str, import_id: str | None
) -> None:
    """Write a location that is shared; the others there follow, and nobody of them has verified a fax that is new."""
    there = select(tables.Placement.surgeon_id).where(tables.Placement.location_id == at.id)
    wanted = select(tables.Surgeon).where(tables.Surgeon.id.in_(there), tables.Surgeon.id != but)
    others = session.scalars(wanted.options(*surgeon_parts.loading())).all()
    before = {one.id: surgeon_parts.record(one) for one in others}
    is_other_fax = phones.digits(at.fax) != phones.digits(place.fax)
    surgeon_parts.write_location(session, at, place)
    if is_other_fax:
        for one in others:
            surgeon_parts.forget_verified(one, at.id)
        session.flush()
    after = {one.id: surgeon_parts.record(one) for one in others}
    directory_index.follow_all(session, [(one.number, before[one.id], after[one.id]) for one in others])
    for one in others:
        if not directory_index.is_staged(session, one.number):  # new in an import that is out of view
            directory_history.note(
                session, DirectoryAct.CHANGED, before[one.id], after[one.id], import_id=import_id
            )


def laid_over(
    session: Session, before: SurgeonRecord, after: SurgeonRecord, current: SurgeonRecord
) -> SurgeonRecord:
    """Return an entry with what an import changes of it; of a location that is stored only what the import changes."""
    values = {name: getattr(after, name) for name in touched(before, after)}
    if "placements" in values:
        values["placements"] = tuple(
            _placement_over(session, place, before, current) for place in after.placements
        )
    return replace(current, **values)


def location_conflict(session: Session, before: SurgeonRecord, after: SurgeonRecord) -> str:
    """Return which field of which location an import changes that somebody else changed meanwhile, "" for none."""
    once = {place.location.id: place.location for place in before.placements}
    for place in after.placements:
        was, stored = once.get(place.location.id), _stored(session, place.location.id)
        if was is None or stored is None:
            continue
        for name in _other_fields(was, place.location):
            if getattr(stored, name) not in (getattr(was, name), getattr(place.location, name)):
                return f"{import_merging.label(name)} of {stored.name}"
    return ""


def _placement_over(
    session: Session, is_: Placement, before: SurgeonRecord, current: SurgeonRecord
) -> Placement:
    was, now = _at(before, is_.location.id), _at(current, is_.location.id)
    stored = _stored(session, is_.location.id)
    if stored is None:
        return is_
    moved = _other_fields(was.location, is_.location) if was else ()
    location = replace(stored, **{name: getattr(is_.location, name) for name in moved})
    if was is None or now is None:
        return replace(is_, location=location)
    return replace(
        now, location=location, **{name: getattr(is_, name) for name in _other_fields(was, is_, "location")}
    )


def _at(entry: SurgeonRecord, location_id: str) -> Placement | None:
    return next((place for place in entry.placements if place.location.id == location_id), None)


def _stored(session: Session, location_id: str) -> LocationRecord | None:
    at = session.get(Location, location_id) if location_id else None
    return surgeon_parts.location(at) if at is not None else None


def _other_fields(was: LocationRecord | Placement, is_: LocationRecord | Placement, *but: str) -> list[str]:
    names = [one.name for one in fields(was) if one.name not in but]
    return [name for name in names if getattr(was, name) != getattr(is_, name)]


def touched(before: SurgeonRecord, after: SurgeonRecord) -> list[str]:
    """Return the names of the fields that a change of an import touched, locations among them."""
    names = entry_fields.differing(before, after)
    if "placements" not in names and before.placements != after.placements:
        names.append("placements")
    return names


def untouched(name: str, current: SurgeonRecord, before: SurgeonRecord, after: SurgeonRecord) -> bool:
    """Tell whether a field is as a change left it; a shared location may be back already with another entry's undo."""
    if name != "placements":
        return getattr(current, name) == getattr(after, name)
    once = {place.location.id: place.location for place in before.placements}
    return len(current.placements) == len(after.placements) and all(
        one == other or one == replace(other, location=once.get(other.location.id, other.location))
        for one, other in zip(current.placements, after.placements, strict=True)
    )
