"""The way from Settings to people, audit and backups, and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.services import people
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from tests import staff

KEYS = ("people", "audit", "backups")


@pytest.fixture
def window(qtbot: QtBot, staffed: Desk) -> MainWindow:
    made = MainWindow(staffed)
    qtbot.addWidget(made)
    made.show()
    made.show_page("settings")
    return made


def _button(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


@pytest.mark.parametrize("key", KEYS)
def test_an_administrator_goes_there_and_back(qtbot: QtBot, window: MainWindow, key: str) -> None:
    page = window.page("settings")
    assert page.administration.isVisible()
    _button(window, f"go_{key}Page").click()
    assert window.current_page() is window.page(key)
    assert _button(window, "nav_settings").isChecked()
    _button(window, f"{key}ToSettings").click()
    assert window.current_page() is page


def test_others_are_not_offered_them(qtbot: QtBot, window: MainWindow, staffed: Desk) -> None:
    with staffed.db.read() as session:
        ruth = next(one for one in people.find(session) if one.login == "ruth")
    staff.act_as(staffed.db, ruth.id)
    page = window.page("settings")
    page.reload()
    assert not page.administration.isVisible()
