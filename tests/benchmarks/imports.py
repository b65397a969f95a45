"""Importing the national file against a bare executemany and index build of the same rows, and how both grow.

The peer reads the rows of the finished import back and writes them into a fresh encrypted store of the same settings,
table by table with SQLAlchemy's executemany, the indexes dropped before and built after; its reading is not counted.
Both run as processes of their own, so that memory is that of the import alone.
"""

from __future__ import annotations

import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from referral_app.database import Database, open_database
from referral_app.jobs import directory_import, directory_index
from referral_app.jobs.directory_reading import Plan
from referral_app.paths import Paths
from referral_app.services.permissions import nobody_yet
from tests import nppes_files
from tests.benchmarks.figures import Figure

FEW, MANY = 10_000, int(os.environ.get("BENCH_IMPORT_ROWS", "1000000"))
TABLES = (
    "directory_import", "location", "surgeon", "placement", "surgeon_language", "directory_row", "directory_word",
    "directory_column", "directory_term",
)  # fmt: skip
"""What an import of the national file fills, in an order in which none points to one that is not there yet."""
_AT_ONCE = 10_000
MOST, MOST_MEMORY, MOST_SLOPE, MOST_STALL, MOST_WAIT = 3.0, 300.0, 1.05, 50.0, 250.0


def measure() -> list[Figure]:
    """Return time, memory and growth of an import of 1,000,000 rows, and how long it keeps others from writing."""
    with tempfile.TemporaryDirectory(prefix="referral-bench-") as name:
        folder = Path(name)
        few, _ = _both(folder, FEW)
        many, peer = _both(folder, MANY)
    slope = math.log(many["processor"] / few["processor"]) / math.log(MANY / FEW)
    rows, road = f"{MANY:,} rows of NPPES", "bare executemany, index build"
    return [
        Figure(f"importing {rows}", many["seconds"], "s", road, peer["seconds"], MOST),
        Figure("the same, time of the processor", many["processor"], "s", road, peer["processor"], MOST),
        Figure("memory of that import", many["memory"], "MB", "limit", MOST_MEMORY),
        Figure(f"growth from {FEW:,} rows, exponent", slope, "", "limit", MOST_SLOPE),
        Figure("99 of 100 transactions of that import", many["usual"] * 1000, "ms", "limit", MOST_STALL),
        Figure("the longest of them", many["longest"] * 1000, "ms", "limit", MOST_WAIT),
        Figure("stall of the window meanwhile, second by second", _stall(), "ms", "limit", MOST_STALL),
    ]


def _stall() -> float:
    """Return the median, over the seconds of an import, of the longest time that the window did not answer."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    with tempfile.TemporaryDirectory(prefix="referral-bench-") as name:
        path = nppes_files.many(Path(name) / "month.csv", FEW)
        words = [
            sys.executable,
            "-m",
            "tests.benchmarks.imports",
            "window",
            str(Path(name) / "store"),
            str(path),
        ]
        done = subprocess.run(words, check=True, capture_output=True, text=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])["stall"]


def _window(folder: str, file: str) -> dict[str, float]:
    from referral_app.settings import Settings
    from referral_app.ui.application import application
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk
    from referral_app.ui.main_window import MainWindow
    from tests.benchmarks.stall import Ticker, settle

    app = application()
    db = _open(folder)
    background = Background()
    window = MainWindow(Desk(db.paths, Settings(person="Bench"), db, background))
    window.show_page("surgeons")
    window.show()
    settle(3.0)
    ended: list[Any] = []
    plan = Plan(Path(file))
    background.job(
        window,
        "Importing",
        lambda progress, canceled: directory_import.run(db, plan, progress, canceled),
        ended.append,
    )
    ticker, longest = Ticker(), list[float]()
    while not ended:
        settle(1.0)
        longest.append(ticker.longest())
    background.wait()
    db.close()
    app.quit()
    return {"stall": statistics.median(longest)}


def _both(folder: Path, rows: int) -> tuple[dict[str, float], dict[str, float]]:
    """Import a file of so many rows, and write the same rows barely."""
    path = nppes_files.many(folder / "month.csv", rows)
    _open(str(folder / f"ours{rows}")).close()  # making a store takes Alembic, which an import has not
    ours = _child("ours", str(folder / f"ours{rows}"), str(path))
    path.unlink()
    peer = _child("peer", str(folder / f"peer{rows}"), str(folder / f"ours{rows}")) if rows > FEW else {}
    return ours, peer


def _child(*words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.imports", *words], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _open(folder: str) -> Database:
    db = open_database(Paths(Path(folder)))
    db.act_as("", "Bench", nobody_yet("Bench"))
    directory_index.ensure(db)
    return db


def _ours(folder: str, file: str) -> dict[str, float]:
    db = _open(folder)
    held = _watch(db)
    start, busy = time.perf_counter(), time.process_time()
    done = directory_import.run(db, Plan(Path(file)), lambda done, of: None, lambda: False)
    took, processor = time.perf_counter() - start, time.process_time() - busy
    assert done.new
    db.close()
    held.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    usual = held[int(len(held) * 0.99)]
    return {"seconds": took, "processor": processor, "memory": memory, "longest": held[-1], "usual": usual}


def _watch(db: Database) -> list[float]:
    """Keep how long each transaction that writes holds the store, from BEGIN to the end of COMMIT."""
    from contextlib import contextmanager

    held: list[float] = []
    begin = db.begin

    @contextmanager
    def timed() -> Any:
        with begin() as session:
            session.connection()
            start = time.perf_counter()
            yield session
        held.append(time.perf_counter() - start)

    db.begin = timed  # type: ignore[method-assign]
    return held


def _peer(folder: str, ours: str) -> dict[str, float]:
    import referral_app.models.everything  # noqa: F401 - the tables, with what they point to

    source, target = _open(ours), _open(folder)
    with target.begin() as session:
        indexes = [
            (row.name, row.sql)
            for row in session.execute(
                text("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index'")
            )
            if row.sql and row.tbl_name in TABLES
        ]
        for name, _ in indexes:
            session.execute(text(f"DROP INDEX {name}"))
    clock = _Clock()
    for name in TABLES:
        _copy(source, target, name, clock)
    with clock, target.begin() as session:
        for _, sql in indexes:
            session.execute(text(sql))
    source.close()
    target.close()
    return {"seconds": clock.seconds, "processor": clock.processor}


class _Clock:
    """Adds up how long its blocks take, by the clock and by the processor."""

    seconds = processor = 0.0

    def __enter__(self) -> None:
        self._start, self._busy = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._start
        self.processor += time.process_time() - self._busy


def _copy(source: Database, target: Database, name: str, clock: _Clock) -> None:
    """Copy a table; the writing is what counts."""
    from referral_app.models.everything import Base

    table = Base.metadata.tables[name]
    with source.read() as session:
        rows = session.execute(table.select().execution_options(yield_per=_AT_ONCE)).mappings()
        for part in rows.partitions(_AT_ONCE):
            values = [dict(row) for row in part]
            with clock, target.begin() as out:
                out.execute(insert(table), values)


if __name__ == "__main__":
    os.umask(0o077)
    acts = {"ours": _ours, "peer": _peer, "window": _window}
    print(json.dumps(acts[sys.argv[1]](*sys.argv[2:])))
