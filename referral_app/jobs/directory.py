"""Bringing a surgeon directory in, and taking it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from referral_app.choices import AuditAction, Permission
from referral_app.database import Database, Session
from referral_app.exchange import directory_csv, directory_json
from referral_app.paths import resource
from referral_app.services import audit, center, matching, practices, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, ask
from referral_app.services.surgeon_records import Found, LocationRecord, Placement, Query, SurgeonRecord

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Imported:
    """What an import did: how many entries were new or changed, and one sentence for each line refused."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[str, ...]


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
    """Bring the surgeons of a CSV file in: all good lines or, on a fault of ours, none.

    Raises InvalidInput with one sentence where the file cannot be read as a directory.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInput({"file": f"The file {path.name} cannot be read: {error.strerror}."}) from error
    with db.begin() as session, audit.as_one(session, AuditAction.IMPORTED, "surgeons") as noted:
        ask(session, Permission.CHANGE_DIRECTORY, "directory.import_csv")
        try:
            reading = directory_csv.read(data, surgeons.procedures(session))
        except ValueError as error:
            raise InvalidInput({"file": str(error)}) from error
        done = _write(session, reading, progress or (lambda done, of: None))
        noted |= {"new": done.new, "changed": done.changed, "refused": len(done.refused)}
        return done


def export_csv(db: Database, path: Path) -> int:
    """Write the whole directory into a CSV file and return how many surgeons it holds; raises InvalidInput."""
    with db.read() as session:
        found = matching.exported(session)
    try:
        path.write_text(directory_csv.write(found), encoding="utf-8", newline="")
    except OSError as error:
        raise InvalidInput({"file": f"The file {path} cannot be written: {error.strerror}."}) from error
    return len(found)


def search(db: Database, query: Query) -> list[dict[str, Any]]:
    """Return the surgeons that fit in the form of contract section 7, best first; raises InvalidInput."""
    with db.read() as session:
        matching.refuse_unknown(session, query)
        found = matching.find(session, query)
        audit.searched(session, "surgeons", query.said, len(found))
        return [_as_json(item) for item in found]


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


def _write(session: Session, reading: directory_csv.Reading, progress: Progress) -> Imported:
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    places = {(item.name, item.zip): item for item in surgeons.locations(session)}
    for number, entry in enumerate(reading.surgeons):
        placed = tuple(_placed(session, place, places) for place in entry.placements)
        counts[_save(session, replace(entry, placements=placed))] += 1
        progress(number + 1, len(reading.surgeons))
    return Imported(**counts, refused=tuple(reading.refused))


def _placed(session: Session, place: Placement, places: dict[tuple[str, str], LocationRecord]) -> Placement:
    key = (place.location.name, place.location.zip)
    if key not in places:
        places[key] = surgeons.location(session, place.location)
    return replace(place, location=places[key])


def _save(session: Session, entry: SurgeonRecord) -> str:
    """Write one entry of a file; what the file does not tell stays as it is."""
    old = surgeons.find_by(session, entry.npi) if entry.npi else _by_name(session, entry)
    if old is None:
        surgeons.save(session, entry)
        return "new"
    kept = {
        name: getattr(old, name)
        for name in (
            "id", "version", "credentials", "requirements", "waits_claimed_on", "verified_on", "verified_by",
            "verified_how", "notes", "invented", "archived",
        )
    }  # fmt: skip
    before = {place.location.id: place for place in old.placements}
    placed = tuple(
        replace(before.get(p.location.id, p), location=p.location, phone=p.phone, fax=p.fax, days=p.days)
        for p in entry.placements
    )
    merged = replace(entry, **kept, placements=placed, plans=tuple(sorted(entry.plans)))
    if merged == replace(old, procedures=merged.procedures) and set(old.procedures) == set(merged.procedures):
        return "unchanged"
    surgeons.save(session, merged)
    return "changed"


def _by_name(session: Session, entry: SurgeonRecord) -> SurgeonRecord | None:
    found = matching.find(session, Query(text=f"{entry.given_name} {entry.family_name}"), 2)
    same = [item.surgeon for item in found if item.surgeon.sort_name == entry.sort_name]
    return same[0] if len(same) == 1 else None


def _stored_places(session: Session, given: dict[str, LocationRecord]) -> dict[str, LocationRecord]:
    stored = {(item.name, item.zip): item for item in surgeons.locations(session)}
    return {
        key: stored.get((place.name, place.zip)) or surgeons.location(session, place)
        for key, place in given.items()
    }
