"""What a store that lets no one in costs: keys, start, checks, backup, restore, the audit, and encryption itself."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from referral_app.choices import InstallationMode, StaffRole
from referral_app.database import Database, Passphrase, audit, connections, open_database, restore, unlock
from referral_app.database import driver as drivers
from referral_app.database.unlocking import Secrets
from referral_app.jobs import backups, demo, people
from referral_app.paths import Paths
from referral_app.services import references, referrals, worklists
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure, medians, seconds

MANY = 100_000
OFFICE = InstallationMode.REFERRING_OFFICE
RIGHT = Passphrase("demo", "orchard lantern velvet")
SMALL = 2_000
"""Referrals in the stores on which encryption is measured: 40 MB, which both caches hold in part."""


def measure() -> list[Figure]:
    """Return the times of a store with 100,000 referrals beside their limits, and what encryption adds."""
    with stores.folder() as paths:
        _fill(paths, MANY)
        return [*_keys(paths), *_start(paths), *_backups(paths), *_audit(paths), *_encryption()]


def _fill(paths: Paths, referrals_wanted: int) -> None:
    db, recovery = people.set_up(paths, "Bench Person", RIGHT.login, RIGHT.text, frozenset(StaffRole))
    people.confirm_recovery_key(db, recovery.replace("-", "")[-6:], recovery)
    demo.fill(db)
    with db.begin() as session:
        stores.multiply(session, referrals_wanted)
    db.close()


def _keys(paths: Paths) -> list[Figure]:
    """Return how long a passphrase takes, against 1 s and 0.25 s, and what unlocking takes besides."""
    opened: list[Secrets] = []
    took = [seconds(lambda: opened.append(unlock(paths, RIGHT))) for _ in range(5)]
    derive = sorted(took)[2]
    db = people.open_store(paths, RIGHT, OFFICE)
    try:
        besides = sorted(_again(db, opened[0]) for _ in range(5))[2]
    finally:
        db.close()
    return [
        Figure("a passphrase, at most", derive, "s", "limit", 1.0),
        Figure("a passphrase, at least (shown turned round)", 0.25, "s", "measured", derive),
        Figure("unlocking besides", besides, "s", "limit", 0.3),
    ]


def _again(db: Database, opened: Secrets) -> float:
    """Return how long it takes from the keys to the first list."""
    db.lock_up()
    start = time.perf_counter()
    db.unlock(opened)
    with db.read() as session:
        worklists.find(session, Filter())
    return time.perf_counter() - start


def _start(paths: Paths) -> list[Figure]:
    """Return the start with its look at the audit's end, a start after a kill, and a full check."""
    opened = unlock(paths, RIGHT)
    took = sorted(seconds(lambda: open_database(paths, opened).close()) for _ in range(5))[2]
    db = open_database(paths, opened)
    db.note("opened")
    copied = Paths(paths.data_dir.with_name("killed"))
    shutil.copytree(paths.data_dir, copied.data_dir)
    check = seconds(db.check)
    db.close()
    killed = seconds(lambda: open_database(copied, opened).close())
    shutil.rmtree(copied.data_dir)
    where = f"limit, {MANY:,} referrals, {paths.store.stat().st_size / 1e6:.0f} MB"
    return [
        Figure("start, with the end of the audit", took, "s", where, 2.0),
        Figure("full check", check, "s", where, 5.0),
        Figure("start after a kill, with a full check", killed, "s", where, 7.0),
    ]


def _backups(paths: Paths) -> list[Figure]:
    db = people.open_store(paths, RIGHT, OFFICE)
    try:
        start = time.perf_counter()
        made = backups.make(db).record
        backup = time.perf_counter() - start
    finally:
        db.close()
    kept = made.path.rename(paths.data_dir.with_name("kept.backup"))
    shutil.rmtree(paths.data_dir)
    back = seconds(lambda: restore(paths, kept, RIGHT))
    kept.unlink()
    where = f"limit, {made.rows['referral']:,} referrals, {made.size / 1e6:.0f} MB"
    return [
        Figure("backup, verified", backup, "s", where, 300.0),
        Figure("restore into a wiped folder", back, "s", where, 300.0),
    ]


def _audit(paths: Paths) -> list[Figure]:
    """Return how long the audit of 100,000 events takes to verify."""
    db = people.open_store(paths, RIGHT, OFFICE)
    try:
        opened = unlock(paths, RIGHT)
        events = [
            {"action": "opened", "kind": "referral", "object_id": f"{n:032}", "details": {"n": n}}
            for n in range(1000)
        ]
        connection = connections.connect(paths.store, opened.key)
        for _ in range(MANY // 1000):
            connection.execute("BEGIN IMMEDIATE")
            audit.append(
                connection, opened.audit_key, events, {"person": "Bench Person", "person_id": "0" * 32}
            )
            connection.execute("COMMIT")
        connection.close()
        took = sorted(seconds(lambda: db.check_audit()) for _ in range(3))[1]
    finally:
        db.close()
    return [Figure(f"verifying {MANY:,} events of the audit", took, "s", "limit", 1.0)]


def _encryption() -> list[Figure]:
    """Return saves and searches of the same services, encrypted and not, on stores of the same rows and cache."""
    with stores.folder() as ours, stores.folder() as bare, _open(ours) as db, _plain(), _open(bare) as plain:
        took = medians(
            {
                "save": lambda: _save(db), "plain save": lambda: _save(plain),
                "search": lambda: _search(db), "plain search": lambda: _search(plain),
            },
            turns=150, warm_up=10,
        )  # fmt: skip
    return [
        Figure("a save, encrypted", took["save"], "ms", "the same, not encrypted", took["plain save"], 1.15),
        Figure(
            "a search, encrypted", took["search"], "ms", "the same, not encrypted", took["plain search"], 1.15
        ),
    ]


@contextmanager
def _open(paths: Paths) -> Generator[Database]:
    with stores.filled(paths, SMALL) as db:
        yield db


def _save(db: Database) -> None:
    values = stores.intake()
    values["patient"] |= {"family_name": f"Saved {references.make()}"}
    with db.begin() as session:
        referrals.save(session, values)


def _search(db: Database) -> None:
    with db.read() as session:
        worklists.find(session, Filter(text="invented00001"))


@contextmanager
def _plain() -> Generator[None]:
    """Make connections that do not encrypt for the length of the block: the peer, never the program."""
    connect: Callable[..., Any] = drivers.dbapi.connect

    class Plain(drivers.dbapi.Connection):
        """A connection that overhears the key."""

        def execute(self, statement: str, *values: Any) -> Any:
            """Do what is asked but for the key."""
            return super().execute("SELECT 1" if statement.startswith("PRAGMA key") else statement, *values)

    def connect_plainly(*places: Any, **named: Any) -> Any:
        return connect(*places, **named, factory=Plain)

    with (
        patch.object(drivers.dbapi, "connect", connect_plainly),
        patch("referral_app.database.opening.refuse_foreign", lambda path: None),
    ):
        yield
