"""An upgrade that is killed leaves the old or the new store, and the next start ends it."""

from __future__ import annotations

from pathlib import Path

from tests import older_stores
from tests.reliability import migration_kills


def test_an_upgrade_that_is_killed_loses_no_row_and_is_ended_by_the_next_start(tmp_path: Path) -> None:
    tally = migration_kills.run(tmp_path, older_stores.older()[0], points=12)
    assert not tally.faults, tally.examples
    assert tally.tried == 12
    assert tally.seen["rows"] > 50
