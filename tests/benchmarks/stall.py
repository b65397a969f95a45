"""The longest time that the window does not answer, over a working day in small, against its 50 milliseconds.

A timer of the user's thread ticks every two milliseconds; the longest gap between two ticks is the stall. Each act is
done after the one before has settled.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from referral_app.database import Database
from referral_app.paths import Paths
from referral_app.services import worklists
from referral_app.services.referral_records import Filter
from referral_app.settings import Settings
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure

LIMIT_MS = 50.0
REFERRALS = 10_000


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
        """Return the longest gap in milliseconds since the last call."""
        found, self._longest = self._longest, 0.0
        return found * 1000


def settle(quiet: float) -> None:
    """Let the window work for so many seconds."""
    loop = QEventLoop()
    QTimer.singleShot(int(quiet * 1000), loop.quit)
    loop.exec()


def measure() -> list[Figure]:
    """Return the longest stall of each act."""
    if sys.platform == "linux" and "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with stores.folder() as paths, stores.filled(paths, REFERRALS) as db:
        return _day(paths, db)


def _day(paths: Paths, db: Database) -> list[Figure]:
    from referral_app.ui.application import application
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk
    from referral_app.ui.main_window import MainWindow

    app = application()
    background = Background(app)
    window = MainWindow(Desk(paths, Settings(person="Bench"), db, background))
    window.resize(1280, 800)
    window.show_page("home")
    window.show()
    settle(1.5)
    with db.read() as session:
        reference = worklists.find(session, Filter(), 1)[0].reference
    ticker = Ticker()
    figures: list[Figure] = []
    for name, act in _acts(window, reference).items():
        settle(0.3)
        ticker.longest()
        act()
        settle(1.2)
        figures.append(Figure(f"stall: {name}", ticker.longest(), "ms", "limit", LIMIT_MS))
    window.close()
    background.wait()
    return figures


def _acts(window: Any, reference: str) -> dict[str, Callable[[], object]]:
    pages = {
        f"first look at {key}": _show(window, key) for key in ("referrals", "surgeons", "patients", "packets")
    }
    again = {f"back to {key}": _show(window, key) for key in ("home", "referrals", "surgeons", "patients")}
    return {
        **pages,
        **again,
        "typing in the search box": lambda: _type(window.top_bar.box, "invented00"),
        "opening a referral": lambda: window.open("referral", reference),
        "typing into the form": lambda: _type_in_form(window),
        "a new referral": lambda: window.new_referral({}),
        "a letter in the preview": lambda: window.preview("letter", reference),
        "a packet in the preview": lambda: window.preview("packet", reference),
    }


def _show(window: Any, key: str) -> Callable[[], object]:
    return lambda: window.show_page(key)


def _type(box: QLineEdit, text: str) -> None:
    for mark in text:
        box.insert(mark)
        settle(0.05)


def _type_in_form(window: QWidget) -> None:
    boxes = [box for box in window.findChildren(QLineEdit) if box.isVisible() and box.isEnabled()]
    for box in boxes[-6:]:
        _type(box, "abc")
    QApplication.processEvents()
