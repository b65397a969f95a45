"""The application works without a network and asks for none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.reliability import network


@pytest.fixture(autouse=True)
def namespaces() -> None:
    network.need_namespaces()


def test_the_main_job_works_without_a_network_and_attempts_no_connection(tmp_path: Path) -> None:
    tally = network.main_job(tmp_path)
    assert not tally.faults, tally.examples
    assert (tmp_path / "out/letter.pdf").exists()


def test_the_window_works_without_a_network_and_attempts_no_connection(tmp_path: Path) -> None:
    tally = network.window(tmp_path)
    assert not tally.faults, tally.examples


def test_an_attempt_would_be_seen(tmp_path: Path) -> None:
    ask = "import contextlib, socket\nwith contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9))"
    tally = network.listened([sys.executable, "-c", ask], tmp_path / "strace.log")
    assert tally.faults["connection attempted"] == 1
