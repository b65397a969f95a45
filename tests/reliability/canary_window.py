"""The window in use by somebody who types the canary; a program for `canary`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from referral_app.settings import Settings
from referral_app.ui import application
from referral_app.ui.main_window import MainWindow
from referral_app.ui.referrals.attachment_sources import Source
from tests import attachment_files
from tests.reliability import writer
from tests.reliability.canary import MRN, NAME, PHONE

Waiting = Generator[Callable[[], object]]


def use(window: MainWindow, db: Any, folder: Path, end: str) -> Waiting:
    """Do what an office does with a patient; each step waits until what it yields is so."""
    window.new_referral({})
    yield lambda: _there(window, QLineEdit, "patient.phone")
    for name, text in (("family_name", NAME), ("given_name", NAME), ("mrn", MRN), ("phone", PHONE)):
        _there(window, QLineEdit, f"patient.{name}").setText(text)
    window.keep_typed()
    _form(window).save()
    yield lambda: _form(window).draft.sheet.reference
    attaching = _form(window).attaching
    attaching.add(
        [Source(f"{NAME}.pdf", attachment_files.pdf(1, NAME)), Source(NAME, f"%PDF-{NAME}".encode())]
    )
    yield lambda: len(attaching.known) == 1 and attaching.items[-1].state == "refused"
    _form(window).save()
    yield lambda: not _form(window).draft.dirty
    whole = writer.save(db, 1, {"family_name": NAME, "mrn": MRN, "phone": PHONE})
    window.preview("letter", whole.reference)
    yield lambda: window.page("preview").content
    _there(window, QLineEdit, "search").setText(NAME)
    writer.back_up(db, folder)
    QTimer.singleShot(0, _meet_a_fault)
    yield lambda: (folder / "crash.log").exists()
    for button in _dialog_buttons():
        button.click()
    window.new_referral({})
    yield lambda: _there(window, QLineEdit, "patient.family_name")
    _there(window, QLineEdit, "patient.family_name").setText(NAME)
    window.keep_typed()
    print("used", flush=True)  # noqa: T201
    if end == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    window.close()


def _meet_a_fault() -> None:
    raise LookupError(f"{NAME} {MRN} {PHONE}")


def _there(window: QWidget, kind: type[Any], name: str) -> Any:
    return next((one for one in window.findChildren(kind, name) if one.isVisible()), None)


def _form(window: MainWindow) -> Any:
    from referral_app.ui.referrals.form import FormPage

    return next(one for one in window.findChildren(FormPage) if one.isVisible())


def _dialog_buttons() -> list[QPushButton]:
    from PySide6.QtWidgets import QApplication, QDialog

    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return [button for dialog in dialogs for button in dialog.findChildren(QPushButton)[:1]]


def main(folder: Path, end: str) -> int:
    """Run the application with a store of its own until it is used."""
    writer.make_store(folder)
    db = writer.open_store(folder)

    def ready(window: MainWindow) -> None:
        steps = use(window, db, folder, end)
        waiting: list[Callable[[], object]] = [next(steps)]

        def go_on() -> None:
            if waiting[0]():
                try:
                    waiting[0] = next(steps)
                except StopIteration:
                    timer.stop()

        timer = QTimer(window)
        timer.timeout.connect(go_on)
        timer.start(30)

    status = application.run(db.paths, Settings(person=writer.WHO), db, ready)
    db.close()
    return status


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
