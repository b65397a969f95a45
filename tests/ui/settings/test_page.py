"""Settings: each change counts at once; the directory comes in as a job."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app import settings
from referral_app.choices import Appearance
from referral_app.services import permissions
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.settings.page import SettingsPage


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> SettingsPage:
    made = SettingsPage(filled_desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _press(page: SettingsPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_a_change_is_stored_at_once(qtbot: QtBot, page: SettingsPage, filled_desk: Desk) -> None:
    with qtbot.waitSignal(page.settings_changed):
        page.appearance.buttons["dark"].click()
    assert filled_desk.settings.appearance is Appearance.DARK
    assert settings.load(filled_desk.paths).appearance is Appearance.DARK


def test_showing_the_page_changes_nothing(page: SettingsPage, filled_desk: Desk) -> None:
    page.reload()
    assert not filled_desk.paths.settings.exists()


def test_a_directory_goes_out_and_comes_in(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "surgeons.csv"
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, kinds, on_path: on_path(file))
    monkeypatch.setattr(ask, "open_file", lambda parent, title, kinds, on_path: on_path(file))
    with qtbot.waitSignal(page.said) as said:
        _press(page, "exportDirectory")
    assert said.args[0].endswith("surgeons exported")
    with qtbot.waitSignal(page.said) as said:
        _press(page, "importDirectory")
    assert said.args[0].startswith("Directory imported: 0 new")


def test_a_file_that_is_no_directory_is_refused_in_words(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "song.csv"
    file.write_bytes(b"\x00\x01\xff")
    told: list[str] = []
    monkeypatch.setattr(ask, "open_file", lambda parent, title, kinds, on_path: on_path(file))
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, detail="", warning=False: told.append(sentence))
    _press(page, "importDirectory")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["The directory was not changed."]


def test_what_is_copied_for_support_names_nobody(page: SettingsPage) -> None:
    _press(page, "copyDiagnostics")
    copied = QGuiApplication.clipboard().text()
    assert "Python" in copied
    assert "Quintero" not in copied
    assert "Dana" not in copied


def test_the_name_stands_beside_what_is_written_from_then_on(
    qtbot: QtBot, page: SettingsPage, filled_desk: Desk
) -> None:
    page.person.setText("Odile Brightwater")
    with qtbot.waitSignal(page.settings_changed):
        page.person.editingFinished.emit()
    with filled_desk.db.read() as session:
        assert permissions.actor(session).name == "Odile Brightwater"
    assert filled_desk.person == "Odile Brightwater"
