"""How long each report takes over all requests of a store, and whether the window answers meanwhile.

A hundred thousand requests, and a million where the environment variable REPORTS_OF says 1000000: that store takes
ten minutes to make. The requests are made by one statement from the referrals of `lists`.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
from sqlalchemy import text

from referral_app.choices import Accepting
from referral_app.database import Database, open_database
from referral_app.models.base import new_id
from referral_app.models.patient import Patient
from referral_app.models.surgeon import Surgeon
from referral_app.paths import Paths
from referral_app.services import reports
from referral_app.services.reports import KINDS, Wanted
from referral_app.settings import Settings
from tests.benchmarks import lists, stores
from tests.benchmarks.figures import Figure, seconds

SIZE = int(os.environ.get("REPORTS_OF", "100000"))
LIMIT_MS, STALL_MS = 2000.0, 50.0
MOST_MEMORY = 100.0
"""Megabytes: the page cache of a connection (64 MB) and half as much again."""
EVER = Wanted(date(1990, 1, 1), date(2100, 1, 1))
TURNS = 3
SURGEONS = 200
_DAYS = {
    "received_on": (0, 3), "accepted_on": (3, 9), "booked_on": (10, 15), "visit_on": (20, 90), "seen_on": (20, 90),
    "ended_on": (110, 60), "told_on": (170, 9), "begun_on": (-20, 18), "signed_on": (-2, 2),
}  # fmt: skip
"""Each step with its first day after sending, and over how many days it is spread."""
_REQUESTS = """
INSERT INTO request (id, referral_id, number, surgeon_id, surgeon_name, practice_id, status, information_owed, on_hold,
    their_number, reason, sent_on, missing, headache_index, index_on, version, created, updated, {names})
SELECT lower(hex(randomblob(16))), id, 1, surgeon_id, surgeon_name, practice_id,
    CASE abs(random()) % 10 WHEN 0 THEN '4.0' WHEN 1 THEN '6.0' WHEN 2 THEN 'requested' WHEN 3 THEN '3.0'
        ELSE '7.0' END,
    0, 0, '', CASE abs(random()) % 5 WHEN 0 THEN 'No longer takes this plan' ELSE '' END, day,
    CASE abs(random()) % 3 WHEN 0 THEN '' WHEN 1 THEN 'exam imaging-gap' ELSE 'scores' END,
    (abs(random()) % 3000) / 10.0, day, 1, updated, updated, {days}
FROM (SELECT *, date(updated) AS day FROM referral)
"""


def measure() -> Iterator[Figure]:
    """Return the time of each report over everything, the memory it takes, and the longest stall meanwhile."""
    with stores.folder() as paths:
        db = open_database(paths)
        lists.fill(db, SIZE)
        fill(db)
        db.close()
        db = open_database(paths)
        try:
            yield from times(db, f"{SIZE:,} requests")
        finally:
            db.close()
        environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
        command = [sys.executable, "-m", "tests.benchmarks.reports", str(paths.data_dir)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
        yield Figure(f"stall while counting {SIZE:,} requests", float(told.stdout), "ms", "limit", STALL_MS)


def fill(db: Database) -> None:
    """Give the referrals surgeons, one in five a patient who was referred twice, and each a request."""
    with db.begin() as session:
        surgeons = [
            Surgeon(
                id=new_id(),
                number=1_000_000 + n,
                given_name="Invented",
                family_name=f"Surgeon{n:03}",
                accepting=Accepting.YES,
                sort_name=f"Surgeon{n:03}",
                folded_name=f"surgeon{n:03}",
            )
            for n in range(SURGEONS)
        ]
        session.add_all(surgeons)
        session.flush()
        for n, one in enumerate(surgeons):
            values = {"surgeon": one.id.replace("-", ""), "of": SURGEONS, "n": n}
            session.execute(text("UPDATE referral SET surgeon_id = :surgeon WHERE serial % :of = :n"), values)
    _people(db)
    names = ", ".join(_DAYS)
    days = ", ".join(
        f"date(day, '{first:+} days', '+' || (abs(random()) % {many}) || ' days')"
        for first, many in _DAYS.values()
    )
    with db.begin() as session:
        session.execute(text(_REQUESTS.format(names=names, days=days)))


def _people(db: Database) -> None:
    """Let one in five referrals be of a patient who has another one, of half a store later."""
    with db.begin() as session:
        one = Patient(id=new_id(), family_name="Invented", details={})
        session.add(one)
        session.flush()
        columns = [column.name for column in Patient.__table__.columns if column.name != "id"]
        among = ", ".join(columns)
        session.execute(
            text(
                f"INSERT INTO patient (id, {among}) SELECT substr('{'0' * 32}' || r.serial, -32), "
                f"{', '.join(f'p.{name}' for name in columns)} FROM referral r, patient p "
                "WHERE r.serial % 10 = 1 AND r.serial <= :half AND p.family_name = 'Invented'"
            ),
            {"half": SIZE // 2},
        )
        session.execute(
            text(
                f"UPDATE referral SET patient_id = substr('{'0' * 32}' || (CASE WHEN serial > :half THEN "
                "serial - :half ELSE serial END), -32) WHERE serial % 10 = 1"
            ),
            {"half": SIZE // 2},
        )


def times(db: Database, words: str) -> Iterator[Figure]:
    """Return the median time of each report over all requests, and by how much memory grew."""
    gc.collect()
    _make(db, "steps")
    before = psutil.Process().memory_info().rss
    for key in KINDS:
        taken = statistics.median(seconds(lambda key=key: _make(db, key)) for _ in range(TURNS))
        yield Figure(f"report {key}, {words}", taken * 1000, "ms", "limit", LIMIT_MS)
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    yield Figure(f"memory taken by them, {words}", max(grown, 0.1), "MB", "limit", MOST_MEMORY)


def _make(db: Database, key: str) -> None:
    with db.read() as session:
        reports.make(session, key, EVER)


def live(paths: Paths) -> float:
    """Return the longest stall in milliseconds from the first look at the page until every card is filled."""
    from referral_app.ui.application import application, open_window
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk
    from referral_app.ui.reports import period
    from tests.benchmarks.stall import Ticker, settle

    db = open_database(paths)
    app = application()
    background = Background(app)
    window = open_window(app, Desk(paths, Settings(person="Bench"), db, background))
    window.resize(1280, 800)
    settle(4.0)
    page = window.page("reports")
    window.show_page("reports")
    settle(3.0)
    ticker = Ticker()
    settle(0.3)
    ticker.longest()
    page.filters.period.set_value(period.EVER)
    page.count()
    while len(page.shown) < len(KINDS):
        settle(0.1)
    settle(0.5)
    found = ticker.longest()
    window.close()
    background.wait()
    db.close()
    return found


if __name__ == "__main__":
    print(live(Paths(Path(sys.argv[1]))))
