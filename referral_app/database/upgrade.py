"""Bringing a store to the revision that this version knows: on a copy, checked, then swapped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import NullPool

from referral_app import __version__
from referral_app.database import audit, checks
from referral_app.database.connections import connect, engine, looking
from referral_app.database.files import swap
from referral_app.database.problems import NewerStore, NotAStore

HEAD = "0007"
"""The newest revision, kept here so that opening a current store need not import Alembic (0.7 s)."""

WHILE_MIGRATING: dict[str, int | str] = {
    "foreign_keys": 0,
    "synchronous": 2,
    "trusted_schema": 0,
    "temp_store": 2,
}

BOOKKEEPING = ("alembic_version", "store_fact")
"""Tables whose content an upgrade changes by itself."""


def revision(connection: Any) -> str | None:
    """Return the revision of a store, None for an empty file."""
    if not checks.has(connection, "alembic_version"):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def newer(found: str, program: str, what: str = "store") -> NewerStore:
    """Return the refusal of a later revision, with the version of the program that is needed."""
    return NewerStore(found, HEAD, program, what)


def guard(path: Path, connection: Any) -> bool:
    """Tell whether a store is older than this version; raises NewerStore, NotAStore."""
    found = revision(connection)
    if found is None:
        raise NotAStore(path, "it holds no tables of this program.")
    if found > HEAD:
        raise newer(found, checks.facts(connection).get("program", ""))
    return found < HEAD


def needs_upgrade(path: Path, key: str) -> bool:
    """Tell whether the store is older than this version; raises NewerStore, NotAStore without changing a byte."""
    with looking(path, key) as connection:
        return guard(path, connection)


def create(path: Path, key: str) -> None:
    """Make a new, empty store; the file appears under its name only when it is whole."""
    unfinished = _unfinished(path)
    migrate(unfinished, key)
    connect(unfinished, key).close()  # to the log now: in its place a crash would leave a hot journal
    swap(unfinished, path)


def upgrade(path: Path, key: str, audit_key: bytes) -> str:
    """Upgrade a copy of the store, check it, put it in the store's place, and return the revision that it had.

    The caller made a backup. A crash at any moment leaves the old store or the new one under its name.
    """
    unfinished = _unfinished(path)
    connection = connect(path, key)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        old = str(revision(connection))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    migrate(unfinished, key)
    _note(unfinished, key, audit_key, old)
    _refuse_log(path)
    swap(unfinished, path)
    return old


def migrate(path: Path, key: str) -> None:
    """Run the migrations on a file in one transaction, foreign keys off, and check the result before it counts."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    scripts = Path(__file__).parents[1] / "migrations"
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    own = engine(path, key, pool=NullPool, settings=WHILE_MIGRATING)
    with own.begin() as connection:
        raw: Any = connection.connection.driver_connection
        lasting = _lasting(raw, _changed_on_purpose(config, revision(raw) or ""))
        before = _contents(raw, lasting)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        raw.execute("INSERT OR REPLACE INTO store_fact VALUES ('program', ?)", (__version__,))
        if checks.problems(raw) or _contents(raw, lasting) != before:
            raise RuntimeError("The upgraded store is not whole.")


def _changed_on_purpose(config: Any, old: str) -> set[str]:
    """Return what the migrations since a revision name in `CHANGES`: tables, or columns as "table.column"."""
    from alembic.script import ScriptDirectory

    found: set[str] = set()
    for script in ScriptDirectory.from_config(config).walk_revisions():
        if script.revision > old:
            found |= set(getattr(script.module, "CHANGES", ()))
    return found


def _lasting(connection: Any, on_purpose: set[str]) -> dict[str, list[str]]:
    """Return the tables and columns whose content an upgrade must not change."""
    return {
        table: [name for name in columns if f"{table}.{name}" not in on_purpose]
        for table, columns in checks.tables(connection).items()
        if table not in on_purpose and table not in BOOKKEEPING
    }


def _contents(connection: Any, columns: dict[str, list[str]]) -> dict[str, tuple[int, str] | None]:
    """Return rows and hash of each table; None where it, or one of its columns, is gone."""
    there = checks.tables(connection)
    return {
        table: checks.content(connection, table, names) if set(names) <= set(there.get(table, ())) else None
        for table, names in columns.items()
    }


def _note(path: Path, key: str, audit_key: bytes, old: str) -> None:
    """Note the upgrade in the audit of the copy."""
    connection = connect(path, key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        event = {"action": "upgraded", "outcome": "done", "details": {"from": old, "to": HEAD}}
        audit.append(connection, audit_key, [event], {})
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _unfinished(path: Path) -> Path:
    unfinished = path.with_suffix(".unfinished")
    for end in ("", "-wal", "-shm", "-journal"):
        unfinished.with_name(unfinished.name + end).unlink(missing_ok=True)
    return unfinished


def _refuse_log(path: Path) -> None:
    """Make sure that no log of the old store is left, which would be replayed into the new one."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise RuntimeError("The log of the old store is still there.")
