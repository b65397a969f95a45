"""A disk that is full while a referral is typed: one plain sentence, nothing lost, and saving works again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from referral_app.database import open_database
from referral_app.paths import Paths
from referral_app.services import drafts, worklists
from referral_app.services.referral_records import Filter
from referral_app.settings import Settings
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.form import FormPage
from tests.ui.referrals.conftest import find, shown

NOTE = "What the patient expects, told at length. " * 200


@pytest.mark.usefixtures("looks")
def test_a_full_disk_loses_nothing_that_was_typed(
    qtbot: QtBot, background: Background, demo_store: Path, small_disk: Path
) -> None:
    paths = Paths(small_disk / "data")
    shutil.copytree(demo_store, paths.data_dir)
    db = open_database(paths)
    desk = Desk(paths, Settings(person="Dana Whitfield"), db, background)
    form = shown(qtbot, FormPage(desk, sheets.new(db)))
    said: list[str] = []
    form.autosave.failed.connect(said.append)
    find(form, "patient.family_name").setText("Fulldisk")
    form.draft.put("goals.expectations", NOTE)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
    form.autosave.save()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0].startswith("The draft could not be kept")
    assert find(form, "patient.family_name").text() == "Fulldisk"
    ballast.unlink()
    with qtbot.waitSignal(form.autosave.said, timeout=20_000):
        form.autosave.save()
    with db.read() as session:
        kept = drafts.find(session)[0].intake
        assert kept["patient"]["family_name"] == "Fulldisk"
        assert kept["goals"]["expectations"] == NOTE
        assert worklists.count(session, Filter()) == 1
    form.close()
    background.wait()
    db.close()
