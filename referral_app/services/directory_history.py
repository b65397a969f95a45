"""The history of the directory: who changed what of an entry and when, with what stood there before and after."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from referral_app.choices import DirectoryAct, Permission
from referral_app.models.directory import DirectoryChange
from referral_app.services import entry_fields, surgeon_json
from referral_app.services.errors import NotFound
from referral_app.services.permissions import actor, needs
from referral_app.services.surgeon_records import SurgeonRecord

UNCOUNTED = ("version",)
"""What changes by itself and is no change to show."""


@dataclass(frozen=True)
class Change:
    """One change of an entry; `before` and `after` are None where there was, or is, no entry."""

    sequence: int
    at: datetime
    person: str
    act: DirectoryAct
    surgeon_id: str
    before: SurgeonRecord | None
    after: SurgeonRecord | None
    import_id: str | None = None
    details: dict[str, Any] = field(default_factory=dict[str, Any])
    undone_by: int | None = None

    @property
    def changed(self) -> list[str]:
        """The names of the fields that are different after it."""
        return changed(self.before, self.after)


def changed(before: SurgeonRecord | None, after: SurgeonRecord | None) -> list[str]:
    """Return the names of the fields in which two entries differ, none where one is missing."""
    if before is None or after is None:
        return []
    names = [one.name for one in fields(SurgeonRecord) if one.name not in UNCOUNTED]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def note(
    session: Session,
    act: DirectoryAct,
    before: SurgeonRecord | None,
    after: SurgeonRecord | None,
    import_id: str | None = None,
    **details: Any,
) -> int:
    """Add a change of a surgeon's entry to the history, in the transaction of the change; return its number."""
    row = DirectoryChange(
        sequence=_next(session), person=actor(session).name, kind="surgeon", act=act, import_id=import_id,
        object_id=(after or before or SurgeonRecord("", "")).id, details=details,
        before=surgeon_json.dump(before) if before else None, after=surgeon_json.dump(after) if after else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.sequence


@needs(Permission.SEE_DIRECTORY)
def of(session: Session, surgeon_id: str, limit: int = 200) -> list[Change]:
    """Return the changes of an entry, the latest first; private notes for those alone who keep the directory."""
    keeps = actor(session).may(Permission.CHANGE_DIRECTORY)
    rows = session.scalars(
        select(DirectoryChange)
        .where(DirectoryChange.object_id == surgeon_id)
        .order_by(DirectoryChange.sequence.desc())
        .limit(limit)
    )
    return [_change(row) if keeps else _without_notes(_change(row)) for row in rows]


@needs(Permission.SEE_DIRECTORY)
def get(session: Session, sequence: int) -> Change:
    """Return one change by its number, without private notes as `of`; raises NotFound."""
    found = _change(_row(session, sequence))
    return found if actor(session).may(Permission.CHANGE_DIRECTORY) else _without_notes(found)


@needs(Permission.SEE_DIRECTORY)
def latest(session: Session, surgeon_id: str) -> int:
    """Return the number of the latest change of an entry, 0 where there is none."""
    return session.scalar(_last(surgeon_id)) or 0


@needs(Permission.SEE_DIRECTORY)
def since(session: Session, surgeon_id: str, sequence: int) -> list[int]:
    """Return the numbers of the changes of an entry after a number, the latest first, as they are undone."""
    mine = DirectoryChange.object_id == surgeon_id, DirectoryChange.sequence > sequence
    of_entry = select(DirectoryChange.sequence).where(*mine).order_by(DirectoryChange.sequence.desc())
    return list(session.scalars(of_entry))


@needs(Permission.SEE_DIRECTORY)
def later(session: Session, change: Change, name: str) -> Change | None:
    """Return the last change of a field of the same entry after a change, None where there is none."""
    mine = DirectoryChange.object_id == change.surgeon_id, DirectoryChange.sequence > change.sequence
    rows = session.scalars(select(DirectoryChange).where(*mine).order_by(DirectoryChange.sequence.desc()))
    return next((one for row in rows if name in _differing(one := _change(row))), None)


@needs(Permission.CHANGE_DIRECTORY)
def tell(session: Session, sequence: int, **details: Any) -> None:
    """Add to the details of a change what is known only after it."""
    row = _row(session, sequence)
    row.details = {**row.details, **details}
    session.flush()


@needs(Permission.CHANGE_DIRECTORY)
def mark_undone(session: Session, sequence: int, by: int | None) -> None:
    """Note by which later change a change was undone; with None it counts again, and so on down a chain of undos."""
    row = _row(session, sequence)
    row.undone_by = by
    undoes = row.details.get("undoes")
    if isinstance(undoes, int):
        mark_undone(session, undoes, sequence if by is None else None)
    session.flush()


def _row(session: Session, sequence: int) -> DirectoryChange:
    row = session.get(DirectoryChange, sequence)
    if row is None:
        raise NotFound("This change is not in the history any more.")
    return row


def _differing(change: Change) -> list[str]:
    if change.before is None or change.after is None:
        return []
    return entry_fields.differing(change.before, change.after)


def _last(surgeon_id: str) -> Select[int]:
    return select(func.max(DirectoryChange.sequence)).where(DirectoryChange.object_id == surgeon_id)


def _next(session: Session) -> int:
    return (session.scalar(select(func.max(DirectoryChange.sequence))) or 0) + 1


def _without_notes(change: Change) -> Change:
    before, after = (one and replace(one, notes="") for one in (change.before, change.after))
    return replace(change, before=before, after=after)


def _change(row: DirectoryChange) -> Change:
    return Change(
        row.sequence, row.at, row.person, row.act, row.object_id,
        surgeon_json.load(row.before) if row.before else None,
        surgeon_json.load(row.after) if row.after else None,
        row.import_id, row.details, row.undone_by,
    )  # fmt: skip
