"""Killing the upgrade of an older store at every statement and every change of a file.

Proven: whenever the process is killed, the store is the old or the new one, the next start ends the upgrade, and then
every row of every table is there with the values it had, the children of cascades too. A power cut in the upgrade is in
`exchanges`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from referral_app.database import driver, open_database
from referral_app.database.connections import looking
from referral_app.paths import Paths
from tests import older_stores
from tests.reliability import writer
from tests.reliability.kills import WARM
from tests.reliability.tally import Tally

CHANGES_FILES = {"os.rename", "os.remove", "open", "shutil.copyfile", "shutil.move"}
"""What Python tells of files (sys.addaudithook); the driver's own come with their statements."""

GROWING = "audit_event"
"""The table that an upgrade itself writes to."""

Rows = dict[str, tuple[int, str]]
"""For each table how many rows it has, and a fingerprint of the columns that an upgrade of the old revision keeps."""


def columns_of(connection: Any) -> dict[str, list[str]]:
    """Return the columns of each table that an upgrade keeps as they are, but of the one that it writes to."""
    return {name: columns for name, columns in older_stores.lasting(connection).items() if name != GROWING}


def rows_of(
    path: Path, key: str, columns: dict[str, list[str]] | None = None
) -> tuple[dict[str, list[str]], Rows]:
    """Return the columns of a store and the fingerprint of each table, in the given columns where there are any."""
    with looking(path, key) as connection:
        known = columns or columns_of(connection)
        found: Rows = {}
        for table, names in known.items():
            rows = sorted(map(repr, connection.execute(f"SELECT {', '.join(names)} FROM {table}")))
            found[table] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return known, found


def upgrade_and_die(folder: Path, at: int, theirs: Connection) -> None:
    """Open a store, be killed at the step of that number, and say how many steps there were where it never came."""
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def changed_file(name: str, words: tuple[Any, ...]) -> None:
        if name in CHANGES_FILES and str(folder) in str(words[0]):
            step()

    original = driver.dbapi.connect

    def watched(*words: Any, **named: Any) -> Any:
        connection = original(*words, **named)
        connection.set_trace_callback(step)
        return connection

    driver.dbapi.connect = watched
    sys.addaudithook(changed_file)
    open_database(Paths(folder), writer.enter(folder)).close()
    theirs.send(steps)


def _in_child(folder: Path, at: int) -> int:
    """Return how many steps the child took, 0 where it was killed."""
    ours, theirs = WARM.Pipe(duplex=False)
    child = WARM.Process(target=upgrade_and_die, args=(folder, at, theirs))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return 0
    finally:
        child.join()
        ours.close()


def run(folder: Path, old: Path, points: int = 0) -> Tally:
    """Kill the upgrade of a copy of an old store at every step, or at so many spread over all, and start again."""
    tally = Tally()
    key = writer.enter(old).key
    columns, before = rows_of(Paths(old).store, key)
    tally.seen["rows"] = sum(count for count, _ in before.values())
    with tempfile.TemporaryDirectory(dir=folder) as name:
        shutil.copytree(old, Path(name) / "whole")
        steps = _in_child(Path(name) / "whole", 0)
    tally.seen["steps of the upgrade"] = steps
    for number in (
        sorted({1 + turn * steps // points for turn in range(points)}) if points else range(1, steps + 1)
    ):
        place = folder / f"killed-{number}"
        shutil.copytree(old, place)
        if _in_child(place, number):
            tally.fault("was not killed", f"step {number}")
        tally.tried += 1
        judge(Paths(place), key, columns, before, tally, f"killed at step {number} of {steps}")
        shutil.rmtree(place)
    return tally


def judge(
    paths: Paths, key: str, columns: dict[str, list[str]], before: Rows, tally: Tally, what: str
) -> None:
    """Look at a store as the interruption left it, then start as the application does, and count what is wrong."""
    try:
        if rows_of(paths.store, key, columns)[1] != before:
            tally.fault("neither old nor new", what)
    except Exception as error:
        tally.fault("neither old nor new", f"{what}: {error!r}")
    try:
        db = open_database(paths, writer.enter(paths.data_dir))
        problems = db.check() + db.check_audit()
        db.close()
        if problems:
            tally.fault("corrupt", f"{what}: {problems[0]}")
        after = rows_of(paths.store, key, columns)[1]
        for table in (name for name in before if before[name] != after[name]):
            tally.fault("lost", f"{what}: {table} had {before[table][0]} rows and has {after[table][0]}")
    except Exception as error:
        tally.fault("did not go on", f"{what}: {error!r}")
