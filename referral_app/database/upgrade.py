"""Bringing a store to the revision that this version knows: on a copy, checked, then swapped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import NullPool

from referral_app.database import checks
from referral_app.database.connections import connect, engine
from referral_app.database.files import swap
from referral_app.database.problems import NewerStore, NotAStore

HEAD = "0002"
"""The newest revision, kept here so that opening a current store need not import Alembic (0.7 s)."""

WHILE_MIGRATING: dict[str, int | str] = {"foreign_keys": 0, "synchronous": 2, "trusted_schema": 0}


def revision(connection: Any) -> str | None:
    """Return the revision of a store, None for an empty file."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def needs_upgrade(path: Path, key: str) -> bool:
    """Tell whether the store is older than this version; raises NewerStore, NotAStore without changing a byte."""
    connection = connect(path, key, settings={"query_only": 1})
    try:
        found = revision(connection)
        if found is None:
            raise NotAStore(path, "it holds no tables of this program.")
        if found > HEAD:
            raise NewerStore(found, HEAD)
        return found < HEAD
    finally:
        connection.close()


def create(path: Path, key: str) -> None:
    """Make a new, empty store; the file appears under its name only when it is whole."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    migrate(unfinished, key)
    swap(unfinished, path)


def upgrade(path: Path, key: str) -> None:
    """Upgrade a copy of the store, check it and put it in the store's place; the old file stays beside it."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    connection = connect(path, key)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        old = revision(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    migrate(unfinished, key)
    kept = path.with_suffix(f".before-{HEAD}-from-{old}")
    path.replace(kept)
    swap(unfinished, path)


def migrate(path: Path, key: str) -> None:
    """Run the migrations on a file in one transaction, foreign keys off, and check the result before it counts."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    scripts = Path(__file__).parents[1] / "migrations"
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    own = engine(path, key, pool=NullPool, settings=WHILE_MIGRATING)
    with own.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if checks.problems(connection.connection.driver_connection):
            raise RuntimeError("The upgraded store is not whole.")
