"""What the command says that cannot open its window: one sentence, and the status of what the user can correct."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from referral_app.paths import Paths
from tests.accessibility.conftest import Start
from tests.accessibility.desktop import PATIENCE, ROOT, Desktop
from tests.database.ways import LOGIN, PASSPHRASE, begun

pytestmark = pytest.mark.display


def test_a_second_start_raises_the_first_window_says_so_and_ends(desktop: Desktop, start: Start) -> None:
    first = start()
    desktop.give_keyboard(first)
    desktop.read_out("probe_read.py", "push button", "New referral")
    second = start()
    assert second.status() == 0
    (sentence,) = second.said.splitlines()
    assert "already open" in sentence
    assert first.running()


def test_a_second_start_while_somebody_logs_in_raises_that_window(
    desktop: Desktop, start: Start, office: Paths
) -> None:
    shutil.rmtree(office.data_dir)
    begun(office)[0].close()
    first = start()
    desktop.give_keyboard(first)
    desktop.read_out("probe_read.py", "push button", "Log in")
    second = start()
    assert second.status() == 0
    assert first.running()


def test_the_window_comes_after_the_login_with_the_keyboard_alone_and_locks(
    desktop: Desktop, start: Start, office: Paths
) -> None:
    shutil.rmtree(office.data_dir)
    begun(office)[0].close()
    first = start()
    desktop.give_keyboard(first)
    desktop.read_out("probe_read.py", "text", "Login", "--focused")
    desktop.xdotool("type", "--delay", "5", LOGIN)
    desktop.xdotool("key", "Tab")
    desktop.xdotool("type", "--delay", "5", PASSPHRASE)
    desktop.xdotool("key", "Return")
    desktop.read_out("probe_read.py", "push button", "New referral")
    desktop.give_keyboard(first)
    desktop.xdotool("key", "ctrl+l")
    desktop.read_out("probe_read.py", "password text", "Passphrase", "--focused")
    desktop.xdotool("type", "--delay", "5", PASSPHRASE)
    desktop.xdotool("key", "Return")
    desktop.read_out("probe_read.py", "push button", "New referral")
    desktop.xdotool("key", "ctrl+q")
    assert first.status() == 0


def test_the_command_line_says_in_one_sentence_that_the_window_is_open(
    desktop: Desktop, office: Paths, start: Start
) -> None:
    desktop.give_keyboard(start())
    words = [sys.executable, "-m", "referral_app", "referrals", "list", "--data-dir", str(office.data_dir)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_without_a_display_it_says_so_in_one_sentence(desktop: Desktop, office: Paths) -> None:
    kept = ("PATH", "HOME", "LANG")
    bare = {name: value for name, value in desktop.environment.items() if name in kept}
    words = [sys.executable, "-m", "referral_app", "--data-dir", str(office.data_dir)]
    done = subprocess.run(
        words, cwd=ROOT, env=bare, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
