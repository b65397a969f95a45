"""A disk without space, or that can only be read, loses nothing, and work goes on when the cause is gone."""

from __future__ import annotations

from pathlib import Path

from tests.reliability import full_disks
from tests.reliability.recording import need_strace


def test_saving_copying_and_printing_with_any_free_space_is_done_whole_or_refused(tmp_path: Path) -> None:
    tally = full_disks.fill_up(tmp_path, step=5)
    assert not tally.faults, tally.examples
    assert tally.seen["refused"] > 5
    assert tally.seen["done"] > 5


def test_an_upgrade_with_any_free_space_is_done_or_refused_and_loses_no_row(tmp_path: Path) -> None:
    tally = full_disks.upgrade(tmp_path, step=8)
    assert not tally.faults, tally.examples
    assert tally.seen["refused"] > 0
    assert tally.seen["done"] > 0


def test_a_disk_that_can_only_be_read_is_refused_in_a_sentence_and_works_again(tmp_path: Path) -> None:
    tally = full_disks.read_only(tmp_path)
    assert not tally.faults, tally.examples


def test_a_disk_that_turns_read_only_full_or_bad_under_an_open_store_loses_nothing(tmp_path: Path) -> None:
    need_strace()
    tally = full_disks.turn(tmp_path)
    assert not tally.faults, tally.examples
    assert tally.seen["refused"] > 5
