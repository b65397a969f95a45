"""What the command says that cannot open its window: one sentence, and the status of what the user can correct."""

from __future__ import annotations

import subprocess
import sys

import pytest

from referral_app.paths import Paths
from tests.accessibility.conftest import Start
from tests.accessibility.desktop import PATIENCE, ROOT, Desktop

pytestmark = pytest.mark.display


def test_a_second_window_says_in_one_sentence_that_the_first_is_open(desktop: Desktop, start: Start) -> None:
    first = start()
    desktop.give_keyboard(first)
    second = start()
    desktop.give_keyboard(second)
    desktop.xdotool("key", "Return")
    assert second.status() == 2
    (sentence,) = second.said.splitlines()
    assert "already" in sentence or "open" in sentence
    assert first.running()


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
