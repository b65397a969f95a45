"""The audit as a table, and its check."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from referral_app.database import Database
from referral_app.jobs import audit
from referral_app.services import audit as events
from referral_app.services.audit import Filter
from referral_app.services.errors import Denied, InvalidInput
from tests import staff


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(db: Database, tmp_path: Path) -> None:
    staff.protect(db)
    db.note("emergency_begun", reason="=HYPERLINK(1)")
    assert audit.export_csv(db, tmp_path / "audit.csv", Filter(action="emergency_begun")) == 1
    row = list(csv.reader((tmp_path / "audit.csv").read_text("utf-8-sig").splitlines()))[1]
    assert row[13] == "'=HYPERLINK(1)"


def test_the_export_and_the_check_are_noted(db: Database, tmp_path: Path) -> None:
    staff.protect(db)
    audit.export_csv(db, tmp_path / "audit.csv")
    found = audit.verify(db)
    assert found.problems == ()
    with db.read() as session:
        latest = events.find(session, Filter(), limit=2)
    assert [one.action for one in latest] == ["checked", "exported"]
    assert latest[0].details == {"events": found.events, "problems": 0}


def test_a_folder_that_is_missing_is_said_in_words(db: Database, tmp_path: Path) -> None:
    staff.protect(db)
    with pytest.raises(InvalidInput, match="There is no folder"):
        audit.export_csv(db, tmp_path / "none" / "audit.csv")


def test_only_administrators_export_and_check(db: Database, tmp_path: Path) -> None:
    staff.protect(db)
    staff.act_as(db, staff.hire(db)["marco"].id)
    with pytest.raises(Denied):
        audit.export_csv(db, tmp_path / "audit.csv")
    with pytest.raises(Denied):
        audit.verify(db)
    assert not (tmp_path / "audit.csv").exists()
