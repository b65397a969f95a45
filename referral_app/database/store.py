"""Opening the store of one person, and its transactions."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import QueuePool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from referral_app.database import backup, checks, upgrade
from referral_app.database import key as keys
from referral_app.database.connections import engine
from referral_app.database.driver import DatabaseError
from referral_app.database.problems import (
    DiskFull,
    InUse,
    NotAStore,
    NotWritable,
    from_driver,
)  # fmt: skip
from referral_app.paths import Paths


class Database:
    """An open store: one user action is one `with db.begin() as session`, looking is `with db.read() as session`."""

    def __init__(self, path: Path, key: str, lock: FileLock) -> None:
        """Prepare the connections; none is made before it is needed."""
        self._path, self._key, self._lock = path, key, lock
        self._engine = engine(path, key, pool=QueuePool)
        self._reading = self._engine.execution_options(read_only=True)

    @contextmanager
    def begin(self) -> Generator[Session]:
        """Yield a session whose changes are committed at the end of the block and rolled back on any exception.

        Raises StoreProblem where the disk refuses; nothing is saved then.
        """
        import_module("referral_app.models.everything")  # rows are written in the order in which tables point
        with self._problems(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Generator[Session]:
        """Yield a session for looking things up."""
        with self._problems(), Session(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _problems(self) -> Generator[None]:
        try:
            yield
        except DBAPIError as error:
            problem = from_driver(str(error.orig))
            if problem is None:
                raise
            self._engine.dispose()
            raise problem from error

    def check(self) -> list[str]:
        """Return what is wrong with the store, one sentence each; an empty list when it is whole."""
        with self.read() as session:
            return checks.problems(session.connection().connection.driver_connection)

    def back_up(self, target: Path) -> None:
        """Write a verified, encrypted copy into a file while the store is in use; raises StoreProblem."""
        backup.make(self._path, self._key, target)

    def close(self) -> None:
        """Write everything into the one file, close all connections and let other processes in."""
        try:
            with self._engine.connect() as connection:
                connection.connection.driver_connection.execute(  # pyright: ignore[reportOptionalMemberAccess]
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                )
        except (DBAPIError, DatabaseError):
            pass  # the log stays beside the file and is read at the next start
        self._engine.dispose()
        self._lock.release()


def open_database(paths: Paths) -> Database:
    """Open the store of a data folder, making or upgrading it as needed; raises StoreProblem with nothing changed."""
    _make_folder(paths)
    lock = _take(paths)
    try:
        key = _prepare(paths)
        return Database(paths.store, key, lock)
    except OSError as error:
        lock.release()
        raise (DiskFull() if error.errno == errno.ENOSPC else NotWritable(paths.data_dir)) from error
    except BaseException:
        lock.release()
        raise


def restore(paths: Paths, file: Path, key_file: Path | None = None) -> Path | None:
    """Put a backup in the place of a closed store; see `backup.restore`. Raises StoreProblem with nothing changed."""
    _make_folder(paths)
    lock = _take(paths)
    try:
        return backup.restore(paths, file, key_file)
    finally:
        lock.release()


def _make_folder(paths: Paths) -> None:
    try:
        paths.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(paths.data_dir) from error


def _take(paths: Paths) -> FileLock:
    lock = FileLock(paths.lock, timeout=0, thread_local=False, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise InUse from error
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else NotWritable(paths.data_dir)) from error
    return lock


def _prepare(paths: Paths) -> str:
    if not paths.store.exists():
        key = keys.read(paths.key) if paths.key.exists() else keys.make(paths.key)
        with _opening(paths.store):
            upgrade.create(paths.store, key)
        return key
    _refuse_foreign(paths.store)
    key = keys.read(paths.key)
    with _opening(paths.store):
        if upgrade.needs_upgrade(paths.store, key):
            upgrade.upgrade(paths.store, key)
    return key


def _refuse_foreign(path: Path) -> None:
    if not path.is_file():
        raise NotAStore(path, "it is a folder.")
    with path.open("rb") as file:
        header = file.read(16)
    if header.startswith(b"SQLite format 3"):
        raise NotAStore(path, "it is a database that is not encrypted.")


@contextmanager
def _opening(path: Path) -> Generator[None]:
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
