"""A referral that was sent is followed beside the list, not in the form; back leads to where it was opened from."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from referral_app.choices import BounceReason, Channel, PaperKind
from referral_app.services import ledger, referrals, sending, worklists
from referral_app.services.ledger import Document
from referral_app.services.referral_records import Filter
from referral_app.services.send_records import Bounce, Sending
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from tests import worklist_scenes
from tests.ui.referrals.conftest import shown

LONG = 20_000


@pytest.fixture
def window(qtbot: QtBot, filled_desk: Desk) -> Generator[MainWindow]:
    """A window with Home in sight."""
    made = MainWindow(filled_desk)
    made.resize(1280, 800)
    made.show_page("home")
    yield shown(qtbot, made)
    made.close()


def begin(desk: Desk, reference: str) -> tuple[str, str]:
    """Begin to send the referral; return its id and that of the attempt."""
    with desk.db.begin() as session:
        paper = ledger.made(session, Document(PaperKind.LETTER, reference, 1), b"%PDF")
        attempt = sending.begin(session, reference, Sending(Channel.HAND, parts=("letter",), paper_id=paper))
        return referrals.get(session, reference).id, attempt.id


def trigger(window: MainWindow, name: str) -> None:
    next(one for one in window.findChildren(QAction) if one.objectName() == name).trigger()


def opened(qtbot: QtBot, window: MainWindow, name: str) -> Any:
    page = window.page("referrals")
    window.open("referral", name)
    qtbot.waitUntil(lambda: page.form is not None, timeout=LONG)
    return page


@pytest.mark.parametrize("came", ["worklists", "calendar"])
def test_what_was_sent_is_shown_beside_the_list(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str, came: str
) -> None:
    name, _ = begin(filled_desk, reference)
    window.show_page(came)
    window.page(came).follow_referral.emit(name)
    page = window.page("referrals")
    qtbot.waitUntil(lambda: page.list.detail.about()[1] == name, timeout=LONG)
    assert page.form is None
    assert page.list.table.current().id == name
    qtbot.waitUntil(page.list.table.table.hasFocus, timeout=LONG)
    trigger(window, "backAction")
    assert window.current_page() is window.page(came)


def test_what_is_not_sent_opens_for_writing(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        name = referrals.get(session, reference).id
    window.show_page("worklists")
    window.page("worklists").follow_referral.emit(name)
    page = window.page("referrals")
    qtbot.waitUntil(lambda: page.form is not None, timeout=LONG)
    assert page.form.draft.sheet.referral_id == name


def test_what_the_list_does_not_have_at_hand_is_filtered_to_its_number(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worklist_scenes.fill(filled_desk.db, reference)
    monkeypatch.setattr("referral_app.ui.tables.PAGE", 1)
    with filled_desk.db.read() as session:
        last = worklists.find(session, Filter("sent", sort="updated", descending=True))[-1]
    window.show_page("worklists")
    window.page("worklists").follow_referral.emit(last.id)
    page = window.page("referrals")
    qtbot.waitUntil(lambda: page.list.detail.about()[1] == last.id, timeout=LONG)
    assert page.list.search.text() == last.reference


def test_the_head_says_what_lists_say_and_what_was_sent_gives_way_to_the_list(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    name, attempt = begin(filled_desk, reference)
    page = opened(qtbot, window, name)
    qtbot.waitUntil(lambda: page.form.head.state.words() == "Sent, not acknowledged", timeout=LONG)
    with filled_desk.db.begin() as session:
        sending.fail(session, attempt, Bounce(BounceReason.BUSY, date.today()))
    window.reload()
    qtbot.waitUntil(lambda: page.form.head.state.words() == "Not delivered: line busy", timeout=LONG)
    window.show_page("home")
    trigger(window, "go_referrals")
    assert page.form is None
    assert page.stack.currentWidget() is page.list


def test_a_change_in_what_was_sent_keeps_its_form(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    name, _ = begin(filled_desk, reference)
    page = opened(qtbot, window, name)
    page.form.draft.put("patient.suffix", "Jr.")
    window.show_page("home")
    trigger(window, "go_referrals")
    assert page.form is not None
    assert page.form.isVisible()


def test_once_it_is_sent_from_the_form_the_focus_is_where_the_outcome_is_recorded(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        name = referrals.get(session, reference).id
    page = opened(qtbot, window, name)
    begin(filled_desk, reference)
    window.reload()

    def named() -> str:
        now = QApplication.focusWidget()
        return now.objectName() if isinstance(now, QPushButton) else ""

    qtbot.waitUntil(lambda: named() == "attemptConfirm1", timeout=LONG)
    assert page.form is None
    assert page.list.detail.about()[1] == name


def test_back_in_a_form_that_was_opened_out_of_the_list_goes_to_the_list(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    page = window.page("referrals")
    window.show_page("referrals")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1, timeout=LONG)
    page.list.table.open_first()
    qtbot.waitUntil(lambda: page.form is not None, timeout=LONG)
    trigger(window, "backAction")
    qtbot.waitUntil(lambda: page.form is None, timeout=LONG)
    assert window.current_page() is page
    trigger(window, "backAction")
    assert window.current_page() is window.page("home")


def test_each_referral_is_shown_from_its_top(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    worklist_scenes.fill(filled_desk.db, reference)
    page = window.page("referrals")
    window.show_page("referrals")
    window.resize(1280, 600)
    detail, table = page.list.detail, page.list.table
    bar = detail._area.verticalScrollBar()  # noqa: SLF001
    qtbot.waitUntil(lambda: table.model.rowCount() > 3, timeout=LONG)
    table.enter()
    first = table.current().id
    qtbot.waitUntil(lambda: detail.about()[1] == first and bar.maximum() > 40, timeout=LONG)
    bar.setValue(40)
    page.list.reload()  # the same one stays where it was read
    qtbot.wait(300)
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy, timeout=LONG)
    table.table.choose(1)
    qtbot.waitUntil(lambda: detail.about()[1] not in ("", first), timeout=LONG)
    assert bar.value() == 0


def test_a_tile_leads_to_the_first_row_of_its_worklist_and_back_to_the_tile(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    worklist_scenes.fill(filled_desk.db, reference)
    window.reload()

    def tile() -> QPushButton | None:
        return window.page("home").findChild(QPushButton, "waiting_no_receipt")

    for _ in range(2):
        qtbot.waitUntil(lambda: tile() is not None, timeout=LONG)
        qtbot.waitUntil(lambda: not filled_desk.background.is_busy, timeout=LONG)
        pressed = tile()
        assert pressed is not None
        pressed.setFocus()
        pressed.click()
        rows = window.page("worklists").list
        qtbot.waitUntil(rows.table.hasFocus, timeout=LONG)
        qtbot.wait(300)
        assert rows.table.currentIndex().row() == 0
        assert rows.table.hasFocus()
        trigger(window, "backAction")
        qtbot.wait(600)
        now = QApplication.focusWidget()
        assert now is not None
        assert now.objectName() == "waiting_no_receipt"
