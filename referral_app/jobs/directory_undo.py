"""Undoing a whole import: its new entries go, the changed ones are as before; what others touched since stays."""

from __future__ import annotations

from referral_app.choices import ImportState
from referral_app.database import Database
from referral_app.jobs import directory_center, directory_finishing
from referral_app.services import directory_imports, import_undoing
from referral_app.services.errors import InvalidInput
from referral_app.services.import_records import ImportRecord, Undone


def earlier(db: Database) -> list[ImportRecord]:
    """Return the imports of this store, the latest first."""
    with db.read() as session:
        return directory_imports.every(session)


def latest(db: Database) -> ImportRecord:
    """Return the last import that can be undone; raises InvalidInput where there is none."""
    found = next((one for one in earlier(db) if one.state is ImportState.LIVE), None)
    if found is None:
        raise InvalidInput({"": "There is no import to undo."})
    return found


def undo(db: Database, import_id: str) -> Undone:
    """Undo an import and return what was done, and why what stayed had to; raises InvalidInput.

    Once begun it is finished, at the next start if need be: a directory half undone would be worse than either.
    """
    with db.begin() as session:
        import_undoing.begin(session, import_id)
    return go_on(db, import_id)


def go_on(db: Database, import_id: str) -> Undone:
    """Finish undoing an import."""
    with directory_finishing.begin(db) as session:
        kept = directory_center.put_back(session, import_id)
    kept += _keep_touched(db, import_id)
    with directory_finishing.begin(db) as session:
        import_undoing.hide(session, import_id)
    restored, more = 0, True
    while more:
        with directory_finishing.begin(db) as session:
            count, sentences, more = import_undoing.restore_some(session, import_id)
        restored += count
        kept += sentences
    removed = 0
    while True:
        with directory_finishing.begin(db) as session:
            count = import_undoing.remove_some(session, import_id)
        if not count:
            break
        removed += count
    done = Undone(removed, restored, tuple(kept))
    with directory_finishing.begin(db) as session:
        import_undoing.finish(session, import_id, done)
    _forget_chunks(db, import_id)
    return done


def _keep_touched(db: Database, import_id: str) -> list[str]:
    with directory_finishing.begin(db) as session:
        ids = import_undoing.touched(session, import_id)
    kept: list[str] = []
    for at in range(0, len(ids), 20):
        with directory_finishing.begin(db) as session:
            kept += import_undoing.keep(session, import_id, ids[at : at + 20])
    return kept


def _forget_chunks(db: Database, import_id: str) -> None:
    more = True
    while more:
        with directory_finishing.begin(db) as session:
            more = directory_imports.clear_some(session, import_id)
