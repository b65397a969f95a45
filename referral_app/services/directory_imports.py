"""Imports of the directory: begun, staged out of view, taken over, given up, or undone; never half there.

A large import lies out of view (`directory_index.reserve`) until `finish` shows it in one short statement. What changes
entries waits in the history, marked as not applied, and is applied some entries at a time between `take_over` and
`finish`; whatever was cut short is finished or given up at the next start (`unfinished`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DirectoryAct, ImportState, Permission
from referral_app.models import surgeon as tables
from referral_app.models.base import new_id, now
from referral_app.models.directory import DirectoryChange, DirectoryImport
from referral_app.services import (
    directory_index,
    entry_fields,
    events,
    import_clashes,
    import_keeping,
    import_rows,
    surgeon_json,
    surgeon_parts,
)
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.import_records import ImportRecord
from referral_app.services.permissions import actor, needs
from referral_app.services.surgeon_records import Placement, SurgeonRecord

KEPT, MOST_KEPT = "kept", 200
"""In the counts of an import, the first sentences on entries that stay as they are."""
_WAITS, _FRESH = "waits", "fresh"
"""In the details of a change that is not applied yet; in the counts of an import, its new entries not written yet."""


@needs(Permission.CHANGE_DIRECTORY)
def begin(session: Session, kind: str, file_name: str, sha256: str = "") -> str:
    """Note that an import begins and return its id; raises InvalidInput while another one is under way."""
    if other := session.scalar(select(DirectoryImport).where(DirectoryImport.state.in_(UNDER_WAY))):
        raise InvalidInput(
            {"file": f"The import of {other.file_name} is still under way. Wait until it is done."}
        )
    row = DirectoryImport(
        id=new_id(), kind=kind, file_name=file_name, sha256=sha256, state=ImportState.STAGING,
        person=actor(session).name, counts={},
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.SEE_DIRECTORY)
def every(session: Session, limit: int = 200) -> list[ImportRecord]:
    """Return the imports, the latest first."""
    rows = session.scalars(select(DirectoryImport).order_by(DirectoryImport.started.desc()).limit(limit))
    return [_record(row) for row in rows]


@needs(Permission.SEE_DIRECTORY)
def get(session: Session, import_id: str) -> ImportRecord:
    """Return an import; raises NotFound."""
    return _record(_row(session, import_id))


@needs(Permission.CHANGE_DIRECTORY)
def under_way(session: Session) -> list[ImportRecord]:
    """Return the imports that are under way; where the store was just opened, those that were cut short."""
    rows = session.scalars(select(DirectoryImport).where(DirectoryImport.state.in_(UNDER_WAY)))
    return [_record(row) for row in rows]


@needs(Permission.CHANGE_DIRECTORY)
def left_behind(session: Session) -> list[str]:
    """Return the ids of imports that were given up or undone and whose rows still lie out of view."""
    over = select(DirectoryImport.id).where(
        DirectoryImport.state.in_((ImportState.CANCELED, ImportState.UNDONE))
    )
    found: list[str] = []
    for one in session.scalars(over):
        mine = select(tables.Surgeon.id).where(tables.Surgeon.import_id == one).limit(1)
        waits = DirectoryChange.details[_WAITS].as_boolean()
        changes = select(DirectoryChange.sequence).where(DirectoryChange.import_id == one, waits).limit(1)
        if session.scalar(mine) or session.scalar(changes) or directory_index.reserved(session, one):
            found.append(one)
    return found


@needs(Permission.CHANGE_DIRECTORY)
def rows_left(session: Session, import_id: str) -> int:
    """Return how many new entries of an import are stored."""
    mine = select(func.count()).select_from(tables.Surgeon).where(tables.Surgeon.import_id == import_id)
    return session.scalar(mine) or 0


@needs(Permission.CHANGE_DIRECTORY)
def note_changes(
    session: Session, import_id: str, changes: Iterable[tuple[SurgeonRecord, SurgeonRecord]]
) -> None:
    """Keep entries as they are and as an import makes them, to be applied by `apply_some`."""
    sequence = session.scalar(select(func.max(DirectoryChange.sequence))) or 0
    person, moment = actor(session).name, now()
    rows = [
        {
            "sequence": sequence + n, "at": moment, "person": person, "kind": "surgeon", "object_id": before.id,
            "act": DirectoryAct.IMPORTED, "import_id": import_id, "before": surgeon_json.dump(before),
            "after": surgeon_json.dump(after), "details": {_WAITS: True}, "undone_by": None,
        }
        for n, (before, after) in enumerate(changes, start=1)
    ]  # fmt: skip
    if rows:
        session.execute(insert(DirectoryChange), rows)


@needs(Permission.CHANGE_DIRECTORY)
def take_over(session: Session, import_id: str, counts: Mapping[str, Any]) -> None:
    """Note that everything is staged: from here on the import is finished, whatever happens."""
    row = _row(session, import_id)
    row.state, row.counts = ImportState.APPLYING, {**row.counts, **counts}


@needs(Permission.CHANGE_DIRECTORY)
def keep_new(session: Session, import_id: str, entries: Sequence[SurgeonRecord]) -> None:
    """Keep a few new entries until the changes of an import are applied; many are staged out of view instead."""
    if entries:
        tell(session, import_id, **{_FRESH: [surgeon_json.dump(one) for one in entries]})


@needs(Permission.CHANGE_DIRECTORY)
def kept_new(session: Session, import_id: str) -> list[SurgeonRecord]:
    """Return the new entries that were kept."""
    return [surgeon_json.load(one) for one in _row(session, import_id).counts.get(_FRESH, ())]


@needs(Permission.CHANGE_DIRECTORY)
def tell(session: Session, import_id: str, **details: Any) -> None:
    """Keep more about an import beside its counts."""
    row = _row(session, import_id)
    row.counts = {**row.counts, **details}
    session.flush()


@needs(Permission.CHANGE_DIRECTORY)
def tell_kept(session: Session, import_id: str, sentences: Sequence[str]) -> None:
    """Keep why entries stay as they are, the first of them."""
    if sentences:
        told = _row(session, import_id).counts.get(KEPT, ())
        tell(session, import_id, **{KEPT: [*told, *sentences][:MOST_KEPT]})


@needs(Permission.CHANGE_DIRECTORY)
def miss(session: Session, import_id: str, kind: str, sentences: Sequence[str]) -> None:
    """Count what was "new" or "changed" as refused, and keep why: somebody was faster."""
    if sentences:
        counts, number = _row(session, import_id).counts, len(sentences)
        told = {kind: counts.get(kind, number) - number, "refused": counts.get("refused", 0) + number}
        tell(session, import_id, **told)
        tell_kept(session, import_id, sentences)


@needs(Permission.CHANGE_DIRECTORY)
def apply_some(session: Session, import_id: str, after: int = 0, limit: int = 5) -> tuple[int, list[str]]:
    """Apply the next changes of an import behind a number of the history.

    Returns the number of the last one, 0 where none was left, and a sentence for each entry that stays as it is because
    somebody changed the same field in the meantime, or took the entry away.
    """
    rows = session.scalars(
        select(DirectoryChange)
        .where(DirectoryChange.import_id == import_id, DirectoryChange.sequence > after)
        .order_by(DirectoryChange.sequence)
        .limit(limit)
    ).all()
    refused = [sentence for row in rows if row.details.get(_WAITS) and (sentence := _apply(session, row))]
    return (rows[-1].sequence if rows else 0), refused


@needs(Permission.CHANGE_DIRECTORY)
def finish(session: Session, import_id: str, counts: Mapping[str, Any] | None = None) -> None:
    """Bring everything of an import into view; one event of the audit tells of the whole."""
    from referral_app.services import index_staging

    row = _row(session, import_id)
    if directory_index.reserved(session, import_id):
        index_staging.show(session, import_id)
    row.counts = {name: value for name, value in row.counts.items() if name != _FRESH} | {**(counts or {})}
    row.state, row.finished = ImportState.LIVE, now()
    details = {name: row.counts.get(name, 0) for name in ("new", "changed", "refused")}
    events.record(session, AuditAction.IMPORTED, "surgeons", **details)


@needs(Permission.CHANGE_DIRECTORY)
def give_up(session: Session, import_id: str) -> bool:
    """Let go of an import that is not taken over: nothing of it was in view, nor will be.

    Returns False, and lets it be, where it is taken over already: what is half there has to be finished.
    """
    row = _row(session, import_id)
    if row.state is not ImportState.STAGING:
        return False
    row.state, row.finished = ImportState.CANCELED, now()
    return True


@needs(Permission.CHANGE_DIRECTORY)
def clear_some(session: Session, import_id: str, limit: int = 100) -> bool:
    """Delete some of what an import left out of view; False where nothing is left.

    A surgeon whom a referral names after all stays, in view, and is told among what was kept.
    """
    waits = DirectoryChange.details[_WAITS].as_boolean()
    some = select(DirectoryChange.sequence).where(DirectoryChange.import_id == import_id, waits).limit(limit)
    if numbers := session.scalars(some).all():
        session.execute(delete(DirectoryChange).where(DirectoryChange.sequence.in_(numbers)))
        return True
    mine = select(tables.Surgeon.id).where(tables.Surgeon.import_id == import_id).limit(limit)
    if ids := session.scalars(mine).all():
        stay = import_keeping.some_touched(session, import_id, ids)
        tell_kept(session, import_id, import_keeping.keep(session, import_id, stay))
        import_rows.remove(session, [one for one in ids if one not in stay])
        return True
    return _forget_chunk(session, import_id)


def _forget_chunk(session: Session, import_id: str) -> bool:
    from referral_app.services import index_staging

    chunks = directory_index.reserved(session, import_id)
    if chunks:
        index_staging.forget(session, chunks[0])
    return bool(chunks)


def _apply(session: Session, change: DirectoryChange) -> str:
    """Apply one change; return a sentence where it cannot be."""
    assert change.before is not None
    assert change.after is not None
    before, after = surgeon_json.load(change.before), surgeon_json.load(change.after)
    row = session.get(tables.Surgeon, change.object_id, options=surgeon_parts.loading())
    current = surgeon_parts.record(row) if row else None
    sentence = _conflict(session, before, after, current)
    if row is None or current is None or sentence:
        session.delete(change)
        return sentence
    wanted = import_rows.laid_over(session, before, after, current)
    stored = import_clashes.laid(session, row, current, wanted, change.import_id)
    if isinstance(stored, str):
        session.delete(change)
        return f"{current.name}: {stored}; it stays as it is."
    change.before, change.after = surgeon_json.dump(current), surgeon_json.dump(stored)
    change.details = {name: value for name, value in change.details.items() if name != _WAITS}
    session.flush()
    return ""


def _conflict(
    session: Session, before: SurgeonRecord, after: SurgeonRecord, current: SurgeonRecord | None
) -> str:
    """Return why a change cannot be applied: the entry is gone, or the same field was changed meanwhile."""
    if current is None:
        return f"{before.name}: somebody took this entry away in the meantime."
    for name in import_rows.touched(before, after):
        now_, was, is_ = (getattr(one, name) for one in (current, before, after))
        if name == "placements":
            now_, was = _bare(now_), _bare(was)
        if now_ != was and now_ != is_:
            return f"{current.name}: somebody changed {entry_fields.label(name)} in the meantime; it stays as it is."
    if what := import_rows.location_conflict(session, before, after):
        return f"{current.name}: somebody changed {what} in the meantime; it stays as it is."
    return ""


def _bare(placements: tuple[Placement, ...]) -> tuple[Any, ...]:
    return tuple(
        (place.location.id, place.phone, place.fax, place.days, place.contact) for place in placements
    )


def _row(session: Session, import_id: str) -> DirectoryImport:
    row = session.get(DirectoryImport, import_id)
    if row is None:
        raise NotFound("This import is not there any more.")
    return row


def _record(row: DirectoryImport) -> ImportRecord:
    return ImportRecord(
        row.id, row.kind, row.file_name, row.state, row.started, row.person, row.finished, row.counts
    )


UNDER_WAY = (ImportState.STAGING, ImportState.APPLYING, ImportState.UNDOING)
