"""Imports of the directory that were cut short: finished or given up as soon as a store was opened."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

from referral_app.choices import AuditAction, ImportState
from referral_app.database import Database, StoreProblem
from referral_app.jobs import directory_finishing
from referral_app.services import directory_imports
from referral_app.services.errors import InvalidInput
from referral_app.services.import_records import ImportRecord

_ONE = Lock()
"""Held while an import runs or is undone: the instance lock keeps other processes out, this keeps other threads out."""


@contextmanager
def alone(db: Database) -> Generator[None]:
    """Be the only import or undo for the length of the block; what an earlier one left, on a full disk say, is settled.

    Raises InvalidInput while another one is under way, or where an earlier one cannot be finished.
    """
    if not _ONE.acquire(blocking=False):
        raise InvalidInput({"file": "Another import is under way. Wait until it is done."})
    try:
        if unsettled := settle(db):
            raise InvalidInput({"file": f"{unsettled} Nothing was changed now."})
        yield
    finally:
        _ONE.release()


def settle(db: Database) -> str:
    """Finish or give up at once what was cut short; called wherever a store was opened.

    What lies out of view is cleared away later (`directory_clearing.clear_up`): it may be a million rows. Returns a
    sentence where something cannot be finished, "" otherwise: nobody is kept out of the store for that, and it is tried
    again the next time. Raises StoreProblem.
    """
    with db.read() as session:
        session.info["rights"] = directory_finishing.rights()
        cut_short = directory_imports.under_way(session)
    unsettled = ""
    for one in cut_short:
        try:
            _settle(db, one)
        except StoreProblem:
            raise
        except Exception as error:  # a fault of ours must not lock everybody out of their referrals
            unsettled = (
                f"The import of {one.file_name} could not be finished. It is tried again at the next start."
            )
            _note(db, one, error)
    return unsettled


def _settle(db: Database, one: ImportRecord) -> None:
    if one.state is ImportState.STAGING:
        with directory_finishing.begin(db) as session:
            directory_imports.give_up(session, one.id)
    else:
        _finish(db, one.id, one.state)


def _note(db: Database, one: ImportRecord, error: Exception) -> None:
    """Note in the audit what could not be finished; what the error says may tell of people and is left out."""
    action = AuditAction.REMOVED if one.state is ImportState.UNDOING else AuditAction.IMPORTED
    db.note(
        str(action), outcome="failed", kind="surgeons", object_id=one.id, reason="cannot be finished",
        details={"state": str(one.state), "error": type(error).__name__},
    )  # fmt: skip


def _finish(db: Database, import_id: str, state: ImportState) -> None:
    from referral_app.jobs import directory_import, directory_undo  # heavy, and hardly ever needed

    if state is ImportState.APPLYING:
        directory_import.take_over(db, import_id)
    else:
        directory_undo.go_on(db, import_id)
