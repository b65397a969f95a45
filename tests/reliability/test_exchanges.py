"""A new key, a restore and an upgrade that lose power leave the store of before or of after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability import exchanges
from tests.reliability.recording import need_strace


@pytest.mark.parametrize("act", exchanges.ACTS)
def test_an_exchange_of_files_that_loses_power_leaves_one_whole_store(tmp_path: Path, act: str) -> None:
    need_strace()
    tally = exchanges.run(tmp_path, act, cuts=15)
    assert not tally.faults, tally.examples
    assert tally.tried == 15
