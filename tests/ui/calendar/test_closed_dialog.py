"""The window of closed days: what closes a day and what closes the window are told apart."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.calendar.closed_dialog import ClosedDaysDialog
from referral_app.ui.desk import Desk


def test_the_button_beside_close_this_day_that_leaves_the_window_says_done(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ClosedDaysDialog(filled_desk, [], parent)
    made.open()
    done = made.findChild(QPushButton, "closedClose")
    assert isinstance(done, QPushButton)
    assert (done.text(), made.add_button.text()) == ("Done", "Close this day")
    done.click()
    assert not made.isVisible()
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
