"""A finished document is written whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from referral_app.jobs import files
from referral_app.services.errors import InvalidInput
from tests.disks import mounted


def test_a_file_is_written_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    files.write(path, b"one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [item.name for item in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no folder"):
        files.write(tmp_path / "nowhere" / "letter.pdf", b"one")


def test_a_read_only_folder_is_named(read_only_folder: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written"):
        files.write(read_only_folder / "letter.pdf", b"one")
    with pytest.raises(InvalidInput, match="cannot be written"):
        files.folder(read_only_folder / "inner")


def test_a_full_disk_leaves_the_old_file_and_nothing_half(tmp_path: Path) -> None:
    with mounted(tmp_path / "tiny", "size=64k") as folder:
        path = folder / "letter.pdf"
        files.write(path, b"old")
        with pytest.raises(InvalidInput, match="disk is full"):
            files.write(path, b"x" * 1_000_000)
        assert path.read_bytes() == b"old"
        assert [item.name for item in folder.iterdir()] == ["letter.pdf"]


def test_what_a_crash_left_goes_with_the_next_file_and_what_is_being_written_stays(tmp_path: Path) -> None:
    left, written, own = (
        tmp_path / one
        for one in (".unfinished-a1b2c3d4", ".unfinished-e5f6a7b8", ".unfinished-plan-of-may.pdf")
    )
    for one in (left, written, own):
        one.write_bytes(b"%PDF of a patient")
    for one in (left, own):
        os.utime(one, (time.time() - 7200, time.time() - 7200))
    files.write(tmp_path / "letter.pdf", b"one")
    assert {one.name for one in tmp_path.iterdir()} == {"letter.pdf", written.name, own.name}
