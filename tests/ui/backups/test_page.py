"""Backups and keys: made, listed, saved, a second place, restoring asked for, checks, and the recovery key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app import settings
from referral_app.database import Recovery, backup_record, unlock
from referral_app.jobs import backups
from referral_app.ui import ask, folder
from referral_app.ui.backups.page import BackupsPage
from referral_app.ui.backups.state import Row
from referral_app.ui.desk import Desk


@pytest.fixture
def page(qtbot: QtBot, staffed: Desk) -> BackupsPage:
    return _shown(qtbot, staffed)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, detail="", warning=False: said.append(sentence))
    return said


def _shown(qtbot: QtBot, desk: Desk) -> BackupsPage:
    made = BackupsPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    with qtbot.waitSignal(made.copies.list.loaded):
        made.reload()
    return made


def _yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, danger=False: on_yes())


def _rows(page: BackupsPage) -> list[Row]:
    model = page.copies.list.model
    return [row for at in range(model.rowCount()) if (row := model.row(at)) is not None]


def _make(qtbot: QtBot, page: BackupsPage) -> None:
    with qtbot.waitSignal(page.copies.list.loaded):
        page.make_button.click()


def test_a_store_without_a_backup_says_so(page: BackupsPage) -> None:
    assert page.copies.state.words() == "No backup yet"
    assert not page.copies.restore_button.isEnabled()


def test_a_backup_made_now_is_listed_and_its_age_is_said(qtbot: QtBot, page: BackupsPage) -> None:
    _make(qtbot, page)
    assert [row.why for row in _rows(page)] == ["Made by hand"]
    assert page.copies.state.words() == "The last backup was made just now"


def test_a_second_place_gets_each_backup_too(
    qtbot: QtBot, page: BackupsPage, staffed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    monkeypatch.setattr(folder, "choose", lambda parent, title, on_path: on_path(second))
    with qtbot.waitSignal(page.copies.list.loaded):
        page.copies.place_button.click()
    assert settings.load(staffed.paths).second_backup_folder == str(second)
    assert list(second.iterdir()) == []
    _make(qtbot, page)
    assert sorted(row.place for row in _rows(page)) == ["Second place", "This computer"]
    with qtbot.waitSignal(page.copies.list.loaded):
        page.copies.no_place.click()
    assert settings.load(staffed.paths).second_backup_folder == ""


def test_a_second_place_beside_the_store_or_read_only_is_refused(
    qtbot: QtBot, page: BackupsPage, staffed: Desk, read_only_folder: Path, told: list[str]
) -> None:
    page.copies.take_place(staffed.paths.data_dir)
    qtbot.waitUntil(lambda: len(told) == 1)
    page.copies.take_place(read_only_folder)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0].startswith("This folder lies with the store.")
    assert "cannot be written" in told[1]
    assert staffed.settings.second_backup_folder == ""


def test_a_backup_that_cannot_be_written_is_said_in_words(
    qtbot: QtBot, page: BackupsPage, staffed: Desk, told: list[str]
) -> None:
    staffed.paths.backups.write_bytes(b"in the way")
    page.make_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert page.copies.state.words() == "No backup yet"


def test_a_copy_is_saved_where_it_is_wanted(
    qtbot: QtBot, page: BackupsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.backup"
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, kinds, on_path: on_path(file))
    with qtbot.waitSignal(page.said):
        page.copies.save_button.click()
    assert backup_record(file).with_key


def test_restoring_explains_and_hands_the_file_on(
    qtbot: QtBot, page: BackupsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make(qtbot, page)
    asked: list[str] = []

    def confirm(parent: object, question: str, detail: str, yes: str, on_yes: object, danger: bool) -> None:
        asked.append(detail)
        on_yes()  # type: ignore[operator]

    monkeypatch.setattr(ask, "confirm", confirm)
    page.copies.list.table.selectRow(0)
    with qtbot.waitSignal(page.restore_wanted) as wanted:
        page.copies.restore_button.click()
    assert Path(wanted.args[0]).suffix == ".backup"
    assert "a restore deletes nothing" in asked[0]


def test_a_whole_store_is_said_to_be_whole(qtbot: QtBot, page: BackupsPage) -> None:
    _make(qtbot, page)
    page.upkeep.check_button.click()
    qtbot.waitUntil(page.upkeep.whole.isVisible)
    assert page.upkeep.whole.words().startswith("The store and the latest backup are whole")
    assert page.upkeep.check_button.isEnabled()


def test_a_damaged_backup_is_found_by_the_check(qtbot: QtBot, page: BackupsPage) -> None:
    _make(qtbot, page)
    path = _rows(page)[0].record.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    page.upkeep.check_button.click()
    qtbot.waitUntil(page.upkeep.wrong.isVisible)
    assert path.name in page.upkeep.wrong.words()


def test_the_store_gets_another_key_and_works_on(
    qtbot: QtBot, page: BackupsPage, staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _yes(monkeypatch)
    assert staffed.db.keys is not None
    before = set(staffed.db.keys.read().generations)
    with qtbot.waitSignal(page.said):
        page.upkeep.key_button.click()
    assert set(staffed.db.keys.read().generations).isdisjoint(before)
    assert staffed.db.check() == []


def test_a_new_recovery_key_is_shown_once_and_confirmed(
    qtbot: QtBot, page: BackupsPage, staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _yes(monkeypatch)
    page.recovery.findChild(QPushButton, "newRecovery").click()  # pyright: ignore[reportOptionalMemberAccess]
    qtbot.waitUntil(lambda: page.recovery.shows_key)
    shown = page.recovery.secret.text().replace("\n", "-").replace(" ", "").replace("–", "-")
    page.recovery.typed.setText("".join(shown.split("-"))[-6:])
    with qtbot.waitSignal(page.recovery.confirmed):
        page.recovery.confirm()
    assert not page.recovery.shows_key
    assert page.recovery.secret.text() == ""
    assert staffed.db.keys is not None
    assert staffed.db.keys.recovery_confirmed
    assert unlock(staffed.paths, Recovery(shown)).key


def test_another_new_recovery_key_can_be_confirmed_too(
    qtbot: QtBot, page: BackupsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _yes(monkeypatch)
    page.recovery.show_confirmed()
    page.recovery.findChild(QPushButton, "newRecovery").click()  # pyright: ignore[reportOptionalMemberAccess]
    qtbot.waitUntil(lambda: page.recovery.shows_key)
    assert page.recovery.typed.isVisibleTo(page)


def test_an_overdue_backup_is_said(qtbot: QtBot, staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    backups.make(staffed.db)
    staffed.db.note("changed")
    monkeypatch.setattr(backups, "due", lambda db: True)
    page = _shown(qtbot, staffed)
    assert page.copies.state.words().startswith("Overdue")


def test_a_store_without_people_has_backups_and_no_keys(qtbot: QtBot, desk: Desk) -> None:
    page = _shown(qtbot, desk)
    _make(qtbot, page)
    assert len(_rows(page)) == 1
    assert not page.recovery.isVisible()
    assert not page.upkeep.key_button.isVisible()
