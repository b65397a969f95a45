"""The harnesses of tests/reliability in full: what broke the store how often, and what was lost by it."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests import older_stores
from tests.benchmarks.figures import Count, table
from tests.reliability import (
    attachment_mutations,
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
    return [count(*row) for row in ROWS]


def count(name: str, least: int, kinds: Sequence[str], harness: Callable[[Path], Tally]) -> Count:
    """Run one harness in a folder of its own, and say what it found as soon as it is known."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="referral-reliability-") as folder:
        tally = harness(Path(folder))
    faults = {kind: tally.faults[kind] for kind in (*kinds, *(tally.faults.keys() - set(kinds)))}
    must_find = harness is _without_syncs
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
    for old in older_stores.older():
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


ROWS: tuple[tuple[str, int, Sequence[str], Callable[[Path], Tally]], ...] = (
    ("kill -9 while saving, then the next start", 500, LOST, lambda at: kills.run(at, 500)),
    ("power cut while saving", 2000, LOST, lambda at: power_cuts.run(at, 2000, saves=60)),
    ("the same, store without syncs (must lose)", 200, LOST, _without_syncs),
    ("failing call in a save", 60, REFUSED, lambda at: io_faults.run(at, ["save"])),
    ("failing call in opening, backup, close", 500, REFUSED, _other_acts),
    ("mutated files attached", 5000, ("crashed", "hung", "acts", "pages"), attachment_mutations.whole),
    ("disk full to the page in save, backup, print", 100, DISKS, full_disks.fill_up),
    ("disk full while the store is upgraded", 20, UPGRADED, full_disks.upgrade),
    ("disk read-only at start, in backup, in print", 3, DISKS, full_disks.read_only),
    ("disk turning read-only, full or bad in an act", 12, DISKS, full_disks.turn),
    ("kill -9 at a step of an upgrade", 100, UPGRADED, _upgrades),
    ("power cut in a new key, a restore, an upgrade", 500, ("lost", "corrupt"), _exchanges),
    ("bit flipped or file cut off", 1000, DAMAGED, lambda at: damage.run(at, 1000)),
    ("update by one of 8 processes at once", 400, ("lost update", "broke"), _writers),
    ("file left by use and by kill -9, searched", 10, ("readable", "was not used"), _canaries),
    ("main job and window without a network", 2, ALONE, _acts_without_network),
    ("whole suite without a network, in two parts", 2, ALONE, _suite_without_network),
)
"""What is tried, how often at least, the faults that are looked for, and the harness."""
