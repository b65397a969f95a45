"""Opening the store of a data folder: folder, lock, key, revision, checks; nothing is changed where one fails."""

from __future__ import annotations

import errno
import secrets as randomness
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError

from referral_app.database import backup, key_file, rotation, unlocking, upgrade
from referral_app.database.connections import connect
from referral_app.database.driver import DatabaseError
from referral_app.database.keys import Keys, begin
from referral_app.database.problems import (
    DiskFull,
    InUse,
    Missing,
    NoKey,
    NotAStore,
    NotWritable,
    Unreadable,
    from_driver,
)
from referral_app.database.store import Database
from referral_app.database.unlocking import Secrets
from referral_app.database.wrapping import Cost
from referral_app.paths import Paths


def open_database(paths: Paths, opened: Secrets | None = None) -> Database:
    """Open the store of a data folder, making or upgrading it as needed; raises StoreProblem with nothing changed.

    `opened` comes from `unlocking.unlock`; a store without people needs none.
    """
    make_folder(paths)
    lock = take_lock(paths)
    try:
        return Database(paths, _prepare(paths, opened or _without_people(paths)), lock)
    except OSError as error:
        lock.release()
        raise (DiskFull() if error.errno == errno.ENOSPC else NotWritable(paths.data_dir)) from error
    except BaseException:
        lock.release()
        raise


def begin_with_person(
    paths: Paths, person_id: str, login: str, passphrase: str, cost: Cost | None = None
) -> tuple[Secrets, str]:
    """Write the key file of a store that is not there yet; return its keys and its recovery key, not confirmed yet."""
    make_folder(paths)
    lock = take_lock(paths)
    try:
        if paths.store.exists() or (key_file.exists(paths.key) and key_file.load(paths.key).filled):
            raise NotWritable(paths.data_dir)
        held, opened, recovery = begin(person_id, login, passphrase, cost)
        key_file.save(paths.key, held)
        return opened, recovery
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else NotWritable(paths.data_dir)) from error
    finally:
        lock.release()


def restore(paths: Paths, file: Path, key_file: Path | None = None) -> Path | None:
    """Put a backup in the place of a closed store; see `backup.restore`. Raises StoreProblem with nothing changed."""
    make_folder(paths)
    lock = take_lock(paths)
    try:
        return backup.restore(paths, file, key_file)
    finally:
        lock.release()


def make_folder(paths: Paths) -> None:
    """Make the private data folder; raises NotWritable."""
    try:
        paths.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(paths.data_dir) from error


def take_lock(paths: Paths) -> FileLock:
    """Keep every other process out; raises InUse."""
    lock = FileLock(paths.lock, timeout=0, thread_local=False, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise InUse from error
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else NotWritable(paths.data_dir)) from error
    return lock


def _without_people(paths: Paths) -> Secrets:
    if not key_file.exists(paths.key):
        if paths.store.exists():
            refuse_foreign(paths.store)
            raise NoKey(paths.key)
        key_file.write_bare(paths.key, randomness.token_hex(32))
    return unlocking.unlock(paths)


def _prepare(paths: Paths, opened: Secrets) -> Secrets:
    """Make or upgrade the store and return the one key that opens it."""
    keys = Keys(paths, opened) if unlocking.is_locked(paths) else None
    if not paths.store.exists():
        if keys and keys.read().filled:
            raise Missing(paths.store)
        with opening(paths.store):
            upgrade.create(paths.store, opened.key)
        _note_filled(paths, keys, opened)
        return opened
    refuse_foreign(paths.store)
    with opening(paths.store):
        opened = _fitting(paths.store, keys, opened)
        if upgrade.needs_upgrade(paths.store, opened.key):
            upgrade.upgrade(paths.store, opened.key)
    if keys and not keys.read().filled:
        _note_filled(paths, keys, opened)
    return opened


def _note_filled(paths: Paths, keys: Keys | None, opened: Secrets) -> None:
    if keys:
        connection = connect(paths.store, opened.key)
        try:
            store_id = connection.execute("SELECT value FROM store_fact WHERE name = 'store_id'").fetchone()[
                0
            ]
        finally:
            connection.close()
        keys.note(filled=True, store_id=store_id)


def _fitting(store: Path, keys: Keys | None, opened: Secrets) -> Secrets:
    """Return the generation that opens the store, and end a change of the key that was interrupted."""
    only = rotation.fitting(store, opened)
    if only is not None:
        if keys and len(opened.keys) > 1:
            keys.reseal(only)
        return only
    if keys is None:
        raise NotAStore(store, "it is something else, is damaged, or its key belongs to another.")
    checks = keys.read().generations
    known = all(checks.get(number) == unlocking.check_value(key) for number, key in opened.keys.items())
    raise Unreadable(store) if known else NoKey(None)


def refuse_foreign(path: Path) -> None:
    """Refuse a folder and a database that is not encrypted; raises NotAStore."""
    if not path.is_file():
        raise NotAStore(path, "it is a folder.")
    with path.open("rb") as file:
        header = file.read(16)
    if header.startswith(b"SQLite format 3"):
        raise NotAStore(path, "it is a database that is not encrypted.")


@contextmanager
def opening(path: Path) -> Generator[None]:
    """Say in words what the driver finds wrong with a file; raises StoreProblem."""
    try:
        yield
    except (DatabaseError, DBAPIError) as error:
        message = str(getattr(error, "orig", error))
        if "not a database" in message or "malformed" in message:
            raise NotAStore(
                path, "it is something else, is damaged, or its key belongs to another."
            ) from error
        problem = from_driver(message)
        if problem is None:
            raise
        raise problem from error
