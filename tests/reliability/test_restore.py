"""A real window is killed while somebody types: the next start offers the draft and opens it where it was left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.services import drafts
from referral_app.settings import Settings
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from tests.reliability import writer
from tests.reliability.typing_window import LAST

PROMISED = 5.0
"""Seconds after which what was typed is stored, the focus in the field or not."""


def type_and_kill(folder: Path, after: float) -> list[tuple[str, str, float]]:
    """Let somebody type, kill the process so long after the last field was reached, and return what was typed when."""
    command = [sys.executable, "-m", "tests.reliability.typing_window", str(folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    typed: list[tuple[str, str, float]] = []
    assert child.stdout is not None
    end = time.time() + 120
    for line in child.stdout:
        field, text, at = line.split()
        typed.append((field, text, float(at)))
        begun = next((one[2] for one in typed if one[0] == LAST), end)
        if time.time() > begun + after:
            break
    child.kill()
    assert typed, child.communicate()[1]
    child.communicate()
    return typed


def test_what_was_typed_five_seconds_before_a_kill_is_offered_and_opens_where_it_was_left(
    qtbot: QtBot, tmp_path: Path, looks: QApplication, background: Background
) -> None:
    folder = tmp_path / "data"
    typed = type_and_kill(folder, after=7.0)
    killed = time.time()
    db = writer.open_store(folder)
    try:
        with db.read() as session:
            (draft,) = drafts.find(session, mine=True)
        assert draft.intake["patient"]["family_name"] == "Quillfeather"
        assert draft.intake["patient"]["given_name"] == "Ada"
        promised = [text for field, text, at in typed if field == LAST and at < killed - PROMISED]
        assert promised
        assert len(draft.intake["patient"]["mrn"]) >= len(promised[-1])
        _restore(
            qtbot, Desk(db.paths, Settings(person=writer.WHO), db, background), draft.intake["patient"]["mrn"]
        )
    finally:
        background.wait()
        db.close()


def _restore(qtbot: QtBot, desk: Desk, mrn: str) -> None:
    from referral_app.ui.main_window import MainWindow

    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_page("home")
    qtbot.waitUntil(lambda: bool(_named(window, "restoreDraft")))
    button = _named(window, "restoreDraft")[0]
    assert button.accessibleName().startswith("Restore draft of ")
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: _focus() == LAST, timeout=20_000)
    assert QApplication.focusWidget().text() == mrn
    desk.background.wait()


def _named(window: QWidget, name: str) -> list[QWidget]:
    return [one for one in window.findChildren(QWidget, name) if one.isVisible()]


def _focus() -> str:
    now = QApplication.focusWidget()
    return now.objectName() if now else ""
