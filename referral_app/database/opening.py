"""Opening the store of a data folder: folder, lock, key, revision, checks; nothing is changed where one fails."""

from __future__ import annotations

import errno
import secrets as randomness
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError

from referral_app.database import (
    backup,
    checks,
    key_file,
    network,
    prepared,
    restoring,
    rotation,
    unlocking,
    upgrade,
)  # fmt: skip
from referral_app.database.connections import connect, looking
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
from referral_app.database.restoring import Restored, Way
from referral_app.database.store import Database
from referral_app.database.unlocking import Secrets
from referral_app.database.wrapping import Cost
from referral_app.paths import Paths


def open_database(paths: Paths, opened: Secrets | None = None) -> Database:
    """Open the store of a data folder, making or upgrading it as needed; raises StoreProblem with nothing changed.

    `opened` comes from `unlocking.unlock`; a store without people needs none.
    """
    lock = enter(paths)
    try:
        with backup.said_in_words(paths.data_dir):
            was_in_use = _log_is_left(paths.store)
            ready = _prepare(paths, opened or _without_people(paths))
            db = Database(paths, ready, lock)
    except BaseException:
        lock.release()
        raise
    try:
        _look_at_audit(db, was_in_use)
    except BaseException:
        db.close()
        raise
    return db


def begin_with_person(
    paths: Paths, person_id: str, login: str, passphrase: str, cost: Cost | None = None
) -> tuple[Secrets, str]:
    """Write the key file of a store that is not there yet; return its keys and its recovery key, not confirmed yet."""
    lock = enter(paths)
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


def restore(paths: Paths, file: Path, way: Way, other_office: bool = False) -> Restored:
    """Put a backup in the place of a closed store; see `restoring.restore`. Raises StoreProblem, nothing changed."""
    lock = enter(paths)
    try:
        return restoring.restore(paths, file, way, other_office)
    finally:
        lock.release()


def enter(paths: Paths) -> FileLock:
    """Take a data folder for this process alone, and end what a crash interrupted there.

    Raises NetworkFolder, InUse, NotWritable, DiskFull.
    """
    network.refuse(paths.data_dir)
    make_folder(paths)
    lock = take_lock(paths)
    try:
        with backup.said_in_words(paths.data_dir):
            prepared.finish(paths)
            backup.sweep(paths.data_dir)
            backup.sweep(paths.backups)
    except BaseException:
        lock.release()
        raise
    return lock


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
    """Make or upgrade the store, check it where it was not closed, and return the one key that opens it."""
    keys = Keys(paths, opened) if unlocking.is_locked(paths) else None
    if not paths.store.exists():
        if keys and keys.read().filled:
            raise Missing(paths.store)
        with opening(paths.store):
            upgrade.create(paths.store, opened.key)
        refuse_foreign(paths.store)
        _note_filled(paths, keys, opened)
        return opened
    refuse_foreign(paths.store)
    opened = _fitting(paths.store, keys, opened)
    with opening(paths.store, fits=True):
        if _looked_at(paths.store, opened.key):
            _upgrade(paths, opened)
    if keys and not keys.read().filled:
        _note_filled(paths, keys, opened)
    return opened


def _looked_at(store: Path, key: str) -> bool:
    """Tell whether a store is older than this version; one that was not closed is checked from end to end first.

    Raises NewerStore, NotAStore and Unreadable with not a byte changed.
    """
    with looking(store, key) as connection:
        is_older = upgrade.guard(store, connection)
    if _log_is_left(store) and (problems := checks.thorough(store, key)):
        raise Unreadable(store, problems[0])
    return is_older


def _upgrade(paths: Paths, opened: Secrets) -> None:
    """Make a verified backup, then upgrade."""
    held = key_file.dump(key_file.load(paths.key)) if unlocking.is_locked(paths) else None
    target = paths.backups / backup.name("before-upgrade")
    backup.make(paths.store, opened, held, target, "before-upgrade")
    backup.ask_room(paths.data_dir, 2 * paths.store.stat().st_size)
    upgrade.upgrade(paths.store, opened.key, opened.audit_key)


def _log_is_left(store: Path) -> bool:
    """Tell whether the program ended without closing the store: its log was not written into it."""
    log = store.with_name(store.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _look_at_audit(db: Database, was_in_use: bool) -> None:
    """Hold the end of the audit against what was kept outside; a break is told and noted, and bars nobody's way."""
    found = db.check_tail()
    if was_in_use:
        db.note("checked", reason="The program had ended without closing the store.", details={"problems": 0})
    for sentence in found:
        db.warnings.append(sentence)
        db.note("checked", outcome="failed", reason=sentence)


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
def opening(path: Path, fits: bool = False) -> Generator[None]:
    """Say in words what the driver finds wrong with a file, whose key is known to be right with `fits`."""
    try:
        yield
    except (DatabaseError, DBAPIError) as error:
        message = str(getattr(error, "orig", error))
        if checks.is_damage(message):
            if fits:
                raise Unreadable(path) from error
            raise NotAStore(
                path, "it is something else, is damaged, or its key belongs to another."
            ) from error
        problem = from_driver(message)
        if problem is None:
            raise
        raise problem from error
