"""Backups: when they are due, where they go, which are kept, and putting one back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from referral_app.choices import AuditAction, Permission
from referral_app.database import (
    BackupRecord,
    Database,
    Recovery,
    Restored,
    StoreProblem,
    backup_record,
    restore,
)
from referral_app.database import backup as copies
from referral_app.database.bundle import SUFFIX, check
from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import ask

EVERY = timedelta(hours=4)
KEPT_WHOLE = timedelta(days=7)
DAILY, WEEKLY, MONTHLY = 14, 8, 12
BY_HAND, TIMED, ON_CLOSE, BEFORE_UPGRADE = "by-hand", "timed", "on-close", "before-upgrade"
BEFORE_DELETION = "before-deletion"
TO_FILE = "to-file"
"""Of one's own, wherever it lies: the rule of what is kept takes none of these away."""
REASONS = {
    BY_HAND: "Made by hand", TIMED: "Made after four hours", ON_CLOSE: "Made on closing",
    BEFORE_UPGRADE: "Made before an upgrade",
    BEFORE_DELETION: "Made before records were deleted",
    TO_FILE: "Made by hand, into a file",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A new, verified backup, and what a person should know of it: a second place that could not be written."""

    record: BackupRecord
    warnings: list[str] = field(default_factory=list[str])


def make(
    db: Database, reason: str = BY_HAND, second_folder: Path | None = None, folder: Path | None = None
) -> Made:
    """Back the store up, to a second place too where one is given, then let older backups go by the rule of `kept`.

    Raises StoreProblem; nothing is let go then. A second place that fails is a warning and noted.
    """
    if reason == BY_HAND:
        with db.read() as session:
            ask(session, Permission.ADMINISTER, "backups.make")
    folder = folder or db.paths.backups
    try:
        made = db.back_up(_free(folder / copies.name(reason)), reason)
    except StoreProblem as problem:
        _failed(db, problem)
        raise
    warnings = _second(db, made, second_folder) if second_folder else []
    _noted(db, made)
    prune(folder, made.store_id)
    return Made(made, warnings)


def to_file(db: Database, path: Path) -> BackupRecord:
    """Write a backup into a file of one's choice, of which nothing is ever let go; raises StoreProblem and Denied."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "backups.to_file")
    try:
        _refuse_other(db, path)
        made = db.back_up(path, TO_FILE)
    except StoreProblem as problem:
        _failed(db, problem)
        raise
    _noted(db, made)
    return made


def _refuse_other(db: Database, path: Path) -> None:
    """Let an earlier backup of the same store be replaced, and nothing else that has the name; raises InvalidInput."""
    if not path.exists():
        return
    try:
        same = backup_record(path).store_id == db.facts["store_id"]
    except StoreProblem:
        same = False
    if not same:
        raise InvalidInput(
            {"file": f"{path.name} is there already and is no backup of this store. Take another name."}
        )


def due(db: Database, after: timedelta = EVERY) -> bool:
    """Tell whether something was changed since the last backup and that is so long ago; never without people."""
    if db.keys is None or db.is_locked:
        return False
    last = next((one for one in listed(db.paths) if one.store_id == db.facts["store_id"]), None)
    if last is None:
        return True
    gone = datetime.now(UTC) - last.made_at
    return (gone >= after or gone < timedelta(0)) and db.changed_since(last.made_at, last.head)


def if_due(db: Database, second_folder: Path | None = None) -> Made | None:
    """Back up where it is time; a failure is noted and told with `db.warnings`, and never stops the work."""
    return _quietly(db, TIMED, second_folder) if due(db) else None


def on_close(db: Database, second_folder: Path | None = None) -> Made | None:
    """Back up before the store is closed, where anything was changed since the last time; never raises."""
    try:
        wanted = due(db, timedelta(0))
    except StoreProblem:
        return None
    return _quietly(db, ON_CLOSE, second_folder) if wanted else None


def listed(paths: Paths, second_folder: Path | None = None) -> list[BackupRecord]:
    """Return what the backups say of themselves, the newest first; what cannot be read as one is left out."""
    folders = [paths.backups, *([second_folder] if second_folder else [])]
    return sorted(chain.from_iterable(map(_in, folders)), key=lambda one: one.made_at, reverse=True)


def latest_problems(db: Database) -> list[str]:
    """Return what is wrong with the latest backup that was made by itself; nothing where there is none."""
    mine = [one for one in listed(db.paths) if one.store_id == db.facts["store_id"]]
    try:
        for latest in mine[:1]:
            check(latest.path)
    except StoreProblem as problem:
        return [str(problem)]
    return []


def prune(folder: Path, store_id: str) -> list[Path]:
    """Let the backups of a store go that the rule does not keep; return them. Call it after a new one was verified."""
    mine = [one for one in _in(folder) if one.store_id == store_id and one.reason != TO_FILE]
    keep = kept([one.made_at for one in mine], datetime.now(UTC))
    gone = [one.path for one in mine if one.made_at not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def kept(dates: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which backups stay: all of 7 days, then one a day for 14 days, 8 weeks and 12 months that have any."""
    newest_first = sorted(set(dates), reverse=True)
    keep = {one for one in newest_first if now - one < KEPT_WHOLE} | set(newest_first[:1])
    older = [one for one in newest_first if one not in keep]
    last = None
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        rest = [one for one in older if last is None or one.strftime(period) < last.strftime(period)]
        chosen = _latest_of_each(rest, period)[:most]
        keep |= set(chosen)
        last = chosen[-1] if chosen else last
    return keep


def restore_with_recovery(paths: Paths, file: Path, recovery: str, other_office: bool = False) -> Restored:
    """Restore with the recovery key alone; `people.reset_with_recovery` then lets somebody in. Raises StoreProblem."""
    return restore(paths, file, Recovery(recovery), other_office)


def _latest_of_each(newest_first: list[datetime], period: str) -> list[datetime]:
    found: dict[str, datetime] = {}
    for one in newest_first:
        found.setdefault(one.strftime(period), one)
    return list(found.values())


def _quietly(db: Database, reason: str, second_folder: Path | None) -> Made | None:
    try:
        made = make(db, reason, second_folder)
    except StoreProblem as problem:
        db.warnings.append(f"The backup failed: {problem}")
        return None
    db.warnings.extend(made.warnings)
    return made


def _second(db: Database, made: BackupRecord, folder: Path) -> list[str]:
    """Copy a backup to the second place, and let older ones go there; return what went wrong."""
    try:
        copies.copy_to(made, folder)
        prune(folder, made.store_id)
    except StoreProblem as problem:
        _failed(db, problem)
        return [f"The backup was made, but not in the second place: {problem}"]
    return []


def _noted(db: Database, made: BackupRecord) -> None:
    db.note(
        str(AuditAction.BACKED_UP),
        reason=made.reason,
        details={"event": made.head, "bytes": made.size, "file": made.path.name},
    )
    db.anchor()


def _failed(db: Database, problem: StoreProblem) -> None:
    try:
        db.note(str(AuditAction.BACKUP_FAILED), outcome="failed", reason=str(problem))
    except StoreProblem:
        return  # a store that takes no note either is told by the problem itself


def _in(folder: Path) -> list[BackupRecord]:
    found: list[BackupRecord] = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found.append(backup_record(path))
        except (StoreProblem, OSError):
            continue
    return found


def _free(path: Path) -> Path:
    """Return a name that no file has: two backups of one second stand beside each other."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
