"""A process that is killed while it saves loses nothing that it acknowledged."""

from __future__ import annotations

from pathlib import Path

from tests.reliability import kills


def test_nothing_acknowledged_is_lost_or_torn_when_a_saving_process_is_killed(tmp_path: Path) -> None:
    tally = kills.run(tmp_path, 10)
    assert not tally.faults, tally.examples
    assert tally.seen["acknowledged saves looked up"] > 50
