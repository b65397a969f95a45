"""Deleting a patient whose time is over: what stands against it is asked first, then a backup is made."""

from __future__ import annotations

from pathlib import Path

from referral_app.database import Database
from referral_app.jobs import backups
from referral_app.services import retention
from referral_app.services.retention import Deleted


def delete(db: Database, patient_id: str, typed: str, second_folder: Path | None = None) -> Deleted:
    """Back the store up and delete a patient with everything that hangs on them, in one transaction.

    A store without people has no backup: it holds invented patients alone. Raises as `retention.delete`, and
    StoreProblem where the backup fails; nothing is deleted then.
    """
    with db.read() as session:
        retention.may_delete(session, patient_id, typed)
    if db.keys is not None:
        backups.make(db, backups.BEFORE_DELETION, second_folder)
    with db.begin() as session:
        return retention.delete(session, patient_id, typed)
