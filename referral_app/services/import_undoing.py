"""Undoing a whole import, also after later changes: what was touched since stays and is told, the rest goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DirectoryAct, ImportState, Permission
from referral_app.models import surgeon as tables
from referral_app.models.base import now
from referral_app.models.center import TrialSurgeon
from referral_app.models.directory import DirectoryChange, DirectoryImport, FaxUse
from referral_app.models.referral import Referral
from referral_app.services import (
    directory_history,
    directory_imports,
    directory_index,
    entry_fields,
    events,
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
def touched(session: Session, import_id: str) -> list[str]:
    """Return the ids of the new entries of an import that somebody changed or relies on since it came in."""
    other = or_(DirectoryChange.import_id.is_(None), DirectoryChange.import_id != import_id)
    named: set[str] = set()
    for column, *conditions in (
        (DirectoryChange.object_id, other),
        (Referral.surgeon_id,),
        (FaxUse.surgeon_id,),
        (TrialSurgeon.surgeon_id,),
        (_S.successor_id,),
        (_S.merged_into_id,),
    ):
        rows = session.scalars(select(column).where(column.is_not(None), *conditions).distinct())
        named.update(row for row in rows if row)
    found: list[str] = []
    waiting = sorted(named)
    for at in range(0, len(waiting), 500):
        some = _S.id.in_(waiting[at : at + 500])
        found += session.scalars(select(_S.id).where(some, _S.import_id == import_id))
    return found


@needs(Permission.CHANGE_DIRECTORY)
def keep(session: Session, import_id: str, ids: Sequence[str]) -> list[str]:
    """Let new entries of an import be entries of the directory like any other; return a sentence for each."""
    rows = session.scalars(select(_S).where(_S.id.in_(ids)).options(*surgeon_parts.loading())).all()
    sentences: list[str] = []
    is_chunked = bool(directory_index.reserved(session, import_id))
    for row in rows:
        entry = surgeon_parts.record(row)
        sentences.append(f"{entry.name} stays: {_why(session, row.id)}.")
        row.import_id = None
        if is_chunked:  # the numbers of the import go out of view with it
            directory_index.follow(session, row.number, entry, None)
            row.number = directory_index.next_number(session)
            session.flush()
            directory_index.follow(session, row.number, None, entry)
    session.flush()
    return sentences


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
def remove_some(session: Session, import_id: str, limit: int = 100) -> int:
    """Delete some of the new entries of a small import and return how many."""
    mine = select(_S).where(_S.import_id == import_id).limit(limit).options(*surgeon_parts.loading())
    rows = session.scalars(mine).all()
    directory_index.follow_all(session, [(row.number, surgeon_parts.record(row), None) for row in rows])
    ids = [row.id for row in rows]
    session.expunge_all()
    import_rows.remove(session, ids)
    return len(ids)


@needs(Permission.CHANGE_DIRECTORY)
def finish(session: Session, import_id: str, done: Undone) -> None:
    """Note that an import is undone, in one event of the audit."""
    row = session.get_one(DirectoryImport, import_id)
    row.state, row.finished = ImportState.UNDONE, now()
    row.counts = {**row.counts, "kept": list(done.kept[:200])}
    events.record(
        session, AuditAction.REMOVED, "surgeons", reason="import undone", removed=done.removed,
        restored=done.restored, kept=len(done.kept),
    )  # fmt: skip


def _why(session: Session, surgeon_id: str) -> str:
    if session.scalar(select(Referral.id).where(Referral.surgeon_id == surgeon_id).limit(1)):
        return "a referral names this surgeon"
    if session.scalar(select(FaxUse.id).where(FaxUse.surgeon_id == surgeon_id).limit(1)):
        return "a letter went to this surgeon's fax"
    change = session.scalar(
        select(DirectoryChange)
        .where(DirectoryChange.object_id == surgeon_id)
        .order_by(DirectoryChange.sequence.desc())
        .limit(1)
    )
    if change is not None:
        return f"{change.person or 'somebody'} changed this entry since ({change.act.label.lower()})"
    return "another entry or a trial points to it"


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
    stored = import_rows.lay(session, row, current, wanted)
    change.undone_by = directory_history.note(session, DirectoryAct.UNDONE, current, stored)
    session.flush()
    return ""
