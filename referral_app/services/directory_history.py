"""The history of the directory: who changed what of an entry and when, with what stood there before and after."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import DirectoryAct, Permission
from referral_app.models.directory import DirectoryChange
from referral_app.services import surgeon_json
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
    """Return the changes of an entry, the latest first."""
    rows = session.scalars(
        select(DirectoryChange)
        .where(DirectoryChange.object_id == surgeon_id)
        .order_by(DirectoryChange.sequence.desc())
        .limit(limit)
    )
    return [_change(row) for row in rows]


def _next(session: Session) -> int:
    return (session.scalar(select(func.max(DirectoryChange.sequence))) or 0) + 1


def _change(row: DirectoryChange) -> Change:
    return Change(
        row.sequence, row.at, row.person, row.act, row.object_id,
        surgeon_json.load(row.before) if row.before else None,
        surgeon_json.load(row.after) if row.after else None,
        row.import_id, row.details, row.undone_by,
    )  # fmt: skip
