"""Eight processes that write at once lose no update."""

from __future__ import annotations

from pathlib import Path

from tests.reliability import many_writers


def test_eight_processes_that_write_one_referral_lose_no_update(tmp_path: Path) -> None:
    tally = many_writers.run(tmp_path, processes=8, updates=3)
    assert not tally.faults, tally.examples
    assert tally.tried == 24
    assert tally.seen["conflicts said and read again"] > 0
