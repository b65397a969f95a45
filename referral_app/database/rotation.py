"""A new key for the store: written into a new file, verified, and put in the place of the old one.

The key file holds both keys until the file is in its place, so that a crash at any moment leaves a store that opens.
"""

from __future__ import annotations

import secrets as randomness
from dataclasses import replace
from pathlib import Path
from typing import Any

from referral_app.database import checks, files
from referral_app.database.connections import connect, looking
from referral_app.database.driver import DatabaseError
from referral_app.database.keys import Keys
from referral_app.database.unlocking import Secrets


def with_new_key(opened: Secrets) -> Secrets:
    """Return the keys with one more, which nobody had before."""
    number = str(max(int(one) for one in opened.keys) + 1)
    return replace(opened, keys={**opened.keys, number: randomness.token_hex(32)})


def exchange(store: Path, keys: Keys, both: Secrets) -> Secrets:
    """Bring the store from the older to the newer of two keys and return that alone; nothing else may have it open."""
    older, newer = sorted(both.keys, key=int)
    fresh = store.with_suffix(".unfinished")
    fresh.unlink(missing_ok=True)
    copy(store, both.keys[older], fresh, both.keys[newer])
    keys.reseal(both)
    files.swap(fresh, store)
    only = replace(both, keys={newer: both.keys[newer]})
    keys.reseal(only)
    keys.note(key_due=False)
    return only


def copy(store: Path, key: str, fresh: Path, new_key: str) -> None:
    """Write a store into a new file with another key, and check that all of it arrived."""
    connection = connect(store, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("ATTACH DATABASE ? AS fresh KEY \"x'%s'\"" % new_key, (str(fresh),))  # noqa: UP031
        connection.execute("SELECT sqlcipher_export('fresh')").fetchone()
        connection.execute("DETACH DATABASE fresh")
        before = checks.counts(connection)
    finally:
        connection.close()
    _verify(fresh, new_key, before)


def _verify(fresh: Path, key: str, before: dict[str, int]) -> None:
    connection: Any = connect(fresh, key)
    try:
        if checks.problems(connection) or checks.counts(connection) != before:
            raise RuntimeError("The store with the new key is not whole.")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def fitting(store: Path, opened: Secrets) -> Secrets | None:
    """Return the one generation of the keys that opens a store, None where none does."""
    for generation in sorted(opened.keys, key=int, reverse=True):
        try:
            with looking(store, opened.keys[generation]):
                pass
        except DatabaseError as error:
            if "not a database" not in str(error) and "malformed" not in str(error):
                raise
            continue
        return replace(opened, keys={generation: opened.keys[generation]})
    return None
