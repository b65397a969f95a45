"""A second start raises the first window, whatever a killed process left behind."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from referral_app.paths import Paths
from referral_app.ui import first_window
from referral_app.ui.first_window import FirstWindow

ASK = """
import pathlib, sys
from PySide6.QtCore import QCoreApplication
from referral_app.paths import Paths
from referral_app.ui import first_window
app = QCoreApplication([])
print(first_window.raise_first(Paths(pathlib.Path(sys.argv[1]))))
"""


@pytest.fixture
def short_folder() -> Generator[Path]:
    """A folder with a short name: that of a socket has at most 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="s") as folder:
        yield Path(folder)


def _ask(paths: Paths) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ASK, str(paths.data_dir)], stdout=subprocess.PIPE, text=True
    )


def test_a_later_start_is_answered_and_the_window_comes(qtbot: QtBot, paths: Paths) -> None:
    came: list[int] = []
    parent = QObject()
    first = FirstWindow(paths, lambda: came.append(1), parent)
    asking = _ask(paths)
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=60_000)
    assert asking.communicate()[0].strip() == "True"
    assert came == [1]
    first.stop()


def test_without_a_window_nobody_answers(qtbot: QtBot, paths: Paths) -> None:
    assert not first_window.raise_first(paths)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no socket files")
def test_what_a_killed_process_left_behind_is_put_away(
    qtbot: QtBot, paths: Paths, short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(first_window.name(paths))
    assert not first_window.raise_first(paths)
    came: list[int] = []
    parent = QObject()
    first = FirstWindow(paths, lambda: came.append(1), parent)
    asking = _ask(paths)
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=60_000)
    assert asking.communicate()[0].strip() == "True"
    assert Path(first_window.name(paths)).stat().st_mode & 0o077 == 0
    first.stop()


def test_the_name_of_the_socket_tells_nothing_of_the_folder(paths: Paths) -> None:
    assert "data" not in first_window.name(paths).rpartition("/")[2]
    assert first_window.name(paths) != first_window.name(Paths(paths.data_dir / "other"))
