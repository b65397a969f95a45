"""The time from the click on a referral to the first page of its document on the screen, against 150 milliseconds.

The click is a real one on the button of the referral: the pointer goes there as a hand does and presses a third of a
second later, which is when drawing ahead begins; "at once" is a press with no pointer on its way, as a program would
make it. Each document is one that was never drawn: between two clicks an answer of the referral changes. Also the
longest stall while a hundred pages and their small pictures are scrolled through.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from referral_app.database import Database, open_database
from referral_app.paths import Paths
from referral_app.services import referrals
from referral_app.settings import Settings
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure
from tests.benchmarks.stall import Ticker, settle

LIMIT_MS = 150.0
STALL_MS = 50.0
TURNS = 9
WARM = 7.0
"""Seconds after the start in which everything is read in and built."""
HAND = 0.33
"""Seconds from the pointer on the button to the press; a hand takes longer."""
PAGES = 100
BUTTONS = {"a letter": "detailLetter", "a packet": "detailPacket"}


def measure() -> list[Figure]:
    """Return the median of each document, and the longest stall of scrolling."""
    environment = os.environ | ({} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"})
    with stores.folder() as paths:
        with stores.filled(paths):
            pass
        command = [sys.executable, "-m", "tests.benchmarks.preview", str(paths.data_dir)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, float] = json.loads(told.stdout)
    return [
        Figure(f"preview: {name}", value, "ms", "limit", STALL_MS if "stall" in name else LIMIT_MS)
        for name, value in found.items()
    ]


class Watch(QObject):
    """Tells when the first page was painted after it was drawn."""

    def __init__(self, paper: Any) -> None:
        """Watch the pages of a preview."""
        super().__init__()
        self.at, self._drawn = 0.0, False
        paper.first_drawn.connect(self._note)
        paper.view.viewport().installEventFilter(self)

    def _note(self) -> None:
        self._drawn = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the first paint with a page."""
        if self._drawn and not self.at and event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def live(paths: Paths) -> dict[str, float]:
    """Return the median milliseconds of each document, and the stall, in one run of the window."""
    from referral_app.ui.application import application, open_window
    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk

    db = open_database(paths)
    app = application()
    background = Background(app)
    window = open_window(app, Desk(paths, Settings(person="Bench"), db, background))
    window.resize(1280, 800)
    settle(WARM)
    found = {"a letter after the first click of the day": _clicked(window, db, "detailLetter", _by_hand)}
    for name, button in BUTTONS.items():
        for how, press in (("", _by_hand), (", at once", partial(_unforeseen, db))):
            taken = [_clicked(window, db, button, press) for _ in range(TURNS)]
            found[f"{name} after the click{how}"] = statistics.median(taken[1:])
    found[f"longest stall in {PAGES} pages"] = _scrolled(window)
    window.close()
    background.wait()
    db.close()
    return found


def _clicked(window: Any, db: Database, name: str, press: Callable[[QPushButton], float]) -> float:
    """Return the milliseconds from the press to the first page of a document that was never drawn."""
    _change(db)
    window.show_page("referrals")
    page = window.page("referrals")
    page.reload()
    settle(0.8)
    page.list.table.enter()
    settle(0.8)
    button = page.findChild(QPushButton, name)
    watch = Watch(window.page("preview").paper)
    pressed = press(button)
    until = time.monotonic() + 10
    while not watch.at and time.monotonic() < until:
        QApplication.processEvents()
    settle(0.3)
    return (watch.at - pressed) * 1000


def _by_hand(button: QWidget) -> float:
    QApplication.sendEvent(button, QEnterEvent(QPointF(4, 4), QPointF(4, 4), QPointF(4, 4)))
    settle(HAND)
    return _at_once(button)


def _unforeseen(db: Database, button: QWidget) -> float:
    """Press without a pointer on its way, and with another answer than the one that the focus began with."""
    _change(db)
    return _at_once(button)


def _at_once(button: QWidget) -> float:
    pressed = time.perf_counter()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return pressed


def _change(db: Database) -> None:
    """Change an answer that is printed in every document of the referral."""
    from referral_app.services import worklists
    from referral_app.services.referral_records import Filter

    with db.begin() as session:
        record = referrals.get(session, worklists.find(session, Filter(), 1)[0].reference)
        patient = record.intake["patient"] | {"given_name": f"Marisol {time.monotonic_ns() % 9973}"}
        patient["given_name"] = "".join(
            chr(97 + int(one)) if one.isdigit() else one for one in patient["given_name"]
        )
        referrals.save(
            session, {**record.intake, "patient": patient}, referral_id=record.id, version=record.version,
            patient_id=record.patient_id, marks=record.marks,
        )  # fmt: skip


def _scrolled(window: Any) -> float:
    """Return the longest stall while a hundred pages are scrolled through from end to end."""
    from referral_app.jobs.papers import Made

    page = window.page("preview")
    window.show_page("preview")
    settle(0.5)
    ticker = Ticker()
    page.show_made(Made("many.pdf", _many(page.content), kind="letter"))
    for step in range(40):
        for bar in (page.paper.view.verticalScrollBar(), page.paper.thumbnails.verticalScrollBar()):
            bar.setValue(round(bar.maximum() * step / 39))
        settle(0.05)
    return ticker.longest()


def _many(content: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as whole:
        count = len(whole.pages)
        for number in range(PAGES - count):
            whole.pages.append(whole.pages[number % count])
        target = io.BytesIO()
        whole.save(target)
    return target.getvalue()


if __name__ == "__main__":
    print(json.dumps(live(Paths(Path(sys.argv[1])))))
