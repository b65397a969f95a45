"""The longest time that the window does not answer, over a working day in small, against its 50 milliseconds.

A timer of the user's thread ticks every two milliseconds; the longest gap between two ticks is the stall. Each act is
done after the one before has settled. The day is lived in several processes, so that every first look is one, and
the median of each act counts, so that what else the machine does decides nothing.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from referral_app.database import Database, open_database
from referral_app.paths import Paths
from referral_app.services import worklists
from referral_app.services.referral_records import Filter
from referral_app.settings import Settings
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure

LIMIT_MS = 50.0
REFERRALS = 10_000
DAYS = 3
READ_IN = 4.0
SETTLED = 1.2
Act = Callable[[], object]


class Ticker(QObject):
    """Ticks on the user's thread and remembers the longest gap since it was last asked."""

    def __init__(self) -> None:
        """Begin to tick."""
        super().__init__()
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(2)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def longest(self) -> float:
        """Return the longest gap in milliseconds since the last call; one that still lasts counts too."""
        self._tick()
        found, self._longest = self._longest, 0.0
        return found * 1000


def settle(quiet: float) -> None:
    """Let the window work for so many seconds."""
    loop = QEventLoop()
    QTimer.singleShot(int(quiet * 1000), loop.quit)
    loop.exec()


def measure() -> list[Figure]:
    """Return the longest stall of each act, the median of several days."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    taken: dict[str, list[float]] = {}
    with stores.folder() as paths:
        with stores.filled(paths, REFERRALS):
            pass
        for when in ("early", "day") * DAYS:
            command = [sys.executable, "-m", "tests.benchmarks.stall", str(paths.data_dir), when]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
            for name, value in json.loads(told.stdout).items():
                taken.setdefault(name, []).append(value)
    return [
        Figure(f"stall: {name}", statistics.median(values), "ms", "limit", LIMIT_MS)
        for name, values in taken.items()
    ]


def live(paths: Paths, when: str) -> dict[str, float]:
    """Return the longest stall of each act of one day, or of a first look right after the start."""
    from referral_app.ui.application import application, open_window
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk

    db = open_database(paths)
    app = application()
    background = Background(app)
    window = open_window(app, Desk(paths, Settings(person="Bench"), db, background))
    window.resize(1280, 800)
    day = Early(window) if when == "early" else Day(window, db)
    settle(0.5)
    ticker = Ticker()
    found: dict[str, float] = {}
    for name, act, quiet in day.acts():
        settle(0.3)
        ticker.longest()
        act()
        settle(quiet)
        found[name] = ticker.longest()
        _close_dialogs()
    window.close()
    background.wait()
    db.close()
    return found


class Early:
    """A first look before anything was read in."""

    def __init__(self, window: Any) -> None:
        """Take the window."""
        self._window = window

    def acts(self) -> list[tuple[str, Act, float]]:
        """Return the one act."""
        return [
            ("a first look half a second after the start", lambda: self._window.show_page("surgeons"), 2.0)
        ]


class Day:
    """What a person does in a day, each act once."""

    def __init__(self, window: Any, db: Database) -> None:
        """Take the window and the reference of a referral."""
        self._window = window
        with db.read() as session:
            self._reference = worklists.find(session, Filter(), 1)[0].reference

    def acts(self) -> list[tuple[str, Act, float]]:
        """Return name, act, and the seconds until everything that follows from it is done."""
        acts = {**self._looks(), **self._lists(), **self._dialogs(), **self._writing(), **self._papers()}
        start: list[tuple[str, Act, float]] = [("reading in after the start", lambda: None, READ_IN)]
        return start + [(name, act, SETTLED) for name, act in acts.items()]

    def _looks(self) -> dict[str, Act]:
        first = ("referrals", "surgeons", "patients", "packets", "office", "settings")
        again = ("home", *first)
        return {f"first look at {key}": self._show(key) for key in first} | {
            f"back to {key}": self._show(key) for key in again
        }

    def _lists(self) -> dict[str, Act]:
        return {
            "typing in the search box": lambda: _type(self._window.top_bar.box, "invented00"),
            "rows of referrals": self._rows("referrals", lambda page: page.list.table),
            "rows of surgeons": self._rows("surgeons", lambda page: page.directory.list),
            "rows of patients": self._rows("patients", lambda page: page.list),
            "rows of packets": self._rows(
                "packets", lambda page: (page.show_referrals(), page.referrals.list)[1]
            ),
        }

    def _dialogs(self) -> dict[str, Act]:
        return {
            "dialog of a new surgeon": self._press("surgeons", "newSurgeon"),
            "dialog of a new patient": self._press("patients", "newPatient"),
            "dialog of a provider": self._press("office", "addProvider"),
            "shortcuts": self._window.show_shortcuts,
            "help": self._window.show_help,
        }

    def _writing(self) -> dict[str, Act]:
        steps = {f"step {step} of the form": self._step(step) for step in (6, 2, 3, 4, 5, 1)}
        return {
            "opening a referral": lambda: self._window.open("referral", self._reference),
            **steps,
            "back to step 2": self._step(2),
            "typing the question": self._type_question,
            "saving": lambda: self._form().save(),
            "back to the list": lambda: self._form().leave(),
            "a new referral": lambda: self._window.new_referral({}),
            "typing into a new referral": self._type_in_form,
        }

    def _papers(self) -> dict[str, Act]:
        return {
            "a letter in the preview": lambda: self._window.preview("letter", self._reference),
            "a packet in the preview": lambda: self._window.preview("packet", self._reference),
        }

    def _show(self, key: str) -> Act:
        return lambda: self._window.show_page(key)

    def _rows(self, key: str, of: Callable[[Any], Any]) -> Act:
        def act() -> None:
            self._window.show_page(key)
            settle(0.4)
            found = of(self._window.page(key))
            found.enter()
            for _ in range(5):
                QTest.keyClick(found.table, Qt.Key.Key_Down)
                settle(0.1)

        return act

    def _press(self, key: str, name: str) -> Act:
        def act() -> None:
            self._window.show_page(key)
            settle(0.4)
            self._window.findChild(QWidget, name).click()

        return act

    def _form(self) -> Any:
        return self._window.page("referrals").form

    def _step(self, step: int) -> Act:
        return lambda: self._form().go_to(step)

    def _type_question(self) -> None:
        form = self._form()
        form.jump("request.question")
        box = self._window.focusWidget()
        assert isinstance(box, QLineEdit | QPlainTextEdit), box
        for mark in " Is it so?":
            QTest.keyClicks(box, mark)
            settle(0.05)

    def _type_in_form(self) -> None:
        boxes = [box for box in self._form().findChildren(QLineEdit) if box.isVisible() and box.isEnabled()]
        for box in boxes[-6:]:
            _type(box, "abc")


def _type(box: QLineEdit, text: str) -> None:
    for mark in text:
        box.insert(mark)
        settle(0.05)


def _close_dialogs() -> None:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()


if __name__ == "__main__":
    print(json.dumps(live(Paths(Path(sys.argv[1])), sys.argv[2])))
