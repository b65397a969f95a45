"""The intake: its live check, and how long the panel takes to follow a key; one function for each row of the table."""

from __future__ import annotations

import copy
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import date
from typing import Any

from referral_app.clinical import check
from referral_app.clinical.requirements import BUILT_IN
from referral_app.paths import resource
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure, medians

CHECK_MS = 2.0
KEY_MS = 16.0
KEYS = 400


def measure() -> list[Figure]:
    """Return every row, in the order of the issue."""
    from tests.benchmarks import lists, opening

    return [check_full(), check_large(), keystroke(), *opening.measure(), *lists.measure()]


def full() -> dict[str, Any]:
    """Return the complete invented referral."""
    return json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))


def large() -> dict[str, Any]:
    """Return the complete referral with 30 treatments, 20 injections and 10 attachments."""
    intake = full()
    for name, count in (("treatments", 30), ("injections", 20), ("attachments", 10)):
        listed = intake[name]
        intake[name] = [copy.deepcopy(listed[n % len(listed)]) for n in range(count)]
    return intake


def check_full() -> Figure:
    """Return the median time of a check of a full referral."""
    return _check("check of a full referral", full())


def check_large() -> Figure:
    """Return the median time of a check of a referral with 30 treatments, 20 injections and 10 attachments."""
    return _check("check of a large referral", large())


def _check(name: str, intake: dict[str, Any]) -> Figure:
    today = date.today()
    took = medians({"check": lambda: check.check(intake, BUILT_IN, today)}, turns=300)
    return Figure(name, took["check"], "ms", "limit", CHECK_MS)


def keystroke() -> Figure:
    """Return the 99th percentile of the time from a key to the panel that shows what it changed, drawn."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    command = [sys.executable, "-m", "tests.benchmarks.intake", "keystroke"]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    times: list[float] = json.loads(told.stdout)
    worst = statistics.quantiles(times, n=100)[98]
    return Figure("keystroke to panel p99", worst, "ms", "limit", KEY_MS)


def typed() -> list[float]:
    """Type into the fields of a real form and return the milliseconds of each key, in a process of its own."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

    from referral_app.database import open_database
    from referral_app.settings import Settings
    from referral_app.ui.application import application
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk
    from referral_app.ui.referrals import sheets
    from referral_app.ui.referrals.form import FormPage

    with stores.folder() as paths:
        with stores.filled(paths, 0):
            pass
        db, app = open_database(paths), application()
        desk = Desk(paths, Settings(person="Bench"), db, Background(app))
        sheet = sheets.new(db)
        sheet.intake = large() | {"signature": {}}
        form = FormPage(desk, sheet, 2)
        form.resize(1280, 800)
        form.show()
        times: list[float] = []
        for step in (1, 2, 3, 5):
            form.go_to(step)
            form.view(step).chores.finish()
            app.processEvents()
            fields = [*form.view(step).findChildren(QLineEdit), *form.view(step).findChildren(QPlainTextEdit)]
            seen = [one for one in fields if one.isVisible() and one.isEnabled() and not one.isReadOnly()][
                :10
            ]
            for widget in seen:
                widget.setFocus()
                app.processEvents()
                for letter in "0123456789"[: KEYS // 40]:
                    start = time.perf_counter()
                    QTest.keyClicks(widget, letter)
                    app.processEvents()
                    times.append((time.perf_counter() - start) * 1000)
        form.hide()
        desk.background.wait()
        db.close()
    return times


if __name__ == "__main__":
    print(json.dumps(typed()))
    sys.stdout.flush()
    os._exit(0)
