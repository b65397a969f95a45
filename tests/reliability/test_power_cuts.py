"""A power cut loses nothing that was acknowledged, and the harness that says so can see a loss."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.reliability import power_cuts
from tests.reliability.disk import Disk
from tests.reliability.recording import Event, need_strace


@pytest.fixture(autouse=True)
def strace() -> None:
    need_strace()


def test_no_power_cut_loses_or_damages_what_was_acknowledged(tmp_path: Path) -> None:
    tally = power_cuts.run(tmp_path, cuts=45, saves=12)
    assert not tally.faults, tally.examples
    assert tally.tried == 45
    assert tally.seen["acknowledged saves looked up"] > 40


def test_the_same_harness_finds_losses_where_the_store_does_not_sync(tmp_path: Path) -> None:
    tally = power_cuts.run(tmp_path, cuts=30, saves=12, synchronous="0")
    assert tally.faults["lost"] > 0
    assert tally.faults["corrupt"] > 0


def test_what_was_synced_is_always_there_and_the_rest_only_sometimes() -> None:
    disk = Disk()
    for event in (
        Event("create", "/d/file"),
        Event("write", "/d/file", 0, b"safe"),
        Event("sync", "/d/file"),
        Event("sync", "/d"),
        Event("write", "/d/file", 4, b"lost"),
    ):
        disk.do(event)
    left = {disk.after_cut(random.Random(seed))["/d/file"] for seed in range(40)}
    assert left == {b"safe", b"safelost"}


def test_a_folder_gets_its_new_name_with_all_that_is_in_it_or_not_at_all() -> None:
    disk = Disk({"/d/old/one": b"1", "/d/old/two": b"2"})
    disk.do(Event("rename", "/d/old", other="/d/new"))
    left = {tuple(disk.after_cut(random.Random(seed))) for seed in range(40)}
    assert left == {("/d/old/one", "/d/old/two"), ("/d/new/one", "/d/new/two")}


def test_a_new_name_is_safe_only_when_its_folder_was_synced() -> None:
    disk = Disk()
    for event in (
        Event("create", "/d/new"),
        Event("write", "/d/new", 0, b"content"),
        Event("sync", "/d/new"),
        Event("rename", "/d/new", other="/d/file"),
    ):
        disk.do(event)
    left = [disk.after_cut(random.Random(seed)) for seed in range(40)]
    assert {tuple(files) for files in left} == {(), ("/d/new",), ("/d/file",)}
    disk.do(Event("sync", "/d"))
    assert all(disk.after_cut(random.Random(seed)) == {"/d/file": b"content"} for seed in range(40))
