"""Backups: made while the store is in use, and believed once they were opened from their file and checked."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from referral_app import __version__
from referral_app.database import audit, bundle, checks, files, upgrade
from referral_app.database.bundle import BackupRecord
from referral_app.database.connections import connect, looking
from referral_app.database.driver import DatabaseError
from referral_app.database.problems import BadBackup, DiskFull, NoRoom, NotWritable, Unreadable, from_driver
from referral_app.database.unlocking import Secrets

MARGIN = 20_000_000
"""Bytes that stay free beside what a copy needs."""

UNFINISHED = ".unfinished-"


def make(store: Path, opened: Secrets, key_file: bytes | None, target: Path, reason: str) -> BackupRecord:
    """Write a verified backup of an open store into a file; it appears under its name only when it is whole.

    `key_file` goes into it too. An older file of that name stays until then. Raises Unreadable for a store that is
    damaged, NoRoom, NotWritable.
    """
    with _working(target.parent, 2 * _size(store)) as folder:
        copy, whole = folder / bundle.STORE, folder / "whole"
        _copy(store, opened.key, copy)
        said = {
            "made_at": _moment(),
            "reason": reason,
            "with_key": key_file is not None,
            **_facts(copy, opened),
        }
        bundle.write(whole, copy, key_file, said)
        copy.unlink()
        verify(whole, opened, folder)
        files.swap(whole, target)
    return bundle.record(target)


def verify(path: Path, opened: Secrets, folder: Path) -> Path:
    """Open a backup from its file in a private folder, check every page and all it says; return the copy.

    Raises BadBackup and NewerStore.
    """
    bundle.check(path)
    said = bundle.manifest(path)
    if str(said.get("revision", "")) > upgrade.HEAD:
        raise upgrade.newer(str(said["revision"]), str(said.get("program", "")), "backup")
    copy = bundle.unpack(path, folder)
    try:
        with looking(copy, opened.key) as connection:
            problems = checks.problems(connection)
        found = {} if problems else _facts(copy, opened)
    except DatabaseError as error:
        raise BadBackup(path, "its copy of the store does not open with its key.") from error
    wrong = [name for name, value in found.items() if said.get(name) != value]
    if problems or wrong:
        raise BadBackup(path, problems[0] if problems else f"what it says of its {wrong[0]} is not so.")
    return copy


def copy_to(record: BackupRecord, folder: Path) -> None:
    """Put a backup into a second folder too, whole or not at all; raises StoreProblem.

    A folder that is gone is not made anew: a disk that was taken out would be replaced by a folder on this one.
    """
    if not folder.is_dir():
        raise NotWritable(folder)
    with _working(folder, record.size) as work:
        beside = work / "whole"
        shutil.copyfile(record.path, beside)
        bundle.check(beside)
        files.swap(beside, folder / record.path.name)


def name(reason: str, moment: datetime | None = None) -> str:
    """Return the file name of a backup: when, in UTC, and why."""
    return f"referrals-{moment or datetime.now(UTC):%Y%m%d-%H%M%S}-{reason}{bundle.SUFFIX}"


@contextmanager
def private_folder(parent: Path) -> Generator[Path]:
    """Yield a private folder beside what is made in it; it is gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Take away what an earlier run could not finish; the caller alone writes into that folder."""
    with suppress(OSError):
        for folder in parent.glob(UNFINISHED + "*"):
            shutil.rmtree(folder, ignore_errors=True)


def ask_room(folder: Path, needed: int) -> None:
    """Raise NoRoom where a folder has too little space."""
    if shutil.disk_usage(folder).free < needed + MARGIN:
        raise NoRoom(folder, needed + MARGIN)


@contextmanager
def said_in_words(folder: Path) -> Generator[None]:
    """Say in words what the disk refuses; raises StoreProblem."""
    try:
        yield
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else NotWritable(folder)) from error
    except DatabaseError as error:
        problem = from_driver(str(error))
        if problem is None:
            raise
        raise problem from error


@contextmanager
def _working(parent: Path, needed: int) -> Generator[Path]:
    with said_in_words(parent):
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ask_room(parent, needed)
        with private_folder(parent) as folder:
            yield folder


def _copy(store: Path, key: str, copy: Path) -> None:
    """Write one moment of a store in use into a new file with the same key; a damaged store gives no copy."""
    connection = connect(store, key)
    try:
        problems = checks.problems(connection)
        if problems:
            raise Unreadable(store, problems[0])
        connection.execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.close()


def _facts(copy: Path, opened: Secrets) -> dict[str, Any]:
    """Return what a backup says of its copy: nothing of any person."""
    with looking(copy, opened.key) as connection:
        facts = checks.facts(connection)
        return {
            "store_id": facts.get("store_id", ""),
            "program": facts.get("program", __version__),
            "revision": upgrade.revision(connection),
            "rows": checks.counts(connection),
            "head": audit.head(connection).signed(opened.audit_key)
            if checks.has(connection, "audit_event")
            else {},
        }


def _moment() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _size(store: Path) -> int:
    return sum(
        one.stat().st_size for end in ("", "-wal") if (one := store.with_name(store.name + end)).exists()
    )
