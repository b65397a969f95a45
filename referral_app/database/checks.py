"""Whether a store is whole: every page, every table, every reference; and what is in it, as numbers."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from referral_app.database.connections import LOOKING, connect, looking
from referral_app.database.driver import DatabaseError

MOST_THREADS = 4
_UNREADABLE = "The store cannot be read to its end ({})."
_ORPHAN = "A row of {} points to a missing row of {}."


def problems(connection: Any) -> list[str]:
    """Return what is wrong with the store of a driver's connection, a sentence each; an empty list when it is whole."""
    try:
        return _found(connection)
    except DatabaseError as error:
        if not is_damage(error):
            raise
        return [_UNREADABLE.format(error)]


def _found(connection: Any) -> list[str]:
    place = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    walks = [*_pages_of_the_file(place), "integrity_check"]
    found = [str(row[0]) for walk in walks for row in connection.execute(f"PRAGMA {walk}") if row[0] != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [_ORPHAN.format(row[0], row[2]) for row in orphans]


def _pages_of_the_file(path: Path) -> list[str]:
    """Return the check of the pages as they stand in the file, which counts only where no log is left beside it.

    A crash while the log is written into the file leaves pages half written that the log holds whole. The other checks
    read through the log, and hold every page that they meet against its keyed checksum too.
    """
    log = path.with_name(path.name + "-wal")
    return [] if log.exists() and log.stat().st_size else ["cipher_integrity_check"]


def thorough(path: Path, key: str) -> list[str]:
    """Return what `problems` does for a store, in a third of the time: table by table, on all processors.

    Each page is held against its keyed checksum, each tree and index is walked, and each reference followed.
    """
    try:
        with looking(path, key) as connection:
            rows = counts(connection)
    except DatabaseError as error:
        if not is_damage(error):
            raise
        return [_UNREADABLE.format(error)]
    largest_first = sorted(rows, key=lambda name: -rows[name])
    walks = [f'integrity_check("{name}")' for name in largest_first]
    parts = [*walks[:1], *_pages_of_the_file(path), "foreign_key_check", *walks[1:]]
    with looking(path, key), ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        found = pool.map(partial(_part, path, key), parts)
        return list(dict.fromkeys(chain.from_iterable(found)))


def _part(path: Path, key: str, part: str) -> list[str]:
    """Return what one part of a check finds; a connection of a driver serves one thread at a time."""
    try:
        connection = connect(path, key, settings=LOOKING, read_only=True)
        try:
            rows = connection.execute(f"PRAGMA {part}").fetchall()
        finally:
            connection.close()
    except DatabaseError as error:
        if not is_damage(error):
            raise
        return [_UNREADABLE.format(error)]
    if part == "foreign_key_check":
        return [_ORPHAN.format(row[0], row[2]) for row in rows]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def is_damage(error: object) -> bool:
    """Tell whether the driver's error says that pages are damaged or do not fit the key."""
    return any(part in str(error) for part in ("not a database", "malformed", "disk image"))


def has(connection: Any, table: str) -> bool:
    """Tell whether there is a table."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None


def facts(connection: Any) -> dict[str, str]:
    """Return what the store knows of itself, nothing in the first revision."""
    if not has(connection, "store_fact"):
        return {}
    return dict(connection.execute("SELECT name, value FROM store_fact").fetchall())


def tables(connection: Any) -> dict[str, list[str]]:
    """Return each table with its columns."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in names
        if not name.startswith("sqlite_")
    }


def counts(connection: Any) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for name in tables(connection)
    }


def content(connection: Any, table: str, columns: list[str]) -> tuple[int, str]:
    """Return how many rows a table has, and a hash of what they say in some columns, whatever order they lie in."""
    wanted = ", ".join(f'"{name}"' for name in columns)
    rows = total = 0
    for row in connection.execute(f'SELECT {wanted} FROM "{table}"'):
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest(), "big")
    return rows, f"{total % (1 << 256):064x}"


NO_CHANGE = (
    "logged_in", "login_failed", "logged_out", "locked", "unlocked", "denied", "opened", "searched", "printed",
    "exported", "backed_up", "backup_failed", "checked",
)  # fmt: skip
"""What the audit notes although nothing was changed that a backup would keep."""


def changed_since(connection: Any, made_at: datetime, event: int) -> bool:
    """Tell whether anything was changed after a moment and an event of the audit."""
    marks = ", ".join("?" * len(NO_CHANGE))
    noted = connection.execute(
        f"SELECT 1 FROM audit_event WHERE sequence > ? AND action NOT IN ({marks}) LIMIT 1",
        (event, *NO_CHANGE),
    )
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    typed = connection.execute("SELECT 1 FROM draft WHERE updated >= ? LIMIT 1", (moment,))
    return bool(noted.fetchone() or typed.fetchone())
