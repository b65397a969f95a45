"""What an administrator has done to the store itself: checking it whole, and giving it another key."""

from __future__ import annotations

from pathlib import Path

from referral_app.choices import AuditAction, Permission
from referral_app.database import Database
from referral_app.jobs import backups, files, waiting
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import ask


def check(db: Database) -> list[str]:
    """Check every page of the store and the latest backup, note that, and return what is wrong in sentences."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "upkeep.check")
    problems = [*db.check(), *backups.latest_problems(db)]
    if not problems and not waiting.mend(db):
        problems.append(
            "The worklists were not those of the referrals. They were made anew; no referral was changed."
        )
    outcome = "failed" if problems else "done"
    db.note(str(AuditAction.CHECKED), kind="store", outcome=outcome, details={"problems": len(problems)})
    return problems


def change_key(db: Database) -> None:
    """Give the store a new key: a copy of the old key that somebody may have opens nothing from now on."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "upkeep.change_key")
    if db.keys is None:
        raise InvalidInput({"": "This store has no people yet. Set up the first person."})
    db.rotate()
    db.note(str(AuditAction.KEY_ROTATED))


def take_second_place(db: Database, folder: Path) -> None:
    """Make sure that backups can be written to a second place, and note that it is taken; raises InvalidInput."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "upkeep.take_second_place")
    if folder.resolve().is_relative_to(db.paths.data_dir.resolve()):
        raise InvalidInput(
            {"folder": "This folder lies with the store. A second place is another disk, or another PC."}
        )
    trial = folder / ".referral-desk-trial"
    files.write(trial, b"trial")
    trial.unlink()
    db.note(str(AuditAction.SETTING_CHANGED), kind="setting", details={"setting": "second place of backups"})
