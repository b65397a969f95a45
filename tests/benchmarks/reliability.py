"""The harnesses of tests/reliability in full: what broke the store how often, and what was lost by it."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.figures import Count, table
from tests.reliability import (
    canary,
    damage,
    exchanges,
    full_disks,
    io_faults,
    kills,
    many_writers,
    migration_kills,
    network,
    power_cuts,
)
from tests.reliability.tally import Tally

LOST = ("lost", "torn", "corrupt")
REFUSED = ("neither before nor after", "did not go on", "broke")
DISKS = ("lost or damaged", *REFUSED)
UPGRADED = ("lost", "corrupt", "neither old nor new", "did not go on")
DAMAGED = (
    "not noticed",
    "wrong data shown",
    "offered to delete",
    "changed by a refusal",
    "named by no sentence",
)
ALONE = ("connection attempted", "failed")


def measure() -> list[Count]:
    """Run every harness in full and return what each found."""
    return [
        _count("kill -9 while saving, then the next start", 500, LOST, lambda at: kills.run(at, 500)),
        _count("power cut while saving", 2000, LOST, lambda at: power_cuts.run(at, 2000, saves=60)),
        _count("the same, store without syncs (must lose)", 200, LOST, _without_syncs, must_find=True),
        _count("failing call in a save", 60, REFUSED, lambda at: io_faults.run(at, ["save"])),
        _count("failing call in opening, backup, close", 500, REFUSED, _other_acts),
        _count("disk full to the page in save, backup, print", 100, DISKS, full_disks.fill_up),
        _count("disk full while the store is upgraded", 20, UPGRADED, full_disks.upgrade),
        _count("disk read-only at start, in backup, in print", 3, DISKS, full_disks.read_only),
        _count("disk turning read-only, full or bad in an act", 12, DISKS, full_disks.turn),
        _count("kill -9 at a step of an upgrade", 100, UPGRADED, _upgrades),
        _count("power cut in a new key, a restore, an upgrade", 500, ("lost", "corrupt"), _exchanges),
        _count("bit flipped or file cut off", 1000, DAMAGED, lambda at: damage.run(at, 1000)),
        _count("update by one of 8 processes at once", 400, ("lost update", "broke"), _writers),
        _count("file left by use and by kill -9, searched", 10, ("readable", "was not used"), _canaries),
        _count("main job and window without a network", 2, ALONE, _acts_without_network),
        _count("whole suite without a network, in two parts", 2, ALONE, _suite_without_network),
    ]


def _count(
    name: str, least: int, kinds: Sequence[str], harness: Callable[[Path], Tally], must_find: bool = False
) -> Count:
    """Run one harness in a folder of its own, and say what it found as soon as it is known."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="referral-reliability-") as folder:
        tally = harness(Path(folder))
    faults = {kind: tally.faults[kind] for kind in (*kinds, *(tally.faults.keys() - set(kinds)))}
    found = Count(name, tally.tried, least, faults, must_find)
    seen = ", ".join(f"{words} {count}" for words, count in sorted(tally.seen.items()))
    print(table([found]).splitlines()[-1], f"({time.monotonic() - begun:.0f} s; {seen})", file=sys.stderr)
    for example in () if must_find else tally.examples:
        print(f"  {example}", file=sys.stderr)
    return found


def _without_syncs(folder: Path) -> Tally:
    return power_cuts.run(folder, 200, saves=60, synchronous="0")


def _other_acts(folder: Path) -> Tally:
    return io_faults.run(folder, ["open", "backup", "close"])


def _upgrades(folder: Path) -> Tally:
    tally = Tally()
    for old in migration_kills.older_stores():
        (folder / "killed").mkdir(exist_ok=True)
        tally.add(migration_kills.run(folder / "killed", old))
    return tally


def _exchanges(folder: Path) -> Tally:
    tally = Tally()
    for act in exchanges.ACTS:
        (folder / act).mkdir()
        tally.add(exchanges.run(folder / act, act, 200))
    return tally


def _writers(folder: Path) -> Tally:
    return many_writers.run(folder, processes=8, updates=50)


def _canaries(folder: Path) -> Tally:
    tally = Tally()
    for end in ("close", "kill"):
        tally.add(canary.use(folder / end, end)[0])
    return tally


def _acts_without_network(folder: Path) -> Tally:
    tally = Tally()
    for act in (network.main_job, network.window):
        (folder / act.__name__).mkdir()
        tally.add(act(folder / act.__name__))
    return tally


def _suite_without_network(folder: Path) -> Tally:
    tally = Tally()
    for part in network.suite(folder):
        tally.add(part)
    return tally
