"""Imports of the directory that were cut short: finished or given up as soon as a store was opened."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

from referral_app.choices import ImportState
from referral_app.database import Database
from referral_app.jobs import directory_finishing
from referral_app.services import directory_imports
from referral_app.services.errors import InvalidInput

_ONE = Lock()
"""Held while an import runs or is undone: the instance lock keeps other processes out, this keeps other threads out."""


@contextmanager
def alone(db: Database) -> Generator[None]:
    """Be the only import or undo for the length of the block; what an earlier one left, on a full disk say, is settled.

    Raises InvalidInput while another one is under way.
    """
    if not _ONE.acquire(blocking=False):
        raise InvalidInput({"file": "Another import is under way. Wait until it is done."})
    try:
        settle(db)
        yield
    finally:
        _ONE.release()


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
