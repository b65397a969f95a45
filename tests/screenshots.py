"""Pictures of every screen, from a real window: `python3 dev.py screenshots [NAME ...] [--out DIR] [--zoom 200]`.

To add a screen, add a line to SCENES: its name and a function that brings the window there.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from referral_app.choices import Appearance, InstallationMode
from referral_app.database import open_database
from referral_app.jobs import demo
from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui import ask
from referral_app.ui.application import application
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.start_problem import StartProblem
from referral_app.ui.widgets.focus_ring import FocusRing
from tests import (
    admin_scenes,
    attachment_scenes,
    calendar_scenes,
    care_scenes,
    codes_scenes,
    directory_scenes,
    entry_scenes,
    figure_scenes,
    form_scenes,
    import_scenes,
    invented,
    letter_scenes,
    packet_scenes,
    paper_scenes,
    patient_scenes,
    preview_scenes,
    privacy_scenes,
    reply_scenes,
    report_scenes,
    rule_scenes,
    sending_scenes,
    signature_scenes,
    signing_scenes,
    sketch_scenes,
    table_scenes,
    text_scenes,
    visit_scenes,
    worklist_scenes,
)
from tests.acting import acting

Scene = Callable[["Stage"], object]
LONGEST = 30.0
"""Seconds that a picture waits for an answer beyond its own time."""
LOOKS = {"light": Appearance.LIGHT, "dark": Appearance.DARK, "contrast": Appearance.HIGH_CONTRAST}


class Stage:
    """The window, and what scenes need to move it."""

    def __init__(self, desk: Desk, reference: str) -> None:
        """Make a window over a store with invented people; `reference` is the referral that scenes show."""
        self.app = application()
        self.desk, self.reference = desk, reference
        self.problem: StartProblem | None = None
        self.front: QWidget | None = None
        self.covered = False
        self.window = self.fresh()

    def fresh(self) -> MainWindow:
        """Return a new window in the look that is set."""
        self.window = MainWindow(self.desk)
        self.window.resize(1280, 800)
        self.window.show_page("home")
        self.window.show()
        return self.window

    def page(self, key: str) -> Any:
        """Show a page and return it, once its rows are there."""
        self.window.show_page(key)
        self.settle()
        return self.window.page(key)

    def form(self) -> Any:
        """Return the form of the referrals page, once it is there."""
        page: Any = self.window.page("referrals")
        latest = time.monotonic() + LONGEST
        while page.form is None and time.monotonic() < latest:
            self.settle()
        return page.form

    def child(self, name: str) -> Any:
        """Return a widget of the window by its object name."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def settle(self, quiet: float = 0.25) -> None:
        """Let the window work until what it asked for has arrived."""
        until = time.monotonic() + quiet
        while time.monotonic() < until or self._is_working(until + LONGEST):
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()

    def _is_working(self, latest: float) -> bool:
        """Tell whether an answer is still under way; a busy computer takes longer than a picture needs elsewhere."""
        return self.desk.background.is_busy and time.monotonic() < latest

    def picture(self) -> QPixmap:
        """Return the window with its open dialog in front, as a person sees it."""
        if self.front is not None:
            return self.front.grab()
        whole = self.window.grab()
        painter = QPainter(whole)
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                painter.fillRect(whole.rect(), QColor(0, 0, 0, 90))
                x = max((self.window.width() - dialog.width()) // 2, 0)
                y = max((self.window.height() - dialog.height()) // 3, 0)
                painter.drawPixmap(x, y, dialog.grab())
        painter.end()
        return whole

    def close_dialogs(self) -> None:
        """Close whatever a scene has opened."""
        front, self.front = self.front, None
        if front is not None:
            front.close()
            front.deleteLater()
        if self.covered:
            self.window.uncover()
            self.covered = False
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.close()
        self.settle(0.05)


def _search(stage: Stage) -> None:
    stage.page("home")
    box = stage.window.top_bar.box
    box.setFocus()
    box.setText("ma")
    stage.settle(0.6)


def _provider(stage: Stage) -> None:
    page = stage.page("office")
    page.findChild(QWidget, "addProvider").click()
    stage.settle()
    dialog = stage.child("providerDialog")
    dialog.widgets["npi"].setText("1234567890")
    dialog.accept()


def _center(stage: Stage) -> None:
    stage.desk.settings.mode = InstallationMode.HEADACHE_CENTER
    stage.window.settings_changed()
    stage.page("office")
    stage.desk.settings.mode = InstallationMode.REFERRING_OFFICE


def _trial(stage: Stage) -> None:
    _center(stage)
    stage.child("trial_0").click()


def _surgeon(stage: Stage) -> None:
    page = stage.page("surgeons")
    page.tabs.setCurrentIndex(0)
    page.directory.reset()
    page.directory.list.show_as("cards")
    stage.settle(0.5)


def _referral(stage: Stage) -> None:
    stage.window.open("referral", stage.reference)
    stage.settle(0.6)


def _step(number: int) -> Scene:
    def scene(stage: Stage) -> None:
        _referral(stage)
        stage.form().go_to(number, focus=False)
        stage.settle(0.6)

    return scene


def _chosen_surgeon(stage: Stage) -> None:
    from referral_app.services import surgeons

    with stage.desk.db.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    stage.window.open("surgeon", keen.id)
    stage.settle(0.8)


def _chosen_patient(stage: Stage) -> None:
    from referral_app.services import patients

    with stage.desk.db.read() as session:
        first = patients.find(session, "Quintero")[0]
    stage.window.open("patient", first.id)
    stage.settle(0.8)


def _new(stage: Stage) -> None:
    stage.window.new_referral({})
    stage.settle(0.8)


def _preview(kind: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.window.preview(kind, stage.reference)
        stage.settle(2.5)

    return scene


def _question(stage: Stage) -> None:
    detail = "What was typed since it was last saved cannot be brought back."
    ask.confirm(stage.window, "Discard this draft?", detail, "Discard draft", _nothing, danger=True)


def _conflict(stage: Stage) -> None:
    """Change what someone else saves at the same time: one answer each, and two that both changed."""
    from referral_app.services import referrals

    _referral(stage)
    page = stage.window.page("referrals")
    _wait(stage, lambda: page.form is not None)
    draft = page.form.draft
    with acting(stage.desk.db, "Rosa Ortiz"), stage.desk.db.begin() as session:
        record = referrals.get(session, stage.reference)
        theirs = dict(record.intake)
        theirs["patient"] = theirs["patient"] | {"phone_alt": f"410-555-01{10 + record.number % 80}"}
        theirs["pain"] = theirs["pain"] | {"average": 2 + record.number % 2}
        known = {"substance": "Penicillin", "reaction": "Rash"}
        theirs["safety"] = theirs["safety"] | {"allergies": [known, {"substance": "Latex"}]}
        referrals.save(
            session, theirs, referral_id=record.id, version=record.version,
            patient_id=record.patient_id, marks=record.marks,
        )  # fmt: skip
    draft.put("pain.average", 9)
    draft.put("goals.work_impact", f"Works three days a week since May ({record.number}).")
    draft.put("safety.allergies", [known, {"substance": "Lidocaine", "reaction": "Swelling of the lips"}])
    page.form.save()
    _wait(stage, lambda: stage.window.findChild(QWidget, "conflict.goals.work_impact.mine") is not None)
    stage.settle()


def _wait(stage: Stage, ready: Callable[[], bool]) -> None:
    """Let the window work until something is there, twenty seconds at the most."""
    for _ in range(200):
        if ready():
            return
        stage.settle(0.1)
    raise AssertionError("What the scene waits for did not come.")


def _problem(stage: Stage) -> None:
    sentence = "The referral desk is already open. Use the window that is there, or close it first."
    stage.problem = StartProblem(sentence)
    stage.problem.show()


def _nothing() -> None:
    """Do nothing: a picture of a question needs no answer."""


def _page(key: str) -> Scene:
    return lambda stage: stage.page(key)


SCENES: dict[str, Scene] = {
    "home": _page("home"),
    "search": _search,
    "referrals": _page("referrals"),
    "referral": _referral,
    "referral-new": _new,
    "referral-headache": _step(3),
    "referral-safety": _step(5),
    "surgeons": _surgeon,
    "surgeon": _chosen_surgeon,
    "patients": _page("patients"),
    "patient": _chosen_patient,
    "letter": _preview("letter"),
    "packet": _preview("packet"),
    "office": _page("office"),
    "provider": _provider,
    "settings": _page("settings"),
    "question": _question,
    "conflict": _conflict,
    "problem": _problem,
    "help": lambda stage: stage.window.show_help(),
    "shortcuts": lambda stage: stage.window.show_shortcuts(),
    "center": _center,
    "trial": _trial,
    **directory_scenes.SCENES,
    **entry_scenes.SCENES,
    **admin_scenes.SCENES,
    **attachment_scenes.SCENES,
    **calendar_scenes.SCENES,
    **care_scenes.SCENES,
    **packet_scenes.SCENES,
    **paper_scenes.SCENES,
    **privacy_scenes.SCENES,
    **patient_scenes.SCENES,
    **reply_scenes.SCENES,
    **report_scenes.SCENES,
    **preview_scenes.SCENES,
    **rule_scenes.SCENES,
    **sending_scenes.SCENES,
    **signature_scenes.SCENES,
    **signing_scenes.SCENES,
    **figure_scenes.SCENES,
    **form_scenes.SCENES,
    **import_scenes.SCENES,
    **letter_scenes.SCENES,
    **codes_scenes.SCENES,
    **sketch_scenes.SCENES,
    **table_scenes.SCENES,
    **text_scenes.SCENES,
    **visit_scenes.SCENES,
    **worklist_scenes.SCENES,
}


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes (all where none is named): " + ", ".join(SCENES))
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--zoom", type=int, default=100)
    parser.add_argument("--looks", default="light,dark", help="light, dark, contrast")
    wanted = parser.parse_args(arguments)
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "data")
        db = open_database(paths)
        reference = demo.fill(db)
        invented.fill(db)
        FocusRing(application())
        background = Background()
        stage = Stage(Desk(paths, Settings(person="Dana Whitfield"), db, background), reference)
        for look in wanted.looks.split(","):
            _take(stage, wanted, look)
        stage.window.close()
        background.wait()
        db.close()
    print(f"Pictures are in {wanted.out.resolve()}")
    return 0


def _take(stage: Stage, wanted: argparse.Namespace, look: str) -> None:
    stage.desk.settings.appearance, stage.desk.settings.zoom = LOOKS[look], wanted.zoom
    stage.window.close()
    stage.fresh()
    stage.settle(0.5)
    for name in wanted.names or SCENES:
        stage.window.top_bar.box.clear()
        SCENES[name](stage)
        stage.settle()
        zoom = "" if wanted.zoom == 100 else f"-{wanted.zoom}"
        stage.picture().save(str(wanted.out / f"{name}-{look}{zoom}.png"))
        stage.close_dialogs()


if __name__ == "__main__":
    sys.exit(main())
