"""Whether a store is whole: every page, every table, every reference."""

from __future__ import annotations

from typing import Any

from referral_app.database.driver import DatabaseError


def problems(connection: Any) -> list[str]:
    """Return what is wrong with the store of a driver's connection, a sentence each; an empty list when it is whole."""
    try:
        return _found(connection)
    except DatabaseError as error:
        return [f"The store cannot be read to its end ({error})."]


def _found(connection: Any) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"A row of {row[0]} points to a missing row of {row[2]}." for row in orphans]


def counts(connection: Any) -> dict[str, int]:
    """Return how many rows each table has."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
        if not name.startswith("sqlite_")
    }
