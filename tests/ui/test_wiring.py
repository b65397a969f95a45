"""How pages lead to each other: for everybody or for one patient, and back to where one came from."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.services import patients
from referral_app.ui import actions
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow


def _patient(desk: Desk) -> tuple[str, str]:
    with desk.db.read() as session:
        found = patients.find(session, "Quintero")[0]
    return found.id, found.name


def _marked(window: MainWindow, key: str) -> bool:
    button = window.sidebar.findChild(QPushButton, f"nav_{key}")
    assert button is not None
    return button.isChecked()


@pytest.mark.parametrize("key", ["papers", "releases", "privacy"])
def test_a_page_opened_for_everybody_is_not_narrowed_to_the_last_patient(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, key: str
) -> None:
    window.show_page("patients")
    about = ("", *_patient(filled_desk)) if key == "papers" else _patient(filled_desk)
    getattr(window.page("patients"), f"{key}_wanted").emit(*about)
    page = window.page(key)
    qtbot.waitUntil(lambda: page.head.leads_to == "patients")
    assert page.head.back.text() == "Patients"
    assert _marked(window, "patients")
    everybody = {"papers": "papersAll", "releases": "releasesAll", "privacy": "privacyAll"}[key]
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QWidget, everybody)))
    page.head.back.click()
    assert window.current_page() is window.page("patients")
    window.page("packets" if key == "papers" else "papers").go.emit(key)
    qtbot.waitUntil(lambda: page.head.leads_to == "")
    assert page.head.back.text() == "Packets"
    assert _marked(window, "packets")
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in page.findChildren(QWidget, everybody)))
    page.head.back.click()
    assert window.current_page() is window.page("packets")


def test_calendar_and_worklists_are_in_the_menu_with_keys_that_the_help_lists(window: MainWindow) -> None:
    listed = dict(actions.shortcuts(window))
    for key, words in (("calendar", "Go to Calendar"), ("worklists", "Go to Worklists")):
        action = window.findChild(QAction, f"go_{key}")
        assert action is not None
        assert listed[words].startswith("Ctrl+")
        action.trigger()
        assert window.current_page() is window.page(key)
