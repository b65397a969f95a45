"""Undoing a whole import, also after later changes: what was touched since stays and is told, the rest goes back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DirectoryAct, ImportState, Permission
from referral_app.models import surgeon as tables
from referral_app.models.base import now
from referral_app.models.directory import DirectoryChange, DirectoryImport
from referral_app.services import (
    directory_history,
    directory_imports,
    directory_index,
    entry_fields,
    events,
    import_clashes,
    import_keeping,
    import_rows,
    surgeon_json,
    surgeon_parts,
)  # fmt: skip
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.import_records import Undone
from referral_app.services.permissions import needs

_S = tables.Surgeon


@needs(Permission.CHANGE_DIRECTORY)
def begin(session: Session, import_id: str) -> None:
    """Note that an import is being undone; from here on this is finished. Raises InvalidInput, NotFound."""
    row = session.get(DirectoryImport, import_id)
    if row is None:
        raise NotFound("This import is not there any more.")
    if row.state is not ImportState.LIVE:
        raise InvalidInput({"": f"This import is not in the directory: {row.state.label.lower()}."})
    if session.scalar(
        select(DirectoryImport.id).where(DirectoryImport.state.in_(directory_imports.UNDER_WAY))
    ):
        raise InvalidInput({"": "Another import is under way. Wait until it is done."})
    row.state = ImportState.UNDOING


@needs(Permission.CHANGE_DIRECTORY)
def hide(session: Session, import_id: str) -> int:
    """Take the new entries of a large import out of view at once, and return how many; 0 for a small one."""
    from referral_app.services import index_staging

    if not directory_index.reserved(session, import_id):
        return 0
    index_staging.hide(session, import_id)
    return directory_imports.rows_left(session, import_id)


@needs(Permission.CHANGE_DIRECTORY)
def restore_some(session: Session, import_id: str, limit: int = 5) -> tuple[int, list[str], bool]:
    """Give some of the changed entries back what they were; those that were changed again stay.

    Returns how many went back, a sentence for each that stays, and whether there may be more.
    """
    rows = session.scalars(
        select(DirectoryChange)
        .where(DirectoryChange.import_id == import_id, DirectoryChange.undone_by.is_(None))
        .where(DirectoryChange.act == DirectoryAct.IMPORTED)
        .order_by(DirectoryChange.sequence.desc())
        .limit(limit)
    ).all()
    found = [_restore(session, row) for row in rows]
    kept = [sentence for sentence in found if sentence]
    return len(found) - len(kept), kept, len(rows) == limit


@needs(Permission.CHANGE_DIRECTORY)
def remove_some(session: Session, import_id: str, limit: int = 100) -> tuple[int, list[str]]:
    """Delete some of the new entries of a small import; return how many, and a sentence for each that has to stay."""
    some = session.scalars(select(_S.id).where(_S.import_id == import_id).limit(limit)).all()
    kept = import_keeping.keep(session, import_id, import_keeping.some_touched(session, import_id, some))
    mine = select(_S).where(_S.id.in_(some), _S.import_id == import_id).options(*surgeon_parts.loading())
    rows = session.scalars(mine).all()
    directory_index.follow_all(session, [(row.number, surgeon_parts.record(row), None) for row in rows])
    ids = [row.id for row in rows]
    session.expunge_all()
    import_rows.remove(session, ids)
    return len(ids), kept


@needs(Permission.CHANGE_DIRECTORY)
def finish(session: Session, import_id: str, done: Undone) -> None:
    """Note that an import is undone, in one event of the audit."""
    row = session.get_one(DirectoryImport, import_id)
    row.state, row.finished = ImportState.UNDONE, now()
    row.counts = {**row.counts, directory_imports.KEPT: list(done.kept[: directory_imports.MOST_KEPT])}
    events.record(
        session, AuditAction.REMOVED, "surgeons", reason="import undone", removed=done.removed,
        restored=done.restored, kept=len(done.kept),
    )  # fmt: skip


def _restore(session: Session, change: DirectoryChange) -> str:
    """Put an entry back; return a sentence where it has to stay."""
    assert change.before is not None
    assert change.after is not None
    before, after = surgeon_json.load(change.before), surgeon_json.load(change.after)
    row = session.get(_S, change.object_id, options=surgeon_parts.loading())
    if row is None:
        change.undone_by = change.sequence
        return f"{after.name}: this entry is not there any more."
    current = surgeon_parts.record(row)
    names = import_rows.touched(before, after)
    if again := [name for name in names if not import_rows.untouched(name, current, before, after)]:
        change.undone_by = change.sequence
        label = entry_fields.label(again[0])
        return f"{current.name} stays as it is: {label} was changed again since the import."
    wanted = replace(current, **{name: getattr(before, name) for name in names})
    stored = import_clashes.laid(session, row, current, wanted, change.import_id)
    if isinstance(stored, str):
        change.undone_by = change.sequence
        return f"{current.name} stays as it is: {stored}."
    change.undone_by = directory_history.note(session, DirectoryAct.UNDONE, current, stored)
    session.flush()
    return ""
