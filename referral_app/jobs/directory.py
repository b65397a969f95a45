"""Bringing a surgeon directory in, and taking it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import phones
from referral_app.database import Database, Session
from referral_app.exchange import directory_json
from referral_app.paths import resource
from referral_app.services import audit, center, distance, matching, practices, surgeons
from referral_app.services.permissions import actor
from referral_app.services.surgeon_records import Found, LocationRecord, Placement, Query, SurgeonRecord

if TYPE_CHECKING:
    from referral_app.jobs.directory_import import Imported

Progress = Callable[[int, int], None]


def load_invented(db: Database, *, with_practice: bool = True) -> None:
    """Fill a store with the invented directory, and with the invented practice unless there is an office already."""
    given = directory_json.read(resource("invented/directory.json").read_text(encoding="utf-8"))
    with db.begin() as session, audit.as_one(session, AuditAction.IMPORTED, "surgeons") as noted:
        noted |= {"source": "invented directory", "count": len(given.entries)}
        center.save(session, given.center)
        center.replace_experts(session, given.experts)
        stored = _load_entries(session, given)
        trials = [
            replace(trial, surgeons=tuple((stored[npi].id, stored[npi].name) for npi, _ in trial.surgeons))
            for trial in given.trials
        ]
        center.replace_trials(session, trials)
        may = actor(session).may(Permission.ADMINISTER)
        if with_practice and may and not practices.is_entered(session):
            practices.save(session, given.practice)


def _load_entries(session: Session, given: directory_json.Directory) -> dict[str, SurgeonRecord]:
    """Write the surgeons of a directory in JSON, then who follows whom, and return them by NPI."""
    places = _stored_places(session, given.locations)
    known = {item.code: item for item in surgeons.procedures(session)}
    stored: dict[str, SurgeonRecord] = {}
    for entry in given.entries:
        record = directory_json.surgeon(entry, places, known)
        old = surgeons.find_by(session, record.npi)
        record = replace(record, id=old.id, version=old.version) if old else record
        stored[record.npi] = surgeons.save(session, record)
    for entry in given.entries:
        if npi := directory_json.successor_of(entry):
            one = stored[entry["npi"]]
            stored[one.npi] = surgeons.save(session, replace(one, successor_id=stored[npi].id))
    return stored


def import_csv(db: Database, path: Path, progress: Progress | None = None) -> Imported:
    """Bring the surgeons of a file in, everything that is not refused; the columns as remembered, or else guessed.

    Raises InvalidInput with one sentence where the file cannot be read as a directory.
    """
    from referral_app.jobs import directory_import, directory_reading

    plan = directory_reading.Plan(path)
    return directory_import.run(db, plan, progress or (lambda done, of: None), lambda: False)


def export_csv(db: Database, path: Path) -> int:
    """Write the whole directory into a file and return how many surgeons it holds; raises InvalidInput."""
    from referral_app.jobs import directory_export

    return directory_export.export(db, path).count


def search(db: Database, query: Query) -> list[dict[str, Any]]:
    """Return the surgeons that fit in the form of contract section 7, best first; raises InvalidInput."""
    return [_as_json(item) for item in found(db, query)]


def found(db: Database, query: Query) -> list[Found]:
    """Return the surgeons that fit, best first, and note the search; raises InvalidInput."""
    with db.read() as session:
        matching.refuse_unknown(session, query)
        answers = matching.find(session, query)
        audit.searched(session, "surgeons", query.said, len(answers))
        return [_near_first(item, query.zip) for item in answers]


def _near_first(item: Found, zip_code: str) -> Found:
    """Return what was found with the nearest place first, since the miles are to that one."""
    if item.miles is None:
        return item

    def away(place: Placement) -> float:
        miles = distance.miles(zip_code, place.location.zip)
        return inf if miles is None else miles

    placements = tuple(sorted(item.surgeon.placements, key=away))
    return replace(item, surgeon=replace(item.surgeon, placements=placements))


def line(item: Found) -> str:
    """Return a surgeon who was found as one line: name, where, phone and fax to refer by, and why."""
    place = next(iter(item.surgeon.placements), None)
    where = phone = fax = ""
    if place is not None:
        at = place.location
        where = f"{at.city}, {at.state}" if at.city else ""
        phone, fax = phones.say(place.phone or at.phone), phones.say(place.fax or at.fax)
    numbers = ", ".join(f"{name} {number}" for name, number in (("phone", phone), ("fax", fax)) if number)
    return (
        f"{item.surgeon.name:<34}  {where:<22}  {numbers or 'no phone or fax':<42}  {'; '.join(item.reasons)}"
    )


def _as_json(item: Found) -> dict[str, Any]:
    surgeon = item.surgeon
    first = surgeon.placements[0].location if surgeon.placements else LocationRecord()
    return {
        "id": surgeon.id,
        "npi": surgeon.npi,
        "name": surgeon.name,
        "procedures": [procedure.code for procedure in surgeon.procedures],
        "city": first.city,
        "state": first.state,
        "miles": item.miles,
        "accepting": str(surgeon.accepting),
        "next_available_days": surgeon.next_visit_days,
        "verified_on": surgeon.verified_on.isoformat() if surgeon.verified_on else None,
        "reasons": list(item.reasons),
    }


def _stored_places(session: Session, given: dict[str, LocationRecord]) -> dict[str, LocationRecord]:
    stored = {(item.name, item.zip): item for item in surgeons.locations(session)}
    return {
        key: stored.get((place.name, place.zip)) or surgeons.location(session, place)
        for key, place in given.items()
    }
