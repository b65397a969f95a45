"""How long the window stands still while a thousand visits are listed and chosen, and while a batch is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import insert

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.database import Database, open_database
from referral_app.documents import letter
from referral_app.models.base import new_id
from referral_app.models.work import Appointment
from referral_app.paths import Paths
from referral_app.services import worklists
from referral_app.services.referral_records import Filter
from referral_app.settings import Settings
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure
from tests.benchmarks.stall import LIMIT_MS, READ_IN, Ticker, settle

VISITS, MADE = 1000, 60
DAY = date.today() + timedelta(days=3)


def stall(_: letter.Letter) -> list[Figure]:
    """Return the longest stall of each act on the page of packets with a thousand visits."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    with stores.folder() as paths:
        with stores.filled(paths, VISITS) as db:
            book(db)
        command = [sys.executable, "-m", "tests.benchmarks.packets_page", str(paths.data_dir)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return [
        Figure(f"stall: {name}, {VISITS:,} visits", value, "ms", "limit", LIMIT_MS)
        for name, value in json.loads(told.stdout).items()
    ]


def book(db: Database) -> None:
    """Book a visit of every referral on one day, a minute apart."""
    start = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    with db.begin() as session:
        found = worklists.find(session, Filter(), VISITS)
        rows = [
            {
                "id": new_id(), "referral_id": one.id, "surgeon_id": one.surgeon_id, "version": 1, "note": "",
                "kind": AppointmentKind.CONSULT, "start": start + timedelta(seconds=20 * number), "time_zone": "UTC",
                "arrive_minutes_before": 15, "interpreter_booked": False, "status": AppointmentStatus.SCHEDULED,
            }
            for number, one in enumerate(found)
        ]  # fmt: skip
        session.execute(insert(Appointment), rows)


def live(paths: Paths) -> dict[str, float]:
    """Return the longest stall of each act."""
    from referral_app.ui.application import application, open_window
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk

    db = open_database(paths)
    app = application()
    background = Background(app)
    window = open_window(app, Desk(paths, Settings(person="Bench"), db, background))
    window.resize(1280, 800)
    settle(READ_IN)
    window.show_page("packets")
    settle(1)
    page: Any = window.page("packets")
    ticker = Ticker()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, act, quiet in _acts(page, folder):
            settle(0.3)
            ticker.longest()
            act()
            settle(quiet)
            while background.is_busy:
                settle(0.2)
            found[name] = ticker.longest()
    window.close()
    background.wait()
    db.close()
    return found


def _acts(page: Any, folder: str) -> list[tuple[str, Callable[[], object], float]]:
    view = page.visits

    db = page._desk.db  # noqa: SLF001 - without the question for a folder

    def make() -> None:
        view.choose([one.key for one in view.chosen()[:MADE]])
        page.running._run("Measured", lambda: _begin(db, view, folder), "files", folder, True, db, 1)  # noqa: SLF001

    def rows() -> None:
        view.list.enter()
        for _ in range(8):
            QTest.keyClick(view.list.table, Qt.Key.Key_PageDown)
            settle(0.05)

    return [
        ("listing them", lambda: view.day.show_day(DAY), 4.0),
        ("choosing none", view.head.none_button.click, 0.5),
        ("choosing all", view.head.all_button.click, 0.5),
        ("another language for all", lambda: view.options.language.set_value("en"), 1.5),
        (f"making {MADE} packets", make, 1.0),
        ("paging through them", rows, 0.5),
    ]


def _begin(db: Database, view: Any, folder: str) -> str:
    from referral_app.jobs import batches, visits

    wishes = visits.wishes(view.chosen(), questionnaires=False)
    return batches.begin(db, "Measured", "files", wishes, both_sides=True, target=folder)


if __name__ == "__main__":
    print(json.dumps(live(Paths(Path(sys.argv[1])))))
