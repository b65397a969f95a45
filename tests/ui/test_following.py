"""Following up from anywhere: keys and menu, the answer in the search box, the timeline and the next surgeon."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import DeclineReason, ReferralState, ReplyKind
from referral_app.services import referrals, replies, requests
from referral_app.services.replies import Reply
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from tests.ui.referrals.conftest import find, shown

TODAY = date.today()


@pytest.fixture
def window(qtbot: QtBot, filled_desk: Desk, reference: str) -> Generator[MainWindow]:
    """A window over a store with one referral that was sent."""
    with filled_desk.db.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
    made = MainWindow(filled_desk)
    made.show_page("home")
    yield shown(qtbot, made)
    made.close()


def wait(qtbot: QtBot, desk: Desk, ms: int = 300) -> None:
    qtbot.wait(ms)
    qtbot.waitUntil(lambda: not desk.background.is_busy, timeout=20_000)


def trigger(window: MainWindow, name: str) -> None:
    next(one for one in window.actions() if one.objectName() == name).trigger()


@pytest.mark.parametrize(
    ("action", "dialog"),
    [("replyAction", "replyDialog"), ("callAction", "callDialog"), ("tasksAction", "tasksDialog")],
)
def test_each_is_one_key_away(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, action: str, dialog: str
) -> None:
    assert any(one.objectName() == action and one.shortcuts() for one in window.actions())
    trigger(window, action)
    wait(qtbot, filled_desk)
    assert find(window, dialog).isVisible()


def test_home_offers_them_too(qtbot: QtBot, window: MainWindow, filled_desk: Desk) -> None:
    for button, dialog in (
        ("homeReply", "replyDialog"),
        ("homeCall", "callDialog"),
        ("homeTasks", "tasksDialog"),
    ):
        find(window, button).click()
        wait(qtbot, filled_desk)
        made = find(window, dialog)
        assert made.isVisible()
        made.reject()
        qtbot.wait(50)


def test_a_call_from_a_patient_is_about_that_patient(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        patient_id = referrals.get(session, reference).patient_id
    window.open("patient", patient_id)
    wait(qtbot, filled_desk, 800)
    trigger(window, "callAction")
    wait(qtbot, filled_desk)
    made: Any = find(window, "callDialog")
    assert "Quintero" in made.who.text()


def test_where_is_my_referral_is_answered_in_the_search_box(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    window.top_bar.focus_search()
    qtbot.keyClicks(window.top_bar.box, "Quintero")
    wait(qtbot, filled_desk, 500)
    said = [
        str(window.top_bar.popup.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole))
        for at in range(window.top_bar.popup.list.count())
    ]
    below = next(one for one in said if reference in one)
    assert "Sent, not acknowledged since" in below
    assert "next: Confirm that the surgeon’s office has it" in below
    assert said.index(below) == next(at for at, one in enumerate(said) if one.startswith("Patient:")) + 1


def chosen(qtbot: QtBot, window: MainWindow, desk: Desk, reference: str) -> Any:
    page = window.page("referrals")
    window.show_page("referrals")
    with desk.db.read() as session:
        referral_id = referrals.get(session, reference).id
    page.list.reload(choose=referral_id)
    wait(qtbot, desk, 600)
    return page.list.detail


def test_the_timeline_says_what_was_inferred_and_a_step_is_taken_back(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        replies.record(session, reference, Reply(ReplyKind.NO_SHOW, TODAY))
    detail = chosen(qtbot, window, filled_desk, reference)
    words = " ".join(one.text() for one in detail.findChildren(QWidget) if hasattr(one, "text"))
    assert "Inferred:" in words
    assert "Request 1 to" in words
    find(detail, "requestUndo1").click()
    dialog = find(window, "reasonDialog")
    find(dialog, "reasonText").setPlainText("Another patient’s sheet")
    find(dialog, "reasonYes").click()
    wait(qtbot, filled_desk, 600)
    with filled_desk.db.read() as session:
        found = requests.steps(session, reference)
    assert {one.undone_why for one in found} == {"Another patient’s sheet"}
    words = " ".join(one.text() for one in detail.findChildren(QWidget) if hasattr(one, "text"))
    assert "Taken back" in words


def test_after_a_decline_the_next_surgeon_is_offered(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    window.following.reply(reference)
    wait(qtbot, filled_desk, 600)
    made: Any = find(window, "replyDialog")
    made.parts.kind.set_value(str(ReplyKind.DECLINED))
    made.parts.reason.set_value(str(DeclineReason.NO_ROOM))
    made.record()
    wait(qtbot, filled_desk, 600)
    said = " ".join(one.text() for one in find(window, "askYes").window().findChildren(QLabel))
    assert "Quintero" in said
    assert f"reference {reference}. Declined: No new patients now." in said
    find(window, "askYes").click()
    wait(qtbot, filled_desk, 600)
    redirect: Any = find(window, "redirectDialog")
    assert redirect.why.toPlainText() == "Declined: No new patients now"
    redirect.reject()
    detail = chosen(qtbot, window, filled_desk, reference)
    assert find(detail, "detailNext").isVisible()
    with filled_desk.db.read() as session:
        assert referrals.get(session, reference).state is ReferralState.ANSWERED
