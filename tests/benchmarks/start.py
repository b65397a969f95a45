"""From the start of the process to a usable window over 10,000 referrals, and its memory, against an empty window.

The empty window goes the same road (contract section 8): it imports Qt's widgets, `sqlalchemy.orm` and sqlcipher3,
opens the store with a session and asks it for one number.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from referral_app.paths import Paths
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure

MOST = 1.5
REFERRALS = 10_000
TURNS = 9

TELL = """
def tell():
    import os
    lines = open(f"/proc/{os.getpid()}/status").read().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmRSS")), flush=True)
    os._exit(0)
"""

OURS = (
    TELL
    + """
import sys, pathlib
from referral_app import __main__, settings
from PySide6.QtCore import QTimer
from referral_app.database import open_database
from referral_app.paths import Paths
from referral_app.ui import application
paths = Paths(pathlib.Path(sys.argv[1]))
def ready(window):
    from referral_app.ui.widgets.rows import RowButton
    timer = QTimer(window)
    timer.timeout.connect(lambda: window.findChildren(RowButton) and tell())
    timer.start(5)
application.run(paths, settings.load(paths), open_database(paths), ready)
"""
)

EMPTY = (
    TELL
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import sqlalchemy
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2
app = QApplication(sys.argv[:1])
key = open(sys.argv[1] + "/store.key").read().strip()
def connect():
    connection = dbapi2.connect(sys.argv[1] + "/referrals.db")
    connection.execute(f"PRAGMA key = \\"x'{key}'\\"")
    return connection
with Session(sqlalchemy.create_engine("sqlite+pysqlite://", module=dbapi2, creator=connect)) as session:
    session.execute(sqlalchemy.text("SELECT count(*) FROM referral")).scalar()
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, tell)
app.exec()
"""
)


def measure() -> list[Figure]:
    """Return median time and memory of our window and of the empty one, started in turn."""
    with stores.folder() as paths:
        with stores.filled(paths, REFERRALS):
            pass
        taken = {"ours": [_start(OURS, paths)], "empty": [_start(EMPTY, paths)]}
        for _ in range(TURNS):
            taken["ours"].append(_start(OURS, paths))
            taken["empty"].append(_start(EMPTY, paths))
    ours, empty = (
        tuple(statistics.median(values) for values in zip(*taken[name][1:], strict=True)) for name in taken
    )
    return [
        Figure(
            "start to a usable window, 10,000 referrals",
            ours[0] * 1000,
            "ms",
            "empty window",
            empty[0] * 1000,
            MOST,
        ),
        Figure("memory of that window", ours[1] / 1024, "MB", "empty window", empty[1] / 1024, MOST),
    ]


def _start(code: str, paths: Paths) -> tuple[float, float]:
    """Return seconds to the window and kilobytes of memory then."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    begun = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(paths.data_dir)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    took = time.perf_counter() - begun
    child.communicate(timeout=60)
    return took, float(line)
