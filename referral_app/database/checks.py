"""Whether a store is whole: every page, every table, every reference; and what is in it, as numbers."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from referral_app.database.driver import DatabaseError


def problems(connection: Any) -> list[str]:
    """Return what is wrong with the store of a driver's connection, a sentence each; an empty list when it is whole."""
    try:
        return _found(connection)
    except DatabaseError as error:
        if not is_damage(error):
            raise
        return [f"The store cannot be read to its end ({error})."]


def _found(connection: Any) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"A row of {row[0]} points to a missing row of {row[2]}." for row in orphans]


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


LOOKING = (
    "logged_in", "login_failed", "logged_out", "locked", "unlocked", "denied", "opened", "searched", "printed",
    "exported", "backed_up", "backup_failed", "checked",
)  # fmt: skip
"""What the audit notes although nothing was changed that a backup would keep."""


def changed_since(connection: Any, made_at: datetime, event: int) -> bool:
    """Tell whether anything was changed after a moment and an event of the audit."""
    marks = ", ".join("?" * len(LOOKING))
    noted = connection.execute(
        f"SELECT 1 FROM audit_event WHERE sequence > ? AND action NOT IN ({marks}) LIMIT 1", (event, *LOOKING)
    )
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    typed = connection.execute("SELECT 1 FROM draft WHERE updated >= ? LIMIT 1", (moment,))
    return bool(noted.fetchone() or typed.fetchone())
