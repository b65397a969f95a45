"""After each act the focus stays in the card or row that it was in, though all of it is made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import BounceReason, Channel
from referral_app.jobs import sending as job
from referral_app.services import sending
from referral_app.services.send_records import AttemptRecord, Bounce, Sending
from referral_app.ui.desk import Desk
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.main_window import MainWindow
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.sending.confirm_dialog import ConfirmDialog
from referral_app.ui.visit_ending import VisitEnding
from tests.ui.calendar.test_page import DAY, put
from tests.ui.referrals.conftest import find


def name_with_focus() -> str:
    has = QApplication.focusWidget()
    return has.objectName() if has is not None else ""


@pytest.fixture
def attempt(filled_desk: Desk, reference: str) -> AttemptRecord:
    out = job.look(filled_desk.db, reference)
    made = job.make(filled_desk.db, reference, ["letter"])
    return job.record(
        filled_desk.db, made, Sending(Channel.HAND, parts=("letter",), version=out.record.version)
    )


@pytest.fixture
def card(qtbot: QtBot, window: MainWindow, attempt: AttemptRecord) -> Callable[[str], Any]:
    """Show the referral beside its list, and put the focus on a control of its card."""
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_page("referrals")
    page = window.page("referrals")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1, timeout=20000)
    page.list.table.enter()

    def focused(name: str) -> Any:
        def stands() -> bool:
            find(page, name).setFocus()  # the card may be made anew meanwhile
            return name_with_focus() == name

        qtbot.waitUntil(stands, timeout=20000)
        return find(page, name)

    return focused


def attempts(window: MainWindow) -> QWidget:
    return find(window.page("referrals"), "attempts")


def test_after_it_arrived_the_focus_is_in_the_attempts(
    qtbot: QtBot, window: MainWindow, card: Callable[[str], Any]
) -> None:
    card("attemptConfirm1").click()
    qtbot.waitUntil(lambda: window.findChild(ConfirmDialog) is not None, timeout=20000)
    dialog: Any = window.findChild(ConfirmDialog)
    dialog.said.setPlainText("OK")
    dialog.yes.click()
    qtbot.waitUntil(lambda: name_with_focus() == "attemptReopen1", timeout=20000)


def test_back_and_what_was_taken_back_leave_the_focus_in_the_card(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, card: Callable[[str], Any]
) -> None:
    with filled_desk.db.begin() as session:
        sending.fail(session, attempt.id, Bounce(BounceReason.BUSY, date.today()))
    window.reload()
    page = window.page("referrals")
    qtbot.waitUntil(lambda: page.findChild(QWidget, "attemptReopen1") is not None, timeout=20000)
    for words in ("", "It was another one"):
        card("attemptReopen1").click()
        qtbot.waitUntil(lambda: window.findChild(ReasonDialog) is not None, timeout=20000)
        dialog: Any = window.findChild(ReasonDialog)
        if words:
            dialog.edit.setPlainText(words)
            dialog.yes.click()
            qtbot.waitUntil(lambda: name_with_focus() == "attemptConfirm1", timeout=20000)
        else:
            qtbot.wait(300)
            window.reload()  # somebody else's change comes in while the dialog is open
            dialog.reject()
            qtbot.waitUntil(lambda: name_with_focus() == "attemptReopen1", timeout=20000)
            qtbot.waitUntil(lambda: window.findChild(ReasonDialog) is None, timeout=20000)


def test_a_control_that_the_person_leaves_is_not_gone_back_to(
    qtbot: QtBot, window: MainWindow, card: Callable[[str], Any]
) -> None:
    card("attemptConfirm1")
    home = find(window, "nav_home")
    home.setFocus()
    window.reload()
    qtbot.wait(400)
    assert home.hasFocus()


def test_a_dialog_whose_button_went_gives_the_focus_to_what_is_nearest(qtbot: QtBot) -> None:
    window, box = QWidget(), QWidget()
    lines, inside = QVBoxLayout(window), QVBoxLayout(box)
    far, near, gone = QPushButton("far"), QPushButton("near"), QPushButton("gone")
    lines.addWidget(far)
    lines.addWidget(box)
    for button in (near, gone):
        inside.addWidget(button)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    gone.setFocus()
    dialog = QDialog(window)
    FocusBack(dialog)
    dialog.open()
    gone.deleteLater()
    qtbot.wait(20)
    dialog.reject()
    qtbot.waitUntil(near.hasFocus)


def test_after_a_visit_is_canceled_the_focus_is_in_the_calendar(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk
) -> None:
    put(filled_desk, DAY, 1)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_and("calendar", "show_day", DAY)
    page: Any = window.page("calendar")
    qtbot.waitUntil(lambda: page.pane.list.table.model().rowCount() == 1, timeout=20000)
    page.pane.list.enter()
    qtbot.waitUntil(lambda: page.pane.buttons["cancel"].isVisible(), timeout=20000)
    page.pane.buttons["cancel"].setFocus()
    page.pane.buttons["cancel"].click()
    ending: Any = page.findChild(VisitEnding)
    ending.by.set_value("The patient")
    ending.why.setPlainText("Travels")
    with qtbot.waitSignal(ending.stored, timeout=20000):
        ending.save_button.click()
    qtbot.wait(1000)
    has = QApplication.focusWidget()
    assert has is not None
    assert page.isAncestorOf(has), has.objectName()
