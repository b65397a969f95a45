"""Flipping bits of, and cutting off, each file of an installation, and opening what is left as the application does.

The store was left by a process that was killed, so that its last saves stand in the log alone. Proven: damage is named
in a sentence at the opening or by the check, or it changed nothing that is shown (the key file is kept twice; parts of
a log are unused); what is shown is never anything but what was saved; nothing is offered to be deleted, and a refusal
changes no byte. SQLite itself takes a damaged log for one whose last saves were never ended, and says nothing.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from referral_app.database import Database, StoreProblem
from referral_app.paths import Paths
from tests.reliability import kills, writer
from tests.reliability.power_cuts import memory
from tests.reliability.tally import Tally

FILES = {
    "referrals.db": 35, "referrals.db-wal": 20, "referrals.head": 5, "store.key": 5, "store.key.copy": 5,
    "both keys": 10, "copy.backup": 20,
}  # fmt: skip
"""What is damaged, and how often in a hundred."""
OFFERS = re.compile(r"delete|erase|start (again|anew|over)|new store|empty store", re.IGNORECASE)
CHANGES_ANYWAY = {"instance.lock", "referrals.db-shm", "attempts.json"}


@dataclass(frozen=True)
class Installation:
    """A data folder with a store in use and a backup beside it, and what is in them."""

    folder: Path
    saved: frozenset[writer.Saved]


def installation(folder: Path) -> Installation:
    """Make one: some saves in the store, a backup, then more saves in the log of a process that was killed."""
    writer.make_store(folder)
    db = writer.open_store(folder)
    for number in range(1, 20):
        writer.save(db, number)
    writer.back_up(db, folder)
    db.close()
    kills.kill_one(folder, 1000, after=0, at_least=20)
    left = folder.with_name("looked-at")
    shutil.copytree(folder, left)
    db = writer.open_store(left)
    saved = frozenset(writer.contents(db))
    db.close()
    return Installation(folder, saved)


def run(folder: Path, times: int, files: Sequence[str] = tuple(FILES), seed: int = 1) -> Tally:
    """Damage one of the files in a copy of an installation, so many times, and look at what the application says."""
    chance, tally = random.Random(seed), Tally()
    whole = installation(folder / "whole")
    with tempfile.TemporaryDirectory(dir=memory()) as name:
        for number in range(times):
            place = Path(name) / str(number)
            shutil.copytree(whole.folder, place)
            what = damage(place, chance.choices(files, [FILES[name] for name in files])[0], chance)
            before = {path.name: path.read_bytes() for path in place.iterdir()}
            outcome = _look(Paths(place), whole.saved, what, tally)
            if outcome == "refused" and _changed(place, before):
                tally.fault("changed by a refusal", f"{what}: {_changed(place, before)}")
            tally.seen[f"{what.split(',')[0]}: {outcome}"] += 1
            tally.tried += 1
            shutil.rmtree(place)
    return tally


def damage(place: Path, name: str, chance: random.Random) -> str:
    """Flip a bit of a file or cut it off somewhere, and say what was done."""
    said = ""
    for path in [place / "store.key", place / "store.key.copy"] if name == "both keys" else [place / name]:
        content = bytearray(path.read_bytes())
        at = chance.randrange(len(content))
        if chance.random() < 0.3:
            del content[at:]
            said = f"{name}, cut off at byte {at}"
        else:
            content[at] ^= 1 << chance.randrange(8)
            said = f"{name}, a bit of byte {at} flipped"
        path.write_bytes(content)
    return said


def _look(paths: Paths, saved: frozenset[writer.Saved], what: str, tally: Tally) -> str:
    """Open, check and read an installation; return what came of it."""
    try:
        if what.startswith("copy.backup"):
            writer.verify_backup(paths, paths.data_dir / "copy.backup")
            tally.fault("not noticed", what)
            return "not noticed"
        db = writer.open_store(paths.data_dir)
    except StoreProblem as problem:
        if OFFERS.search(str(problem)):
            tally.fault("offered to delete", f"{what}: {problem}")
        return "refused"
    except Exception as error:
        tally.fault("named by no sentence", f"{what}: {error!r}")
        return "broke"
    try:
        noticed = _noticed(lambda: db.warnings + db.check() + db.check_audit(), what, tally)
        return _read(db, saved, what, tally, noticed)
    finally:
        db.close()


def _noticed(check: Callable[[], list[str]], what: str, tally: Tally) -> bool:
    try:
        return bool(check())
    except StoreProblem:
        return True
    except Exception as error:
        tally.fault("named by no sentence", f"{what}: {error!r}")
        return True


def _read(db: Database, saved: frozenset[writer.Saved], what: str, tally: Tally, noticed: bool) -> str:
    """Hold what is shown against what was saved."""
    try:
        shown = writer.contents(db)
    except StoreProblem:
        shown = None
    except Exception as error:
        tally.fault("named by no sentence", f"{what}: {error!r}")
        shown = None
    if shown is not None and not shown <= saved:
        tally.fault("wrong data shown", what)
    if noticed:
        return "noticed by the check"
    if shown == saved:
        return "changed nothing"
    tally.fault("not noticed", f"{what}: {len(saved) - len(shown or ())} of {len(saved)} saves gone")
    return "not noticed"


def _changed(place: Path, before: dict[str, bytes]) -> list[str]:
    after = {path.name: path.read_bytes() for path in place.iterdir()}
    return sorted(
        name
        for name in before.keys() | after.keys()
        if name not in CHANGES_ANYWAY and before.get(name) != after.get(name)
    )
