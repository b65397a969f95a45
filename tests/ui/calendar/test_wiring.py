"""The calendar in the window: reached from Packets, and leading to the packets of a day and to a referral."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from tests import invented
from tests.ui.calendar.test_page import DAY, loaded, put


def shown(qtbot: QtBot, desk: Desk, window: MainWindow, key: str) -> Any:
    qtbot.waitUntil(
        lambda: window.pages.get(key) is not None and window.current_page() is window.pages.get(key)
    )
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    return window.current_page()


def test_packets_lead_to_the_calendar_and_back_to_the_packets_of_a_day(
    qtbot: QtBot, filled_desk: Desk, window: MainWindow
) -> None:
    invented.fill(filled_desk.db)
    put(filled_desk, DAY, 3)
    window.show_page("packets")
    shown(qtbot, filled_desk, window, "packets").calendar_button.click()
    page = shown(qtbot, filled_desk, window, "calendar")
    page.show_day(DAY)
    loaded(qtbot, filled_desk, page)
    page.pane.packets_button.click()
    packets = shown(qtbot, filled_desk, window, "packets")
    qtbot.waitUntil(lambda: packets.visits.list.model.rowCount() == 3)
    assert packets.visits.day.day() == DAY


def test_a_visit_leads_to_its_referral(qtbot: QtBot, filled_desk: Desk, window: MainWindow) -> None:
    invented.fill(filled_desk.db)
    put(filled_desk, DAY, 1)
    window.show_page("calendar")
    page = shown(qtbot, filled_desk, window, "calendar")
    page.show_day(DAY)
    loaded(qtbot, filled_desk, page)
    page.pane.list.enter()
    qtbot.waitUntil(lambda: page.pane.list.current() is not None)
    page.pane.buttons["open"].click()
    shown(qtbot, filled_desk, window, "referrals")
