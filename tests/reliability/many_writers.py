"""Several processes that write the same referral below the instance lock.

The lock keeps other processes out; here they are let in on purpose, each with a lock of its own, to see that the store
would stay right all the same. Each reads, adds its mark to what it read, and saves; where somebody was faster it must
be told so, and reads again.

Proven: no update is lost, a conflict is always said, and a busy store is waited for. Not proven: fairness; how often
each had to try again is counted.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from filelock import FileLock

from referral_app.database import Database, unlock
from referral_app.database.problems import Busy
from referral_app.paths import Paths
from referral_app.services.errors import Conflict
from referral_app.services.permissions import nobody_yet
from tests.reliability import writer
from tests.reliability.kills import WARM
from tests.reliability.tally import Tally

TRIES_WHEN_BUSY = 3


def run(folder: Path, processes: int = 8, updates: int = 5) -> Tally:
    """Let each process make so many updates to one referral, then look for every one of them."""
    data = folder / "data"
    writer.make_store(data)
    db = writer.open_store(data)
    reference = writer.save(db, 1).reference
    writer.change(db, reference, "marks:")
    db.close()
    tally = Tally()
    for mark, answer in _together(data, reference, processes, updates):
        tally.seen += Counter({name: count for name, count in answer.items() if name != "broke"})
        for sentence in answer.get("broke", []):
            tally.fault("broke", f"{mark}: {sentence}")
    expected = {f"{number}.{turn}" for number in range(processes) for turn in range(updates)}
    tally.tried = len(expected)
    _judge(data, reference, expected, tally)
    return tally


def _together(folder: Path, reference: str, processes: int, updates: int) -> list[tuple[str, dict]]:
    pipes: list[tuple[str, Connection]] = []
    children = []
    for number in range(processes):
        ours, theirs = WARM.Pipe(duplex=False)
        child = WARM.Process(target=_update, args=(folder, reference, str(number), updates, theirs))
        child.start()
        theirs.close()
        pipes.append((str(number), ours))
        children.append(child)
    answers = [(mark, ours.recv()) for mark, ours in pipes]
    for child in children:
        child.join()
    return answers


def _update(folder: Path, reference: str, mark: str, updates: int, theirs: Connection) -> None:
    """Make the updates of one process, and tell what it met."""
    paths, met = Paths(folder), Counter[str]()
    broke: list[str] = []
    db = Database(paths, unlock(paths, writer.ME), FileLock(folder / f"lock-of-{mark}", timeout=0))
    db.act_as("", f"Writer {mark}", nobody_yet(f"Writer {mark}"))
    for turn in range(updates):
        try:
            _until_saved(db, reference, f"{mark}.{turn}", met)
        except Exception as error:
            broke.append(repr(error))
    db.close()
    theirs.send({**met, "broke": broke})


def _until_saved(db: Database, reference: str, mark: str, met: Counter[str]) -> None:
    busy = 0
    while True:
        try:
            writer.change(db, reference, lambda said: f"{said} {mark}")
        except Conflict:
            met["conflicts said and read again"] += 1
            time.sleep(random.uniform(0, 0.02))  # as people do not save at the same instant again
        except Busy:
            met["waits of five seconds"] += 1
            if (busy := busy + 1) > TRIES_WHEN_BUSY:
                raise
        else:
            return


def _judge(folder: Path, reference: str, expected: set[str], tally: Tally) -> None:
    db = writer.open_store(folder)
    said = writer.goal(db, reference).split()[1:]
    for mark in sorted(expected - set(said)):
        tally.fault("lost update", mark)
    if len(said) != len(set(said)):
        tally.fault("written twice", " ".join(said))
    for problem in db.check() + db.check_audit() + writer.torn(db):
        tally.fault("corrupt", problem)
    db.close()
