"""Checking the store, another key, and a second place of backups: for administrators, and noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from referral_app.database import Database
from referral_app.jobs import upkeep
from referral_app.services import audit
from referral_app.services.audit import Filter
from referral_app.services.errors import Denied, InvalidInput
from tests import staff


def _latest(db: Database) -> tuple[str, str]:
    with db.read() as session:
        found = audit.find(session, Filter(), limit=1)[0]
    return found.action, found.kind


def test_each_act_is_noted(db: Database, tmp_path: Path) -> None:
    staff.protect(db)
    assert upkeep.check(db) == []
    assert _latest(db) == ("checked", "store")
    upkeep.change_key(db)
    assert _latest(db) == ("key_rotated", "")
    upkeep.take_second_place(db, tmp_path)
    assert _latest(db) == ("setting_changed", "setting")


@pytest.mark.parametrize(
    "act", [upkeep.check, upkeep.change_key, lambda db: upkeep.take_second_place(db, Path("/nowhere"))]
)
def test_others_are_refused(db: Database, act: Callable[[Database], object]) -> None:
    staff.protect(db)
    staff.act_as(db, staff.hire(db)["odile"].id)
    with pytest.raises(Denied):
        act(db)


def test_a_store_without_people_has_no_key_to_change(db: Database) -> None:
    with pytest.raises(InvalidInput, match="no people"):
        upkeep.change_key(db)


def test_a_folder_that_is_missing_is_no_second_place(db: Database, tmp_path: Path) -> None:
    staff.protect(db)
    with pytest.raises(InvalidInput, match="There is no folder"):
        upkeep.take_second_place(db, tmp_path / "stick")
