"""A save that meets a failing disk is done whole or not at all, and the program goes on."""

from __future__ import annotations

from pathlib import Path

from tests.reliability import io_faults
from tests.reliability.recording import need_strace


def test_a_call_of_a_save_may_fail_and_nothing_is_half_done(tmp_path: Path) -> None:
    need_strace()
    tally = io_faults.run(tmp_path, acts=["save"], errors=["EIO"], step=4)
    assert not tally.faults, tally.examples
    assert tally.seen["refused"] > 10
