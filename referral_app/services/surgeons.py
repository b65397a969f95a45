"""The surgeon directory: looking an entry up and keeping it right; finding one is in `matching`."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from referral_app.choices import LANGUAGES, AuditAction, DirectoryAct, Permission
from referral_app.clinical import npi, phones
from referral_app.clinical.requirements import Requirement
from referral_app.models import surgeon as tables
from referral_app.models.location import Location
from referral_app.models.procedure import Procedure
from referral_app.services import directory_history, events
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.folding import searchable
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Found,
    Handout,
    LocationRecord,
    Placement,
    ProcedureRecord,
    Query,
    SurgeonRecord,
    spoken_name,
)  # fmt: skip

__all__ = [
    "Credential", "Experience", "Found", "Handout", "LocationRecord", "Placement", "ProcedureRecord", "Query",
    "SurgeonRecord", "archive", "by_npi", "find_by", "get", "location", "locations", "photo", "plans", "procedures",
    "save", "save_photo",
]  # fmt: skip

_PLAIN = (
    "given_name", "family_name", "degrees", "specialty", "accepting", "accepting_from", "age_min", "age_max", "refuses",
    "next_visit_days", "next_surgery_days", "waits_claimed_on", "verified_on", "verified_by", "verified_how",
    "source", "how_to_refer", "booking", "self_referral", "email", "portal", "authorization_contact", "last_day",
    "successor_id", "away_from", "away_to", "away_note", "notes", "public_note", "invented", "archived",
)  # fmt: skip

_PLACED = ("phone", "fax", "days", "contact", "fax_verified_on", "fax_verified_by", "fax_verified_how")

_NAMES = select(
    tables.Surgeon.id, tables.Surgeon.given_name, tables.Surgeon.family_name, tables.Surgeon.degrees
)
_BY_NPI = _NAMES.where(tables.Surgeon.npi == bindparam("name"))
_BY_ID = _NAMES.where(tables.Surgeon.id == bindparam("name"))


def loading() -> list[Any]:
    """Return the loader options that bring a surgeon with everything a record needs, in few statements."""
    s = tables.Surgeon
    return [
        selectinload(part)
        for part in (
            s.credentials,
            s.procedures,
            s.placements,
            s.plans,
            s.languages,
            s.requirements,
            s.handouts,
        )
    ]


@needs(Permission.SEE_DIRECTORY)
def get(session: Session, surgeon_id: str) -> SurgeonRecord:
    """Return a surgeon; raises NotFound."""
    return record(_row(session, surgeon_id))


@needs(Permission.SEE_DIRECTORY)
def by_npi(session: Session, number: str) -> SurgeonRecord:
    """Return the surgeon with an NPI; raises NotFound."""
    row = session.scalar(select(tables.Surgeon).where(tables.Surgeon.npi == number).options(*loading()))
    if row is None:
        raise NotFound(f"No surgeon of the directory has the NPI {number}.")
    return record(row)


@needs(Permission.SEE_DIRECTORY)
def find_by(session: Session, name: str) -> SurgeonRecord | None:
    """Return the surgeon that an intake names by id or NPI, None where there is none."""
    return _find_by(session, name)


def _find_by(session: Session, name: str) -> SurgeonRecord | None:
    row = session.scalar(select(tables.Surgeon).where(_named(name)).options(*loading()))
    return None if row is None else record(row)


@needs(Permission.SEE_DIRECTORY)
def known_as(session: Session, name: str) -> tuple[str, str] | None:
    """Return the id and spoken name of the surgeon that an intake names by id or NPI, None where there is none."""
    row = session.execute(_BY_NPI if len(name) == 10 else _BY_ID, {"name": name}).first()
    return None if row is None else (row.id, spoken_name(row.given_name, row.family_name, row.degrees))


def _named(name: str) -> ColumnElement[bool]:
    return (tables.Surgeon.npi == name) if len(name) == 10 else (tables.Surgeon.id == name)


@needs(Permission.CHANGE_DIRECTORY)
def save(session: Session, entry: SurgeonRecord, act: DirectoryAct | None = None) -> SurgeonRecord:
    """Write an entry, new where its `id` is empty, and return it as stored; `act` is what its history calls it.

    Raises InvalidInput by field, Conflict when someone else changed the entry since it was read.
    """
    _refuse_invalid(session, entry)
    row = _row(session, entry.id) if entry.id else tables.Surgeon(number=_next_number(session))
    if entry.id and entry.version != row.version:
        raise Conflict(
            "Someone else changed this entry in the meantime. Open it again and repeat your change."
        )
    before = record(row) if entry.id else None
    for name in _PLAIN:
        setattr(row, name, getattr(entry, name))
    row.npi = entry.npi or None
    row.sort_name = entry.sort_name
    row.folded_name = searchable(entry.family_name, entry.given_name)
    row.folded = searchable(
        entry.given_name, entry.family_name, entry.degrees, entry.specialty, entry.npi, *entry.plans,
        *(p.name for p in entry.procedures), *(p.detail for p in entry.procedures),
        *(f"{p.location.name} {p.location.city} {p.location.state} {p.location.zip}" for p in entry.placements),
        *(LANGUAGES.get(code, code) for code in entry.languages), entry.notes,
        *(words for p in entry.placements for number in (p.phone, p.fax) for words in _said_of(number)),
    )  # fmt: skip
    session.add(row)
    _replace_parts(session, row, entry)
    session.flush()
    after = record(row)
    _note(session, before, after)
    return after


def _next_number(session: Session) -> int:
    return session.scalar(select(func.coalesce(func.max(tables.Surgeon.number), -1) + 1)) or 0


def _note(session: Session, before: SurgeonRecord | None, after: SurgeonRecord) -> None:
    """Note a save with the names of what changed."""
    if before is None:
        events.record(session, AuditAction.CREATED, "surgeon", after.id)
        return
    named = [field.name for field in fields(SurgeonRecord) if field.name != "version"]
    changed = [name for name in named if getattr(before, name) != getattr(after, name)]
    events.record(session, AuditAction.CHANGED, "surgeon", after.id, fields=changed)


def _said_of(number: str) -> tuple[str, ...]:
    """Return what people type of a phone number: all its digits, those without area code, the last four."""
    digits = phones.digits(number) if number else ""
    return (digits, digits[-7:], digits[-4:])


@needs(Permission.CHANGE_DIRECTORY)
def archive(session: Session, surgeon_id: str) -> None:
    """Take an entry out of the directory without losing it."""
    row = _row(session, surgeon_id)
    before, row.archived = record(row), True
    session.flush()
    events.record(session, AuditAction.REMOVED, "surgeon", surgeon_id)
    directory_history.note(session, DirectoryAct.ARCHIVED, before, record(row))


@needs(Permission.SEE_DIRECTORY)
def photo(session: Session, surgeon_id: str) -> bytes | None:
    """Return the photo of a surgeon as a JPEG, None where there is none."""
    return session.scalar(select(tables.Photo.content).where(tables.Photo.surgeon_id == surgeon_id))


@needs(Permission.CHANGE_DIRECTORY)
def save_photo(session: Session, surgeon_id: str, jpeg: bytes | None) -> None:
    """Keep the photo of a surgeon, a JPEG that was made small; None takes it away."""
    row = session.get(tables.Photo, surgeon_id)
    if jpeg is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(tables.Photo(surgeon_id=surgeon_id, content=jpeg))
    else:
        row.content = jpeg
    session.flush()
    events.record(session, AuditAction.CHANGED, "surgeon", surgeon_id, fields=["photo"])


@needs(Permission.SEE_DIRECTORY)
def procedures(session: Session) -> list[ProcedureRecord]:
    """Return the procedures of the directory in their order."""
    return [_procedure(row) for row in session.scalars(select(Procedure).order_by(Procedure.position))]


@needs(Permission.SEE_DIRECTORY)
def locations(session: Session) -> list[LocationRecord]:
    """Return all practice locations by name."""
    return [_location(row) for row in session.scalars(select(Location).order_by(Location.name))]


@needs(Permission.SEE_DIRECTORY)
def plans(session: Session) -> list[str]:
    """Return the names of all insurance plans."""
    return list(session.scalars(select(tables.Plan.name).order_by(tables.Plan.name)))


@needs(Permission.CHANGE_DIRECTORY)
def location(session: Session, place: LocationRecord) -> LocationRecord:
    """Write a location, new where its `id` is empty, and return it as stored."""
    row = session.get(Location, place.id) if place.id else None
    saved = _write_location(session, row or Location(), place)
    action = AuditAction.CREATED if row is None else AuditAction.CHANGED
    events.record(session, action, "location", saved.id)
    return saved


def _write_location(session: Session, row: Location, place: LocationRecord) -> LocationRecord:
    for field in fields(LocationRecord):
        if field.name != "id":
            setattr(row, field.name, getattr(place, field.name))
    session.add(row)
    session.flush()
    return _location(row)


def _new_location(session: Session, place: LocationRecord) -> LocationRecord:
    return _write_location(session, Location(), place)


def _row(session: Session, surgeon_id: str) -> tables.Surgeon:
    row = session.get(tables.Surgeon, surgeon_id, options=loading())
    if row is None:
        raise NotFound("This surgeon is not in the directory any more.")
    return row


def _refuse_invalid(session: Session, entry: SurgeonRecord) -> None:
    problems: dict[str, str] = {}
    if not entry.given_name.strip():
        problems["given_name"] = "Enter a first name."
    if not entry.family_name.strip():
        problems["family_name"] = "Enter a last name."
    if entry.npi and (problem := npi.problem(entry.npi)):
        problems["npi"] = problem
    elif entry.npi and (other := _find_by(session, entry.npi)) and other.id != entry.id:
        problems["npi"] = f"{other.name} already has this NPI."
    if entry.age_min is not None and entry.age_max is not None and entry.age_min > entry.age_max:
        problems["age_max"] = "The highest age is below the lowest."
    for number, place in enumerate(entry.placements):
        for name in ("phone", "fax"):
            value = getattr(place, name)
            if value and (problem := phones.problem(value)):
                problems[f"placements[{number}].{name}"] = problem
    if problems:
        raise InvalidInput(problems)


def _replace_parts(session: Session, row: tables.Surgeon, entry: SurgeonRecord) -> None:
    ids = {row.code: row.id for row in session.execute(select(Procedure.code, Procedure.id))}
    for name in ("credentials", "procedures", "placements", "plans", "languages", "requirements", "handouts"):
        getattr(row, name).clear()
    session.flush()
    row.credentials = [
        tables.Credential(position=n, **asdict(one)) for n, one in enumerate(entry.credentials)
    ]
    row.handouts = [tables.Handout(position=n, **asdict(one)) for n, one in enumerate(entry.handouts)]
    row.procedures = _done(session, entry)
    row.placements = [
        tables.Placement(
            position=n, location=session.get_one(Location, p.location.id or _new_location(session, p.location).id),
            **{name: getattr(p, name) for name in _PLACED},
        )
        for n, p in enumerate(entry.placements)
    ]  # fmt: skip
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
            procedure_id=ids.get(r.procedure) if r.procedure else None,
        )
        for n, r in enumerate(entry.requirements)
    ]  # fmt: skip


def _done(session: Session, entry: SurgeonRecord) -> list[tables.SurgeonProcedure]:
    """Return the rows of what a surgeon does, each with its experience."""
    told = {one.procedure: one for one in entry.experience}
    made: list[tables.SurgeonProcedure] = []
    for procedure in entry.procedures:
        one = told.get(procedure.code) or Experience(procedure.code)
        made.append(
            tables.SurgeonProcedure(
                procedure=session.get_one(Procedure, procedure.id), since_year=one.since_year,
                per_year=one.per_year, note=one.note,
            )
        )  # fmt: skip
    return made


def _plan(session: Session, name: str) -> tables.Plan:
    return session.scalar(select(tables.Plan).where(tables.Plan.name == name)) or tables.Plan(name=name)


def record(row: tables.Surgeon) -> SurgeonRecord:
    """Return the record of a row that was loaded with `loading()`."""
    return SurgeonRecord(
        **{name: getattr(row, name) for name in _PLAIN},
        id=row.id,
        npi=row.npi or "",
        version=row.version,
        languages=tuple(item.code for item in row.languages),
        procedures=tuple(
            _procedure(item.procedure)
            for item in sorted(row.procedures, key=lambda item: item.procedure.position)
        ),
        placements=tuple(
            Placement(_location(item.location), **{name: getattr(item, name) for name in _PLACED})
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
        requirements=tuple(
            Requirement(
                item.kind,
                item.amount,
                item.level,
                item.procedure.code if item.procedure else None,
                item.detail,
            )
            for item in row.requirements
        ),
    )


def _experience(row: tables.Surgeon) -> tuple[Experience, ...]:
    """Return what is told of the experience with procedures, in their order; nothing where nothing is told."""
    found = [
        (item.procedure.position, Experience(item.procedure.code, item.since_year, item.per_year, item.note))
        for item in row.procedures
        if item.since_year or item.per_year or item.note
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _procedure(row: Procedure) -> ProcedureRecord:
    return ProcedureRecord(row.id, row.code, row.kind, row.name, row.detail)


def _location(row: Location) -> LocationRecord:
    return LocationRecord(**{field.name: getattr(row, field.name) for field in fields(LocationRecord)})
