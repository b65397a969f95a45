"""New entries written by the hundred, with ids that rise, so that every table grows at its end."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models import surgeon as tables
from referral_app.models.base import new_id
from referral_app.models.location import Location
from referral_app.models.procedure import Procedure
from referral_app.services import surgeon_parts
from referral_app.services.compact import Ids, hyphenated
from referral_app.services.folding import searchable
from referral_app.services.permissions import needs
from referral_app.services.surgeon_parts import concerned
from referral_app.services.surgeon_records import LocationRecord, Placement, SurgeonRecord

_SURGEON: Table = tables.Surgeon.__table__  # pyright: ignore[reportAssignmentType]
_OWN = [
    one.name
    for one in fields(SurgeonRecord)
    if one.name in _SURGEON.c and one.name not in ("id", "npi", "version")
]
_PLACE = [one.name for one in fields(LocationRecord) if one.name != "id"]
_told = attrgetter(*_PLACE)
Record = TypeVar("Record")

Rows = dict[Any, list[dict[str, Any]]]
"""Rows to be inserted, by table, in an order in which none points to one that is not there yet."""


def rising_ids() -> Callable[[], str]:
    """Return a function that makes UUIDs (version 7: by time) as 32 digits, each greater than the one before."""
    start = f"{time.time_ns() // 1_000_000:012x}7{secrets.randbits(12):03x}"
    tail = f"{secrets.randbits(28):07x}"
    count = 0

    def make() -> str:
        nonlocal count
        count += 1
        return f"{start}{0x80000000 + count:08x}{tail}0"

    return make


@dataclass
class Making:
    """What all entries of one import share: its id and moment, ids that rise, and where its locations are."""

    import_id: str
    moment: datetime
    new_id: Callable[[], str]
    places: Ids
    plans: dict[str, str]
    procedures: Mapping[str, str]

    def rows(
        self, entries: Iterable[tuple[int, SurgeonRecord]]
    ) -> tuple[Rows, list[tuple[int, SurgeonRecord]]]:
        """Return the rows of new entries by number, and the entries as they will be stored."""
        rows: Rows = {
            table: []
            for table in (
                Location, tables.Surgeon, tables.Placement, tables.SurgeonLanguage, tables.SurgeonProcedure,
                tables.SurgeonPlan, tables.Credential, tables.Requirement, tables.Handout,
            )
        }  # fmt: skip
        stored: list[tuple[int, SurgeonRecord]] = []
        for number, entry in entries:
            placements = tuple(
                _changed(one, location=self._place(rows, one.location)) for one in entry.placements
            )
            identity = hyphenated(entry.id or self.new_id())
            made = _changed(entry, id=identity, placements=placements, version=1)
            rows[tables.Surgeon].append(self._surgeon(number, made))
            self._lists(rows, made)
            stored.append((number, made))
        return {table: many for table, many in rows.items() if many}, stored

    def _surgeon(self, number: int, entry: SurgeonRecord) -> dict[str, Any]:
        told = vars(entry)
        row = {name: told[name] for name in _OWN}
        row |= {
            "id": entry.id, "version": 1, "created": self.moment, "updated": self.moment, "number": number,
            "import_id": self.import_id, "npi": entry.npi or None, "sort_name": entry.sort_name,
            "thresholds": dict(entry.thresholds) or None,
            "folded_name": searchable(entry.family_name, entry.given_name),
        }  # fmt: skip
        return row

    def _place(self, rows: Rows, place: LocationRecord) -> LocationRecord:
        """Return a location with its id; one told in the same words is the same: the index tells the truth."""
        if place.id:
            return place
        key = place_key(place)
        if known := self.places.get(key):
            return _changed(place, id=hyphenated(known))
        made = _changed(place, id=hyphenated(self.new_id()))
        self.places.add(key, made.id)
        row = dict(vars(made))
        row |= {"version": 1, "created": self.moment, "updated": self.moment}
        rows[Location].append(row)
        return made

    def _lists(self, rows: Rows, entry: SurgeonRecord) -> None:
        own = {"surgeon_id": entry.id}
        seen: set[str] = set()
        for n, one in enumerate(entry.placements):
            if one.location.id not in seen:
                seen.add(one.location.id)
                row = dict(vars(one))
                row |= {"id": self.new_id(), **own, "location_id": row.pop("location").id, "position": n}
                rows[tables.Placement].append(row)
        rows[tables.SurgeonLanguage] += [
            {"id": self.new_id(), **own, "code": code, "position": n}
            for n, code in enumerate(entry.languages)
        ]
        if entry.plans or entry.procedures or entry.credentials or entry.handouts or entry.requirements:
            self._rare_lists(rows, entry, own)  # the national file has none of them

    def _rare_lists(self, rows: Rows, entry: SurgeonRecord, own: dict[str, str]) -> None:
        verified, experience = dict(entry.plans_verified), {one.procedure: one for one in entry.experience}
        rows[tables.SurgeonPlan] += [
            {"id": self.new_id(), **own, "plan_id": self.plans[name], "verified_on": verified.get(name)}
            for name in entry.plans
        ]
        for one in entry.procedures:
            more = experience.get(one.code)
            rows[tables.SurgeonProcedure].append(
                {"id": self.new_id(), **own, "procedure_id": one.id, "note": more.note if more else "",
                 "since_year": more and more.since_year, "per_year": more and more.per_year}
            )  # fmt: skip
        for table, many in ((tables.Credential, entry.credentials), (tables.Handout, entry.handouts)):
            rows[table] += [
                {"id": self.new_id(), **own, "position": n, **vars(one)} for n, one in enumerate(many)
            ]
        rows[tables.Requirement] += [
            {"id": self.new_id(), **own, "position": n, "kind": one.kind, "amount": one.amount, "level": one.level,
             "detail": one.detail, **concerned(self.procedures, one.procedure)}
            for n, one in enumerate(entry.requirements)
        ]  # fmt: skip


def place_key(place: Any) -> str:
    """Return all that is told of a location, or of the row of one."""
    return str(_told(place))


@needs(Permission.CHANGE_DIRECTORY)
def refreshed(session: Session, entries: Iterable[SurgeonRecord]) -> list[SurgeonRecord]:
    """Return new entries with the locations that are stored as they are now; one that is gone is new again."""
    return [_refreshed(session, one) for one in entries]


def _refreshed(session: Session, entry: SurgeonRecord) -> SurgeonRecord:
    if not any(place.location.id for place in entry.placements):
        return entry
    placements: list[Placement] = []
    for place in entry.placements:
        at = session.get(Location, place.location.id) if place.location.id else None
        now = surgeon_parts.location(at) if at is not None else _changed(place.location, id="")
        placements.append(_changed(place, location=now))
    return _changed(entry, placements=tuple(placements))


@needs(Permission.CHANGE_DIRECTORY)
def making(session: Session, import_id: str, moment: datetime) -> Making:
    """Return what the new entries of an import share, with the locations and plans that are stored already."""
    places = Ids()
    found = select(Location.id, *(getattr(Location, name) for name in _PLACE))
    for row in session.execute(found.execution_options(yield_per=2000)):
        places.add(place_key(row), row.id)
    procedures = {row.code: row.id for row in session.execute(select(Procedure.code, Procedure.id))}
    return Making(import_id, moment, rising_ids(), places, _plans(session), procedures)


@needs(Permission.CHANGE_DIRECTORY)
def add_plans(session: Session, plans: dict[str, str], names: Iterable[str]) -> None:
    """Store the plans that are new, and bring the ids of all plans by name up to date."""
    plans |= _plans(session)
    if fresh := [{"id": new_id(), "name": name} for name in dict.fromkeys(names) if name not in plans]:
        session.execute(insert(tables.Plan), fresh)
        plans |= {row["name"]: row["id"] for row in fresh}


@needs(Permission.CHANGE_DIRECTORY)
def write(session: Session, rows: Rows) -> None:
    """Insert rows, each table at once."""
    for table, many in rows.items():
        session.execute(insert(table.__table__), many)


def _plans(session: Session) -> dict[str, str]:
    return {row.name: row.id for row in session.execute(select(tables.Plan.name, tables.Plan.id))}


def _changed(record: Record, **values: Any) -> Record:
    """Return a record with other values; `dataclasses.replace` takes ten times as long, and a million are made."""
    made = object.__new__(type(record))
    vars(made).update(vars(record), **values)
    return made
