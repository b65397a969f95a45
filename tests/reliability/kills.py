"""Killing a process that saves, at any moment, and starting again.

Proven: what was acknowledged survives `kill -9`, whole, and the first start after it finds a whole store. Not proven:
what happens when the machine loses power; the system still writes what a killed process had handed to it. That is
`power_cuts`.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

from tests.reliability import writer
from tests.reliability.tally import Tally

A_STORE = 25
"""So many kills meet one store, which grows from one to the next, before a new one is begun."""

WARM = multiprocessing.get_context("forkserver")
"""Children of a process that has read in the application and opened nothing: 500 starts without 500 imports."""
WARM.set_forkserver_preload(["tests.reliability.writer", "tests.reliability.migration_kills"])


def run(folder: Path, kills: int, seed: int = 1) -> Tally:
    """Kill a saving process so many times, and look at the store after each.

    Each is killed 50 to 350 ms after its first acknowledgement, every fourth after its start, so that the opening is
    met too.
    """
    chance = random.Random(seed)
    tally = Tally()
    acknowledged: set[writer.Saved] = set()
    place = folder
    for number in range(kills):
        if number % A_STORE == 0:
            place, acknowledged = folder / f"store-{number}", set()
            writer.make_store(place)
        acknowledged |= kill_one(
            place, (number + 1) * 10_000, chance.uniform(0.05, 0.35), int(number % 4 != 3)
        )
        tally.tried += 1
        examine(place, acknowledged, tally, f"kill {number}")
    return tally


def kill_one(folder: Path, first: int, after: float, at_least: int = 0) -> set[writer.Saved]:
    """Start a process that saves for ever, kill it, and return what it had acknowledged.

    `after` counts from its start, or from the acknowledgement of so many saves.
    """
    ours, theirs = WARM.Pipe(duplex=False)
    child = WARM.Process(target=_save_and_tell, args=(folder, first, theirs))
    child.start()
    theirs.close()
    lines: list[str] = [ours.recv() for _ in range(at_least)]
    time.sleep(after)
    child.kill()
    child.join()
    try:
        while True:
            lines.append(ours.recv())
    except EOFError:
        ours.close()
    return {writer.Saved.read(line) for line in lines}


def _save_and_tell(folder: Path, first: int, theirs: Connection) -> None:
    writer.write_for_ever(folder, first, theirs.send)


def examine(folder: Path, acknowledged: set[writer.Saved], tally: Tally, what: str) -> None:
    """Open a store as the application does and count what is lost, torn or corrupt."""
    try:
        db = writer.open_store(folder)
    except Exception as error:
        tally.fault("corrupt", f"{what}: {error!r}")
        return
    try:
        for problem in db.warnings + db.check() + db.check_audit():
            tally.fault("corrupt", f"{what}: {problem}")
        for saved in acknowledged - writer.contents(db):
            tally.fault("lost", f"{what}: {saved.reference} version {saved.number}")
        for reference in writer.torn(db):
            tally.fault("torn", f"{what}: {reference}")
        tally.seen["acknowledged saves looked up"] += len(acknowledged)
    except Exception as error:
        tally.fault("corrupt", f"{what}: {error!r}")
    finally:
        db.close()
