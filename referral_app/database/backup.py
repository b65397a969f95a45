"""Copies of the store: made while it is in use, believed once they were opened, put back without losing the old."""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from referral_app.database import checks, files, unlocking, upgrade
from referral_app.database import key_file as key_file_of
from referral_app.database.connections import connect
from referral_app.database.driver import DatabaseError
from referral_app.database.problems import DiskFull, NotAStore, NotWritable, StoreProblem
from referral_app.paths import Paths

BESIDE = ("", "-wal", "-shm")
"""What belongs to a store beside its name: a log that stays behind would be replayed into a file put in its place."""


class BadBackup(StoreProblem):
    """A file that is no whole backup."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and what is wrong."""
        super().__init__(f"{path.name} is no backup that can be used: {why} Nothing was changed.")


def make(store: Path, key: str, target: Path) -> None:
    """Write a verified copy of an open store into a file; it appears under its name only when it is whole.

    The copy is encrypted with the same key. Raises StoreProblem; an older file of that name stays until then.
    """
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        connection = connect(store, key)
        try:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        finally:
            connection.close()
        verify(unfinished, key)
        files.swap(unfinished, target)
    except (OSError, DatabaseError) as error:
        raise DiskFull() if "full" in str(error) else NotWritable(target.parent) from error
    finally:
        _drop(unfinished)


def verify(path: Path, key: str) -> None:
    """Open a copy and check every page, every reference and its revision; raises BadBackup or NewerStore."""
    try:
        upgrade.needs_upgrade(path, key)
        connection = connect(path, key, settings={"query_only": 1})
        try:
            problems = checks.problems(connection)
        finally:
            connection.close()
    except NotAStore as error:
        raise BadBackup(path, "it holds no tables of this program.") from error
    except DatabaseError as error:
        raise BadBackup(path, "it is damaged, is something else, or another key belongs to it.") from error
    if problems:
        raise BadBackup(path, problems[0])


def restore(paths: Paths, file: Path, key_file: Path | None = None) -> Path | None:
    """Put a backup in the store's place and return the folder where the old store was moved, None where there was none.

    The caller holds the instance lock. The backup is copied and verified before anything is touched; the old store,
    its log and its key move aside together and nothing is deleted. `key_file` holds the key where this folder has none
    or another. Raises StoreProblem with nothing changed.
    """
    key = unlocking.unlock(paths).key
    unfinished = paths.store.with_suffix(".unfinished")
    try:
        if not file.is_file():
            raise BadBackup(file, "there is no such file.")
        shutil.copyfile(file, unfinished)
        verify(unfinished, key)
        aside = _move_aside(paths)
        if not paths.key.exists():
            key_file_of.write_bare(paths.key, key)
        files.swap(unfinished, paths.store)
    except OSError as error:
        raise DiskFull() if "space" in str(error) else NotWritable(paths.data_dir) from error
    finally:
        _drop(unfinished)
    return aside


def _drop(unfinished: Path) -> None:
    with contextlib.suppress(OSError):
        unfinished.unlink(missing_ok=True)


def _move_aside(paths: Paths) -> Path | None:
    """Move the store, its log and its key into a folder of their own; the key stays too where it is the only one."""
    present = [path for end in BESIDE if (path := paths.store.with_name(paths.store.name + end)).exists()]
    if not present:
        return None
    folder = paths.data_dir / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    folder.mkdir(mode=0o700)
    if paths.key.exists():
        shutil.copy2(paths.key, folder / paths.key.name)
    for path in present:
        os.replace(path, folder / path.name)  # noqa: PTH105 - atomic on every system
    return folder
