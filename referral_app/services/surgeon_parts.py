"""How a directory entry lies in the tables: its rows written from a record, and the record read from its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from referral_app.choices import ProcedureKind
from referral_app.clinical import phones
from referral_app.clinical.requirements import Requirement
from referral_app.models import surgeon as tables
from referral_app.models.base import new_id
from referral_app.models.location import Location
from referral_app.models.procedure import Procedure
from referral_app.services.folding import searchable
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Handout,
    LocationRecord,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
)  # fmt: skip

PARTS = ("credentials", "procedures", "placements", "plans", "languages", "requirements", "handouts")
"""The lists of an entry, each a table of its own."""

_LISTS = (*PARTS, "plans_verified", "experience")
"""The fields of an entry that lie in those tables."""

_PLAIN = (
    "given_name", "family_name", "degrees", "specialty", "accepting", "accepting_from", "age_min", "age_max", "refuses",
    "next_visit_days", "next_surgery_days", "waits_claimed_on", "verified_on", "verified_by", "verified_how",
    "source", "how_to_refer", "booking", "self_referral", "email", "portal", "authorization_contact", "last_day",
    "successor_id", "away_from", "away_to", "away_note", "notes", "public_note", "invented", "archived",
    "merged_into_id",
)  # fmt: skip

_VERIFIED = ("fax_verified_on", "fax_verified_by", "fax_verified_how")

_PLACED = ("phone", "fax", "days", "contact", "fax_verified_on", "fax_verified_by", "fax_verified_how")


def loading() -> list[Any]:
    """Return the loader options that bring a surgeon with everything a record needs, in few statements."""
    return [selectinload(getattr(tables.Surgeon, name)) for name in PARTS]


def write(session: Session, row: tables.Surgeon, entry: SurgeonRecord) -> None:
    """Write an entry that was checked into its row and the rows of its lists."""
    before = record(row) if inspect(row).persistent else None
    for name in _PLAIN:
        setattr(row, name, getattr(entry, name))
    row.npi = entry.npi or None
    row.thresholds = dict(entry.thresholds) or None
    row.sort_name = entry.sort_name
    row.folded_name = searchable(entry.family_name, entry.given_name)
    session.add(row)
    _replace_lists(session, row, entry, before.placements if before else ())
    if before and any(getattr(before, name) != getattr(entry, name) for name in _LISTS):
        raise_version(row)
    session.flush()


def raise_version(row: tables.Surgeon) -> None:
    """Let the version rise with the next flush: SQLAlchemy counts no change that lies in a list alone."""
    flag_modified(row, "sort_name")


def forget_verified(row: tables.Surgeon, location_id: str) -> None:
    """Leave out who verified the fax of a location that is another one now, where the surgeon has no own one there."""
    for one in row.placements:
        if one.location_id == location_id and not one.fax and one.fax_verified_on:
            one.fax_verified_on, one.fax_verified_by, one.fax_verified_how = None, "", ""
            raise_version(row)


def write_location(session: Session, row: Location, place: LocationRecord) -> LocationRecord:
    """Write a location into its row and return it as stored."""
    for field in fields(LocationRecord):
        if field.name != "id":
            setattr(row, field.name, getattr(place, field.name))
    row.state = place.state.upper()
    session.add(row)
    session.flush()
    return location(row)


def record(row: tables.Surgeon) -> SurgeonRecord:
    """Return the record of a row that was loaded with `loading()`."""
    return SurgeonRecord(
        **{name: getattr(row, name) for name in _PLAIN},
        id=row.id,
        npi=row.npi or "",
        version=row.version,
        languages=tuple(item.code for item in row.languages),
        procedures=tuple(
            procedure(item.procedure)
            for item in sorted(row.procedures, key=lambda item: item.procedure.position)
        ),
        placements=tuple(
            Placement(location(item.location), **{name: getattr(item, name) for name in _PLACED})
            for item in row.placements
        ),
        credentials=tuple(
            Credential(item.kind, item.title, item.issuer, item.year, item.until) for item in row.credentials
        ),
        plans=tuple(sorted(item.plan.name for item in row.plans)),
        plans_verified=tuple(
            sorted((item.plan.name, item.verified_on) for item in row.plans if item.verified_on)
        ),
        experience=_experience(row),
        handouts=tuple(Handout(item.title, item.language, item.place) for item in row.handouts),
        requirements=tuple(_requirement(item) for item in row.requirements),
        thresholds=tuple(sorted((row.thresholds or {}).items())),
    )


def procedure(row: Procedure) -> ProcedureRecord:
    """Return the record of a procedure."""
    return ProcedureRecord(row.id, row.code, row.kind, row.name, row.detail)


def location(row: Location) -> LocationRecord:
    """Return the record of a location."""
    return LocationRecord(**{field.name: getattr(row, field.name) for field in fields(LocationRecord)})


def _replace_lists(
    session: Session, row: tables.Surgeon, entry: SurgeonRecord, before: Sequence[Placement]
) -> None:
    ids = {row.code: row.id for row in session.execute(select(Procedure.code, Procedure.id))}
    for name in PARTS:
        getattr(row, name).clear()
    session.flush()
    row.credentials = [
        tables.Credential(position=n, **asdict(one)) for n, one in enumerate(entry.credentials)
    ]
    row.handouts = [tables.Handout(position=n, **asdict(one)) for n, one in enumerate(entry.handouts)]
    row.procedures = _done(session, entry)
    row.placements = [_placed(session, n, one, before) for n, one in enumerate(entry.placements)]
    verified = dict(entry.plans_verified)
    row.plans = [
        tables.SurgeonPlan(plan=_plan(session, name), verified_on=verified.get(name))
        for name in dict.fromkeys(entry.plans)
    ]
    row.languages = [
        tables.SurgeonLanguage(code=code, position=n) for n, code in enumerate(dict.fromkeys(entry.languages))
    ]
    row.requirements = [
        tables.Requirement(
            position=n, kind=r.kind, amount=r.amount, level=r.level, detail=r.detail,
            **concerned(ids, r.procedure),
        )
        for n, r in enumerate(entry.requirements)
    ]  # fmt: skip


def concerned(ids: Mapping[str, str], procedure: str | None) -> dict[str, Any]:
    """Return the columns of a requirement that say which procedure, or which kind of them, it is for."""
    if not procedure or procedure in ids:
        return {"procedure_id": ids.get(procedure or ""), "procedure_kind": None}
    return {"procedure_id": None, "procedure_kind": ProcedureKind(procedure)}


def _placed(session: Session, position: int, one: Placement, before: Sequence[Placement]) -> tables.Placement:
    """Return the row of a placement; a location that is not stored yet is written first, one of another store too."""
    key = one.location.id or new_id()
    if session.get(Location, key) is None:
        write_location(session, Location(id=key), one.location)
    at = session.get_one(Location, key)
    own = {name: getattr(one, name) for name in _PLACED}
    if _verified_another(one, before):
        own |= {"fax_verified_on": None, "fax_verified_by": "", "fax_verified_how": ""}
    return tables.Placement(position=position, location=at, **own)


def _verified_another(one: Placement, before: Sequence[Placement]) -> bool:
    """Tell whether what a placement says of its fax was said of the number that stood there before.

    The number is what the placement says: that of a shared location is written after the entry (`locations.change`).
    """
    if not one.fax_verified_on:
        return False
    number, said = phones.digits(one.fax or one.location.fax), [getattr(one, name) for name in _VERIFIED]
    return any(
        [getattr(old, name) for name in _VERIFIED] == said
        and phones.digits(old.fax or old.location.fax) != number
        for old in before
        if old.location.id == one.location.id
    )


def _done(session: Session, entry: SurgeonRecord) -> list[tables.SurgeonProcedure]:
    """Return the rows of what a surgeon does, each with its experience."""
    told = {one.procedure: one for one in entry.experience}
    made: list[tables.SurgeonProcedure] = []
    for done in entry.procedures:
        one = told.get(done.code) or Experience(done.code)
        made.append(
            tables.SurgeonProcedure(
                procedure=session.get_one(Procedure, done.id), since_year=one.since_year,
                per_year=one.per_year, note=one.note,
            )
        )  # fmt: skip
    return made


def _plan(session: Session, name: str) -> tables.Plan:
    return session.scalar(select(tables.Plan).where(tables.Plan.name == name)) or tables.Plan(name=name)


def _experience(row: tables.Surgeon) -> tuple[Experience, ...]:
    """Return what is told of the experience with procedures, in their order; nothing where nothing is told."""
    found = [
        (item.procedure.position, Experience(item.procedure.code, item.since_year, item.per_year, item.note))
        for item in row.procedures
        if item.since_year or item.per_year or item.note
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _requirement(item: tables.Requirement) -> Requirement:
    code = item.procedure.code if item.procedure else item.procedure_kind and str(item.procedure_kind)
    return Requirement(item.kind, item.amount, item.level, code, item.detail)
