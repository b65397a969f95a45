"""Cutting the power while the application saves, by replaying what it wrote.

The writes of a real process are recorded with strace, from the first start through saves, a backup, a close and a
second start. At a chosen moment everything that was synced is on the disk; of the rest nothing, all, some, or single
sectors. The real application opens what is left.

Proven: with a disk that keeps its promise of a sync, no power cut loses an acknowledged save or damages the store, and
the same harness finds losses when the store does not sync. Not proven: disks that lie about a sync, and damage by the
disk itself, which `damage` covers as far as it can be noticed.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Generator, Mapping
from pathlib import Path

from referral_app.database import StoreProblem
from referral_app.paths import Paths
from tests.reliability import kills, writer
from tests.reliability.disk import Disk
from tests.reliability.recording import NOT_KEPT, BlindSpot, Event, record
from tests.reliability.tally import Tally

SEVERAL = 3
"""So many different remains are tried of one moment."""


def recorded(folder: Path, log: Path, saves: int, synchronous: str = "") -> list[Event]:
    """Return what the first start and two runs of saves with a close between them write below a folder."""
    events: list[Event] = []
    for first in (1, 1001):
        command = [sys.executable, "-m", "tests.reliability.writer", str(folder), str(first), str(saves // 2)]
        events += record([*command, *([synchronous] if synchronous else [])], folder, log)[0]
    return events


def run(folder: Path, cuts: int, saves: int, seed: int = 1, synchronous: str = "") -> Tally:
    """Record so many saves, cut the power so many times, and look at what the application finds."""
    chance = random.Random(seed)
    events = recorded(folder / "data", folder / "strace.log", saves, synchronous)
    refuse_blindness(events, folder / "data")
    tally = Tally()
    tally.seen["writes and syncs recorded"] = len(events)
    with tempfile.TemporaryDirectory(dir=memory()) as name:
        for number, (files, acknowledged) in enumerate(remains(events, cuts, chance)):
            place = Path(name) / str(number)
            lay_out(files, folder / "data", place)
            kills.examine(place, acknowledged, tally, f"cut {number}")
            _look_at_backup(place, tally, f"cut {number}")
            shutil.rmtree(place)
            tally.tried += 1
    return tally


def refuse_blindness(events: list[Event], folder: Path, safe: Mapping[str, bytes] | None = None) -> None:
    """Hold the replay of all that was recorded against the files that are really there; raises BlindSpot."""
    disk = Disk(safe)
    for event in events:
        disk.do(event)
    real = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    replayed = disk.now()
    for name in real.keys() | replayed.keys():
        if not name.endswith(NOT_KEPT) and real.get(name) != replayed.get(name):
            raise BlindSpot(f"The replay of {name} is not what the process wrote.")


def remains(
    events: list[Event], cuts: int, chance: random.Random, safe: Mapping[str, bytes] | None = None
) -> Generator[tuple[dict[str, bytes], set[writer.Saved]]]:
    """Yield what so many power cuts leave, each with what had been acknowledged by then.

    `safe` are the files that were on the disk before.
    """
    moments = _moments(events, -(-cuts // SEVERAL), chance)
    left = cuts
    disk, acknowledged = Disk(safe), set[writer.Saved]()
    for number, event in enumerate(events):
        if event.act == "said":
            acknowledged.add(writer.Saved.read(event.data.decode()))
        disk.do(event)
        if number in moments:
            for _ in range(min(SEVERAL, left)):
                left -= 1
                yield disk.after_cut(chance), set(acknowledged)


def _moments(events: list[Event], count: int, chance: random.Random) -> set[int]:
    """Choose so many steps, a third of them where the log is written into the store: there most is under way."""
    into_store = [
        number for number, event in enumerate(events) if event.act == "write" and event.path.endswith(".db")
    ]
    chosen = set(chance.sample(into_store, min(len(into_store), count // 3)))
    others = [number for number in range(len(events)) if number not in chosen]
    return chosen | set(chance.sample(others, min(len(others), count - len(chosen))))


def _look_at_backup(place: Path, tally: Tally, what: str) -> None:
    """Count a backup that is there under its name and not whole."""
    if (place / "copy.backup").exists():
        tally.seen["backups verified"] += 1
        try:
            writer.verify_backup(Paths(place), place / "copy.backup")
        except StoreProblem as problem:
            tally.fault("corrupt", f"{what}: {problem}")


def lay_out(files: dict[str, bytes], recorded_at: Path, place: Path) -> None:
    """Write files that were recorded in one folder into another."""
    place.mkdir()
    for name, content in files.items():
        path = place / Path(name).relative_to(recorded_at)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def memory() -> str | None:
    """Return the folder in memory where the system has one; the replay needs no real disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
