"""Damaged files are noticed, nothing wrong is shown, and nothing is offered to be thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability import damage


@pytest.mark.parametrize(
    "files", [["referrals.db"], ["referrals.db-wal"], list(damage.FILES)], ids=["store", "log", "any"]
)
def test_a_flipped_bit_or_a_cut_is_noticed_or_changes_nothing(
    tmp_path: Path, files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    tally = damage.run(tmp_path, 25, files)
    assert not tally.faults, tally.examples
    assert tally.tried == 25
    assert not capfd.readouterr().err
