"""The power-cut kit is a button in the help window and an entry of the menu, and is shown in the preview."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.help.window import HelpWindow
from referral_app.ui.main_window import MainWindow


def kit_button(window: HelpWindow) -> QPushButton:
    found = window.findChild(QPushButton, "helpKit")
    assert isinstance(found, QPushButton)
    return found


def test_the_button_asks_for_the_kit_and_makes_room_for_it(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = HelpWindow(parent)
    window.show_topic("power-cut")
    with qtbot.waitSignal(window.kit_wanted):
        kit_button(window).click()
    assert not window.isVisible()


def test_the_kit_is_shown_as_it_will_be_printed(qtbot: QtBot, window: MainWindow) -> None:
    window.show_help()
    help_window = window.findChild(HelpWindow)
    assert isinstance(help_window, HelpWindow)
    kit_button(help_window).click()
    page = window.page("preview")
    qtbot.waitUntil(lambda: page.name.startswith("power-cut-kit-"), timeout=60000)
    assert page.paper.pages() > 12
    assert window.current_page() is page


def test_help_opened_again_asks_once(qtbot: QtBot, window: MainWindow) -> None:
    window.show_help()
    window.show_help()
    assert len(window.findChildren(HelpWindow)) == 1


def test_the_menu_offers_the_kit(window: MainWindow) -> None:
    assert [action.text() for action in window.actions() if action.objectName() == "kitAction"] == [
        "Print the power-cut kit"
    ]
