"""The rows of entries that an import writes over, puts back or takes away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral_app.models import surgeon as tables
from referral_app.models.location import Location
from referral_app.services import directory_index, entry_fields, surgeon_parts
from referral_app.services.surgeon_records import LocationRecord, SurgeonRecord


def remove(session: Session, ids: Sequence[str]) -> None:
    """Delete entries with their lists, and the locations where nobody is left."""
    of = tables.Placement.surgeon_id.in_(ids)
    places = session.scalars(select(tables.Placement.location_id).where(of).distinct()).all()
    session.execute(delete(tables.Surgeon).where(tables.Surgeon.id.in_(ids)))
    used = select(tables.Placement.id).where(tables.Placement.location_id == Location.id).exists()
    session.execute(delete(Location).where(Location.id.in_(places), ~used))


def lay(
    session: Session, row: tables.Surgeon, current: SurgeonRecord, wanted: SurgeonRecord
) -> SurgeonRecord:
    """Write an entry with its locations and return it as stored; the index follows."""
    for place in wanted.placements:
        at = session.get(Location, place.location.id) if place.location.id else None
        if at is not None and surgeon_parts.location(at) != place.location:
            _change_location(session, at, place.location, row.id)
    surgeon_parts.write(session, row, wanted)
    session.expire(row)
    fresh = session.get_one(tables.Surgeon, row.id, options=surgeon_parts.loading())
    stored = surgeon_parts.record(fresh)
    directory_index.follow(session, row.number, current, stored)
    return stored


def _change_location(session: Session, at: Location, place: LocationRecord, but: str) -> None:
    """Write a location that is shared; the index follows for the others who are there."""
    there = select(tables.Placement.surgeon_id).where(tables.Placement.location_id == at.id)
    wanted = select(tables.Surgeon).where(tables.Surgeon.id.in_(there), tables.Surgeon.id != but)
    others = session.scalars(wanted.options(*surgeon_parts.loading())).all()
    before = {one.id: surgeon_parts.record(one) for one in others}
    surgeon_parts.write_location(session, at, place)
    directory_index.follow_all(
        session, [(one.number, before[one.id], surgeon_parts.record(one)) for one in others]
    )


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
