"""Cutting the power, or the process, while whole files are exchanged: a new key, a restore, an upgrade.

The act is recorded as in `power_cuts` and cut at every step of it. Proven: the store of before or of after is there,
whole, and opens in the usual way; an exchange that was cut short is ended or taken back by the next start. A kill -9 is
among what is tried: it leaves everything that was written.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from referral_app.database import open_database, restore
from referral_app.paths import Paths
from tests import older_stores
from tests.reliability import migration_kills, writer
from tests.reliability.power_cuts import lay_out, memory, refuse_blindness, remains
from tests.reliability.recording import record
from tests.reliability.tally import Tally

AFTER_BACKUP = 3
"""So many saves follow the backup, so that a restore is told from what was there."""


def new_key(folder: Path) -> None:
    """Give the store a new key."""
    db = writer.open_store(folder)
    db.rotate()
    db.close()


def put_back(folder: Path) -> None:
    """Restore the backup that lies beside the store."""
    restore(Paths(folder), folder / "copy.backup", writer.ME)


def upgrade(folder: Path) -> None:
    """Open a store of an older revision."""
    open_database(Paths(folder), writer.enter(folder)).close()


ACTS: dict[str, Callable[[Path], None]] = {"new-key": new_key, "put-back": put_back, "upgrade": upgrade}


def run(folder: Path, act: str, cuts: int, seed: int = 1) -> Tally:
    """Record one exchange, cut it so many times, and look at what the next start finds."""
    data, tally = folder / "data", Tally()
    allowed = _begin(data, act)
    safe = {str(path): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "tests.reliability.exchanges", str(data), act]
    events, _ = record(command, data, folder / "strace.log")
    refuse_blindness(events, data, safe)
    tally.seen["steps"] = len(events)
    with tempfile.TemporaryDirectory(dir=memory()) as name:
        for number, (files, _) in enumerate(remains(events, cuts, random.Random(seed), safe)):
            place = Path(name) / str(number)
            lay_out(files, data, place)
            _judge(place, allowed, tally, f"{act}, cut {number}")
            shutil.rmtree(place)
            tally.tried += 1
    return tally


def _begin(data: Path, act: str) -> list[object]:
    """Lay out what the act begins with, and return what may be in the store after it."""
    if act == "upgrade":
        shutil.copytree(older_stores.older()[0], data)
        return [_content(data)]
    writer.make_store(data)
    db = writer.open_store(data)
    writer.back_up(db, data)
    backed_up = writer.contents(db)
    for number in range(AFTER_BACKUP):
        writer.save(db, number + 1)
    now = writer.contents(db)
    db.close()
    return [now, backed_up] if act == "put-back" else [now]


def _content(folder: Path) -> object:
    """Return the rows of an older store, by the columns that it has."""
    old = older_stores.older()[0]
    columns, _ = migration_kills.rows_of(Paths(old).store, writer.enter(old).key)
    return migration_kills.rows_of(Paths(folder).store, writer.enter(folder).key, columns)[1]


def _judge(place: Path, allowed: list[object], tally: Tally, what: str) -> None:
    try:
        is_older = not isinstance(allowed[0], set)
        db = open_database(Paths(place), writer.enter(place)) if is_older else writer.open_store(place)
        try:
            for problem in db.warnings + db.check() + db.check_audit():
                tally.fault("corrupt", f"{what}: {problem}")
            found = None if is_older else writer.contents(db)
        finally:
            db.close()
        if (_content(place) if is_older else found) not in allowed:
            tally.fault("lost", what)
        elif len(allowed) > 1:
            tally.seen["after" if found == allowed[1] else "before"] += 1
    except Exception as error:
        tally.fault("corrupt", f"{what}: {error!r}")


if __name__ == "__main__":
    os.umask(0o077)
    ACTS[sys.argv[2]](Path(sys.argv[1]))
