"""The surgeon directory: looking an entry up and keeping it right; finding one is in `matching`."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DirectoryAct, Permission
from referral_app.models import surgeon as tables
from referral_app.models.procedure import Procedure
from referral_app.services import directory_history, directory_index, events, surgeon_parts, surgeon_rules
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.locations import every as locations
from referral_app.services.locations import save as location
from referral_app.services.permissions import actor, needs
from referral_app.services.surgeon_parts import loading, record
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
    "SurgeonRecord", "archive", "by_npi", "find_by", "get", "loading", "location", "locations", "photo", "plans",
    "procedures", "record", "save", "save_photo", "seen",
]  # fmt: skip

_NAMES = select(
    tables.Surgeon.id, tables.Surgeon.given_name, tables.Surgeon.family_name, tables.Surgeon.degrees,
    tables.Surgeon.merged_into_id, tables.Surgeon.number,
)  # fmt: skip
_BY_NPI = _NAMES.where(tables.Surgeon.npi == bindparam("name"))
_BY_ID = _NAMES.where(tables.Surgeon.id == bindparam("name"))


@needs(Permission.SEE_DIRECTORY)
def get(session: Session, surgeon_id: str) -> SurgeonRecord:
    """Return a surgeon, private notes for those alone who keep the directory; raises NotFound."""
    return seen(session, _row(session, surgeon_id))


@needs(Permission.SEE_DIRECTORY)
def by_npi(session: Session, number: str) -> SurgeonRecord:
    """Return the surgeon with an NPI; raises NotFound."""
    row = session.scalar(select(tables.Surgeon).where(tables.Surgeon.npi == number).options(*loading()))
    if row is None or directory_index.is_staged(session, row.number):
        raise NotFound(f"No surgeon of the directory has the NPI {number}.")
    return seen(session, row)


@needs(Permission.SEE_DIRECTORY)
def find_by(session: Session, name: str) -> SurgeonRecord | None:
    """Return the surgeon that an intake names by id or NPI, None where there is none; the kept one of a merge."""
    row = session.scalar(select(tables.Surgeon).where(_named(name)).options(*loading()))
    while row is not None and row.merged_into_id:
        row = session.get(tables.Surgeon, row.merged_into_id, options=loading())
    return None if row is None or directory_index.is_staged(session, row.number) else seen(session, row)


@needs(Permission.SEE_DIRECTORY)
def known_as(session: Session, name: str) -> tuple[str, str] | None:
    """Return the id and spoken name of the surgeon that an intake names by id or NPI, None where there is none."""
    row = session.execute(_BY_NPI if len(name) == 10 else _BY_ID, {"name": name}).first()
    while row is not None and row.merged_into_id:
        row = session.execute(_BY_ID, {"name": row.merged_into_id}).first()
    if row is None or directory_index.is_staged(session, row.number):
        return None
    return row.id, spoken_name(row.given_name, row.family_name, row.degrees)


def _named(name: str) -> ColumnElement[bool]:
    return (tables.Surgeon.npi == name) if len(name) == 10 else (tables.Surgeon.id == name)


@needs(Permission.CHANGE_DIRECTORY)
def save(session: Session, entry: SurgeonRecord, act: DirectoryAct | None = None) -> SurgeonRecord:
    """Write an entry, new where its `id` is empty, and return it as stored; `act` is what its history calls it.

    Raises InvalidInput by field, Conflict when someone else changed the entry since it was read.
    """
    if problems := surgeon_rules.problems(session, entry):
        raise InvalidInput(problems)
    row = _row(session, entry.id) if entry.id else tables.Surgeon(number=directory_index.next_number(session))
    if entry.id and entry.version != row.version:
        raise Conflict(
            "Someone else changed this entry in the meantime. Open it again and repeat your change."
        )
    before = record(row) if entry.id else None
    surgeon_parts.write(session, row, entry)
    after = record(row)
    directory_index.follow(session, row.number, before, after)
    _note(session, before, after, act)
    return after


def _note(
    session: Session, before: SurgeonRecord | None, after: SurgeonRecord, act: DirectoryAct | None
) -> None:
    """Note a save with the names of what changed, in the audit and with both versions in the history."""
    if before is None:
        events.record(session, AuditAction.CREATED, "surgeon", after.id)
        directory_history.note(session, act or DirectoryAct.CREATED, None, after)
        return
    changed = directory_history.changed(before, after)
    events.record(session, AuditAction.CHANGED, "surgeon", after.id, fields=changed)
    # verified again on the same day too: a fax may have gone astray between
    if changed or act is DirectoryAct.VERIFIED:
        directory_history.note(session, act or DirectoryAct.CHANGED, before, after)


@needs(Permission.CHANGE_DIRECTORY)
def archive(session: Session, surgeon_id: str) -> None:
    """Take an entry out of the directory without losing it."""
    row = _row(session, surgeon_id)
    before, row.archived = record(row), True
    session.flush()
    after = record(row)
    directory_index.follow(session, row.number, before, after)
    events.record(session, AuditAction.REMOVED, "surgeon", surgeon_id)
    directory_history.note(session, DirectoryAct.ARCHIVED, before, after)


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
    return [
        surgeon_parts.procedure(row)
        for row in session.scalars(select(Procedure).order_by(Procedure.position))
    ]


@needs(Permission.SEE_DIRECTORY)
def plans(session: Session) -> list[str]:
    """Return the names of all insurance plans."""
    return list(session.scalars(select(tables.Plan.name).order_by(tables.Plan.name)))


@needs(Permission.SEE_DIRECTORY)
def seen(session: Session, row: tables.Surgeon) -> SurgeonRecord:
    """Return an entry as the person who acts may see it: nobody else may save one, so that no note is lost by it."""
    found = record(row)
    return found if actor(session).may(Permission.CHANGE_DIRECTORY) else replace(found, notes="")


def _row(session: Session, surgeon_id: str) -> tables.Surgeon:
    row = session.get(tables.Surgeon, surgeon_id, options=loading())
    if row is None or directory_index.is_staged(session, row.number):
        raise NotFound("This surgeon is not in the directory any more.")
    return row
