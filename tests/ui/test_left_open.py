"""Where drafts were left: remembered without answers, and a file that cannot be read costs nothing."""

from __future__ import annotations

import pytest

from referral_app.paths import Paths
from referral_app.ui import left_open


def test_a_draft_is_found_where_it_was_left_and_offered_once_after_a_crash(paths: Paths) -> None:
    paths.data_dir.mkdir(parents=True, exist_ok=True)
    left_open.note(paths, "a", "pain.side")
    left_open.note(paths, "b", "patient.phone")
    left_open.close(paths, "b")
    assert left_open.take_open(paths) == ["a"]
    assert left_open.take_open(paths) == []
    assert left_open.field(paths, "a") == "pain.side"
    assert left_open.field(paths, "b") == "patient.phone"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b'{"a": []}', b"\xff\xfe", b"null"])
def test_a_file_that_cannot_be_read_costs_the_place_alone(paths: Paths, content: bytes) -> None:
    paths.data_dir.mkdir(parents=True, exist_ok=True)
    (paths.data_dir / left_open.NAME).write_bytes(content)
    assert left_open.take_open(paths) == []
    assert left_open.field(paths, "a") == ""
    left_open.note(paths, "a", "pain.side")
    assert left_open.field(paths, "a") == "pain.side"


def test_only_the_latest_drafts_are_remembered(paths: Paths) -> None:
    paths.data_dir.mkdir(parents=True, exist_ok=True)
    for number in range(left_open.MOST + 20):
        left_open.note(paths, str(number), "pain.side")
    assert left_open.field(paths, "0") == ""
    assert left_open.field(paths, str(left_open.MOST + 19)) == "pain.side"
