"""A thousand packets as one job: how long, how much memory of all processes, and how it grows with their number."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

import psutil

from referral_app.choices import PaperKind
from referral_app.database import open_database
from referral_app.documents import letter
from referral_app.jobs import batch_outlets, batches
from referral_app.services import worklists
from referral_app.services.batches import ONE_FILE, Wish
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure

FEW, MANY = 100, 1000
MEMORY = 300.0
"""Megabytes of the program without its window and of all its makers together."""
LINEAR = 1.25
"""A packet of a thousand takes at most so many times what one of a hundred takes."""
CORES = 1.6
"""On two cores a batch is at least so many times as fast as on one."""


class Memory:
    """The most memory that this process and its children hold together, in megabytes, looked at ten times a second."""

    def __init__(self) -> None:
        """Begin to look."""
        self.most = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Stop looking and return the most that was seen."""
        self._ended.set()
        self._thread.join()
        return self.most

    def _look(self) -> None:
        me = psutil.Process()
        while not self._ended.wait(0.1):
            self.most = max(self.most, sum(map(held, [me, *me.children(recursive=True)])))


def held(process: psutil.Process) -> float:
    """Return the megabytes that a process holds; memory that several share counts once (PSS) where that is known."""
    try:
        found = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(found, "pss", found.rss) / 1e6


def many(_: letter.Letter) -> list[Figure]:
    """Return time, growth and memory of a thousand packets in one file, both sides, on all cores and on one."""
    with stores.folder() as paths:
        with stores.filled(paths, MANY):
            pass
        run(paths_of := str(paths.data_dir), 10)
        few, one_core = run(paths_of, FEW), run(paths_of, FEW, cores=1)
        memory = Memory()
        whole = run(paths_of, MANY)
        most = memory.end()
    cores = os.cpu_count() or 1
    a_few, a_many = few / FEW * 1000, whole / MANY * 1000
    return [
        Figure(f"a packet of {MANY:,} in one job", a_many, "ms", f"a packet of {FEW}", a_few, LINEAR),
        Figure(f"memory of all processes, {MANY:,} packets", most, "MB", "limit", MEMORY),
        Figure(
            f"{FEW} packets on {cores} cores",
            few,
            "s",
            "on one core",
            one_core,
            1 / CORES if cores > 1 else 1.1,
        ),
    ]


def run(data_dir: str, number: int, cores: int = 0) -> float:
    """Return the seconds that so many packets take as one file, on all cores or on so many."""
    from referral_app.paths import Paths

    real = os.cpu_count
    if cores:
        os.cpu_count = lambda: cores
    db = open_database(Paths(Path(data_dir)))
    try:
        with db.read() as session:
            found = worklists.find(session, Filter(), number)
        wishes = [Wish(one.reference, PaperKind.PACKET) for one in found]
        with tempfile.TemporaryDirectory(prefix="packets-") as folder:
            outlet = batch_outlets.OneFile(db, Path(folder) / "all.pdf")
            batch_id = batches.begin(db, "Measured", ONE_FILE, wishes, both_sides=True)
            start = time.perf_counter()
            done = batches.run(db, batch_id, outlet, lambda *_: None, lambda: False).done
            assert done == number, f"{done} of {number} were made"
            return time.perf_counter() - start
    finally:
        db.close()
        os.cpu_count = real
