"""A window that the system ends keeps what was typed a moment before."""

from __future__ import annotations

import subprocess
import sys

import pytest

from referral_app.database import Database, open_database
from referral_app.paths import Paths
from referral_app.services import drafts

TYPE_AND_END = """
import os, pathlib, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit
from referral_app.database import open_database
from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui import application
paths = Paths(pathlib.Path(sys.argv[1]))
db = open_database(paths)
def ready(window):
    window.new_referral({})
    def type_and_end():
        found = window.findChild(QLineEdit, "patient.family_name")
        if found is None:
            return
        timer.stop()
        found.setText("Lastwords")
        os.kill(os.getpid(), signal.SIGTERM)
    timer = QTimer(window)
    timer.timeout.connect(type_and_end)
    timer.start(50)
status = application.run(paths, Settings(person="Dana"), db, ready)
db.close()
sys.exit(status)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
def test_what_was_typed_is_kept_when_the_system_ends_the_program(paths: Paths, filled: Database) -> None:
    filled.close()
    done = subprocess.run([sys.executable, "-c", TYPE_AND_END, str(paths.data_dir)], timeout=120, check=False)
    assert done.returncode == 0
    db = open_database(paths)
    with db.read() as session:
        assert [draft.patient for draft in drafts.find(session)] == ["Lastwords"]
    db.close()
