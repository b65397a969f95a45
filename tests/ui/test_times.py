"""Times of day are said in one way everywhere, as `clock.say` has it; only the audit shows seconds."""

from __future__ import annotations

import re
from pathlib import Path

import referral_app.ui

OTHERWISE = re.compile(r"%H:%M|%I:%M|\.hour\}:")


def test_no_screen_writes_a_time_in_its_own_way() -> None:
    room = Path(referral_app.ui.__file__).parent
    files = [one for one in room.rglob("*.py") if one.parent.name != "audit" and one.name != "crash.py"]
    assert len(files) > 100
    assert [one.name for one in files if OTHERWISE.search(one.read_text(encoding="utf-8"))] == []
