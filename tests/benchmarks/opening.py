"""Opening a large referral in the window: 30 treatments, 20 injections and 10 attachments, and its longest stall."""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

from sqlalchemy import insert

from referral_app.database import Database, open_database
from referral_app.models.base import new_id
from referral_app.models.work import Attachment
from referral_app.paths import Paths
from referral_app.services import referrals
from referral_app.settings import Settings
from tests.benchmarks import intake, stores
from tests.benchmarks.figures import Figure
from tests.benchmarks.stall import Ticker, settle

OPEN_MS, STALL_MS = 150.0, 50.0
TURNS = 7
SIZE = 300_000
"""Bytes of each attachment."""


def measure() -> list[Figure]:
    """Return the median time from the click to the form with the cursor in it, and the median of its longest stall."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    with stores.folder() as paths:
        with stores.filled(paths) as db:
            names = [_large(db) for _ in range(2)]
        command = [sys.executable, "-m", "tests.benchmarks.opening", str(paths.data_dir), *names]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    times, stalls = json.loads(told.stdout)
    return [
        Figure("opening a large referral", statistics.median(times), "ms", "limit", OPEN_MS),
        Figure("longest stall of it", statistics.median(stalls), "ms", "limit", STALL_MS),
    ]


def _large(db: Database) -> str:
    """Store a large referral with the bytes of its attachments, and return its id."""
    answers: dict[str, Any] = intake.large() | {"signature": {}}
    contents = [os.urandom(SIZE) for _ in answers["attachments"]]
    for row, content in zip(answers["attachments"], contents, strict=True):
        row["sha256"] = hashlib.sha256(content).hexdigest()
    with db.begin() as session:
        record = referrals.save(session, answers)
        fixed = {"referral_id": record.id, "name": "invented.pdf", "pages": 2, "size": SIZE}
        rows = [
            fixed
            | {"id": new_id(), "sha256": row["sha256"], "original_sha256": row["sha256"], "content": content}
            for row, content in zip(answers["attachments"], contents, strict=True)
        ]
        session.execute(insert(Attachment), rows)
    return record.id


def opened(paths: Paths, names: list[str]) -> tuple[list[float], list[float]]:
    """Open one referral after the other in a real window; return the milliseconds of each and its longest stall."""
    from referral_app.ui.application import application, open_window
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk

    db, app = open_database(paths), application()
    background = Background(app)
    window: Any = open_window(app, Desk(paths, Settings(person="Bench"), db, background))
    window.resize(1280, 800)
    window.show_page("referrals")
    settle(4.0)
    ticker, page = Ticker(), window.page("referrals")
    times: list[float] = []
    stalls: list[float] = []
    for turn in range(TURNS + 1):
        ticker.longest()
        start = time.perf_counter()
        window.open("referral", names[turn % len(names)])
        before = page.form
        while page.form is None or page.form is before:
            app.processEvents()
        app.processEvents()
        took = (time.perf_counter() - start) * 1000
        settle(1.0)
        if turn:  # the first one reads in what the form is made of
            times.append(took)
            stalls.append(ticker.longest())
    window.close()
    background.wait()
    db.close()
    return times, stalls


if __name__ == "__main__":
    from pathlib import Path

    print(json.dumps(opened(Paths(Path(sys.argv[1])), sys.argv[2:])))
    sys.stdout.flush()
    os._exit(0)
