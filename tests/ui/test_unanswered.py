"""A mail whose outcome nobody knew when the program ended is named after the next start."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Channel
from referral_app.services import sending
from referral_app.services.send_records import AttemptRecord, Sending
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.unanswered import Unanswered


def announced(desk: Desk, reference: str) -> AttemptRecord:
    with desk.db.begin() as session:
        return sending.announce(session, reference, Sending(Channel.EMAIL, "front@keen.example", ("letter",)))


def shown(page: QWidget) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("recorded", [False, True])
def test_it_is_said_with_its_reference_and_opened(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str, recorded: bool
) -> None:
    attempt = announced(filled_desk, reference)  # as a crash leaves it
    if recorded:  # as closing leaves it
        with filled_desk.db.begin() as session:
            sending.uncertain(session, attempt.id)
    unanswered = Unanswered(window, filled_desk)
    unanswered.look()
    qtbot.waitUntil(unanswered.notice.isVisible)
    assert f"not known whether the mail of referral {reference} went out" in unanswered.notice.words()
    unanswered.notice.button.click()
    assert not unanswered.notice.isVisible()
    qtbot.waitUntil(lambda: window.current_page() is window.page("referrals"))
    qtbot.waitUntil(lambda: reference in shown(window.current_page()))


def test_nothing_is_said_where_it_is_known(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    attempt = announced(filled_desk, reference)
    with filled_desk.db.begin() as session:
        sending.refused(session, attempt.id, "No login")
    unanswered = Unanswered(window, filled_desk)
    unanswered.look()
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert not unanswered.notice.isVisible()
