"""Imports of the directory that were cut short: finished or given up as soon as a store was opened."""

from __future__ import annotations

from referral_app.choices import ImportState
from referral_app.database import Database
from referral_app.jobs import directory_finishing
from referral_app.services import directory_imports


def settle(db: Database) -> None:
    """Finish or give up at once what was cut short; called wherever a store was opened.

    What lies out of view is cleared away later (`directory_clearing.clear_up`): it may be a million rows.
    """
    with db.read() as session:
        session.info["rights"] = directory_finishing.rights()
        cut_short = directory_imports.under_way(session)
    for one in cut_short:
        if one.state is ImportState.STAGING:
            with directory_finishing.begin(db) as session:
                directory_imports.give_up(session, one.id)
        else:
            _finish(db, one.id, one.state)


def _finish(db: Database, import_id: str, state: ImportState) -> None:
    from referral_app.jobs import directory_import, directory_undo  # heavy, and hardly ever needed

    if state is ImportState.APPLYING:
        directory_import.take_over(db, import_id)
    else:
        directory_undo.go_on(db, import_id)
