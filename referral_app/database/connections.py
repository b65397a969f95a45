"""Encrypted connections to the store, each with its settings made and read back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Pool, create_engine, event

from referral_app.database import driver

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can damage a file in WAL mode (reliability.md section 0)."""

SETTINGS: dict[str, int | str] = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 5000,
    "temp_store": 2,
    "cache_size": -65536,
}

LOOKING: dict[str, int | str] = {
    "query_only": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "cell_size_check": 1,
    "cache_size": -65536,
}
"""The settings of a connection that changes no byte."""


def connect(
    path: Path, key: str, *, settings: dict[str, int | str] | None = None, read_only: bool = False
) -> Any:
    """Return a connection of the driver with key and settings; raises the driver's DatabaseError for a wrong key."""
    if driver.sqlite_version < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {driver.sqlite_version} is too old.")
    place = path.absolute().as_uri() + "?mode=ro" if read_only else str(path)
    connection: Any = driver.dbapi.connect(
        place, isolation_level=None, check_same_thread=False, uri=read_only
    )
    try:
        connection.execute(
            "PRAGMA cipher_log_level = NONE"
        )  # it prints to standard error what we say in words
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise RuntimeError("The database driver does not encrypt.")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for name, value in (SETTINGS if settings is None else settings).items():
            _set(connection, name, value)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def looking(path: Path, key: str) -> Generator[Any]:
    """Yield a connection that leaves every byte of a store and of its log as it was, for looking before it is used."""
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm")]
    made = [one for one in beside if not one.exists()]
    try:
        connection = connect(path, key, settings=LOOKING, read_only=True)
        try:
            yield connection
        finally:
            connection.close()
    finally:
        for one in made:
            if one.name.endswith("-shm") or (one.exists() and not one.stat().st_size):
                one.unlink(missing_ok=True)


def _set(connection: Any, name: str, value: int | str) -> None:
    connection.execute(f"PRAGMA {name} = {value}")
    found = connection.execute(f"PRAGMA {name}").fetchone()[0]
    if found != value:
        raise RuntimeError(f"The store did not take the setting {name} = {value} (it says {found}).")


def engine(path: Path, key: str, *, pool: type[Pool], settings: dict[str, int | str] | None = None) -> Engine:
    """Return an engine whose transactions begin explicitly: IMMEDIATE, or plain where `read_only` is set."""

    def creator() -> Any:
        return connect(path, key, settings=settings)

    made = create_engine(
        "sqlite+pysqlite://", module=driver.dbapi, creator=creator, poolclass=pool, hide_parameters=True
    )

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return made
