"""Undoing a whole import: its new entries go, the changed ones are as before; what others touched since stays."""

from __future__ import annotations

from referral_app.choices import ImportState
from referral_app.database import Database
from referral_app.jobs import directory_center, directory_clearing, directory_finishing, directory_settling
from referral_app.jobs.directory_clearing import Canceled, Progress
from referral_app.services import directory_imports, import_keeping, import_undoing
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


def undo(
    db: Database,
    import_id: str,
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
) -> Undone:
    """Undo an import and return what was done, and why what stayed had to; raises InvalidInput.

    Once begun it is finished, at the next start if need be: a directory half undone would be worse than either. What
    then lies out of view is cleared away; `canceled` leaves the rest of that for later.
    """
    with directory_settling.alone(db):
        with db.begin() as session:
            import_undoing.begin(session, import_id)
        done = go_on(db, import_id)
        directory_clearing.clear(db, import_id, progress, canceled)
        return done


def go_on(db: Database, import_id: str) -> Undone:
    """Finish undoing an import, as far as anybody can see."""
    kept = [*_put_back(db, import_id), *_keep_touched(db, import_id)]
    with directory_finishing.begin(
        db
    ) as session:  # whom a referral names since is kept before nobody sees the others
        kept += import_keeping.keep(session, import_id, import_keeping.touched(session, import_id))
        out_of_view = import_undoing.hide(session, import_id)
    restored, more = 0, True
    while more:
        with directory_finishing.begin(db) as session:
            count, sentences, more = import_undoing.restore_some(session, import_id)
        restored += count
        kept += sentences
    removed = out_of_view or _remove(db, import_id, kept)
    done = Undone(removed, restored, tuple(kept))
    with directory_finishing.begin(db) as session:
        import_undoing.finish(session, import_id, done)
    return done


def _put_back(db: Database, import_id: str) -> list[str]:
    """Put the Center back; one that would be refused by now does not hold up the rest."""
    try:
        with directory_finishing.begin(db) as session:
            return directory_center.put_back(session, import_id)
    except InvalidInput as error:
        return [f"The Center, its experts and trials stay as they are: {next(iter(error.fields.values()))}"]


def _remove(db: Database, import_id: str, kept: list[str]) -> int:
    """Delete the new entries of a small import, and return how many; what has to stay is told in `kept`."""
    removed, more = 0, True
    while more:
        with directory_finishing.begin(db) as session:
            count, sentences = import_undoing.remove_some(session, import_id)
        removed += count
        kept += sentences
        more = bool(count or sentences)
    return removed


def _keep_touched(db: Database, import_id: str) -> list[str]:
    with directory_finishing.begin(db) as session:
        ids = import_keeping.touched(session, import_id)
    kept: list[str] = []
    for at in range(0, len(ids), 20):
        with directory_finishing.begin(db) as session:
            kept += import_keeping.keep(session, import_id, ids[at : at + 20])
    return kept
