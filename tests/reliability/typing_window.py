"""The real window with somebody who types into a new referral for ever; a program for `test_restore`.

Prints a line for each key: the field, what stands in it by then, and when (the clock of the system).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from referral_app.settings import Settings
from referral_app.ui import application
from referral_app.ui.main_window import MainWindow
from tests.reliability import writer

WORDS = {"patient.family_name": "Quillfeather", "patient.given_name": "Ada"}
LAST = "patient.mrn"


class Hands:
    """One key each 120 ms, into whatever has the focus."""

    def __init__(self, window: MainWindow) -> None:
        """Begin a new referral."""
        self._window = window
        window.new_referral({})
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._one)
        self._timer.start(120)
        self._left: list[str] = []
        self._field = ""

    def _one(self) -> None:
        if QApplication.activeWindow() is None:
            self._window.activateWindow()
        now: Any = QApplication.focusWidget()
        if not isinstance(now, QLineEdit) or not now.objectName().startswith("patient."):
            return
        if not self._field:
            self._go(next(iter(WORDS)))
        elif self._left:
            self._type(self._left.pop(0))
        else:
            names = [*WORDS, LAST]
            self._go(names[min(names.index(self._field) + 1, len(names) - 1)])

    def _go(self, field: str) -> None:
        edits = [one for one in self._window.findChildren(QLineEdit, field) if one.isVisible()]
        if not edits:
            return
        edits[0].setFocus(Qt.FocusReason.TabFocusReason)
        if field != self._field:
            self._left = list(WORDS.get(field, "0123456789" * 100))
        self._field = field

    def _type(self, letter: str) -> None:
        now: Any = QApplication.focusWidget()
        QTest.keyClicks(now, letter)
        print(f"{self._field} {now.text()} {time.time()}", flush=True)  # noqa: T201


def main(folder: Path) -> int:
    """Run the application until it is killed."""
    writer.make_store(folder)
    db = writer.open_store(folder)
    kept: list[Hands] = []
    return application.run(
        db.paths, Settings(person=writer.WHO), db, lambda window: kept.append(Hands(window))
    )


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(Path(sys.argv[1])))
