"""The list of referrals: queues, filter, detail, and opening the form in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import BounceReason, Channel, PaperKind, ReferralState
from referral_app.services import drafts, ledger, referrals, sending
from referral_app.services.ledger import Document
from referral_app.services.send_records import Bounce, Sending
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import check_panel, detail_content
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.widgets.states import StateLabel
from tests.ui.referrals.conftest import find, shown


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> ReferralsPage:
    made = shown(qtbot, ReferralsPage(filled_desk))
    made.reload()
    qtbot.waitUntil(lambda: made.list.table.model.rowCount() == 1)
    return made


def choose_first(qtbot: QtBot, page: ReferralsPage) -> None:
    page.list.table.enter()
    qtbot.waitUntil(lambda: find(page, "detailOpen").isVisible())


def answer(page: ReferralsPage, words: str) -> None:
    dialog: Any = page.findChild(ReasonDialog)
    dialog.edit.setPlainText(words)
    dialog.yes.click()


def test_an_empty_store_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, ReferralsPage(desk))
    page.reload()
    qtbot.waitUntil(lambda: find(page, "referralsNoteButton").isVisible())
    find(page, "referralsNoteButton").click()
    qtbot.waitUntil(lambda: page.form is not None)
    assert page.form is not None
    assert QApplication.focusWidget() is find(page.form, "patient.find")


def test_a_referral_shows_what_it_is_and_what_can_be_done(qtbot: QtBot, page: ReferralsPage) -> None:
    choose_first(qtbot, page)
    assert find(page, "detailSend").isVisible()
    assert not page.detail_button("answered").isVisible() if hasattr(page, "detail_button") else True


def test_send_and_send_again_are_asked_of_the_window(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    choose_first(qtbot, page)
    with filled_desk.db.read() as session:
        name = referrals.get(session, reference).id
    with qtbot.waitSignal(page.send_wanted) as asked:
        find(page, "detailSend").click()
    assert asked.args == [name]
    with filled_desk.db.begin() as session:
        paper = ledger.made(session, Document(PaperKind.LETTER, reference, 1), b"%PDF")
        wanted = Sending(Channel.MAIL, parts=("letter",), paper_id=paper)
        attempt = sending.begin(session, reference, wanted)
    page.reload()
    qtbot.waitUntil(lambda: page.findChild(QWidget, "attemptConfirm1") is not None, timeout=20000)
    assert find(page, "detailSend").text() == "Send again…"
    for button, signal in (("attemptConfirm1", page.confirm_wanted), ("attemptBounce1", page.bounce_wanted)):
        with qtbot.waitSignal(signal) as asked:
            find(page, button).click()
        assert asked.args == [attempt.id]
    with filled_desk.db.begin() as session:
        sending.fail(session, attempt.id, Bounce(BounceReason.BUSY, date.today()))
    page.reload()
    qtbot.waitUntil(lambda: page.findChild(QWidget, "attemptAgain1") is not None, timeout=20000)
    with qtbot.waitSignal(page.resend_wanted) as asked:
        find(page, "attemptAgain1").click()
    assert asked.args == [attempt.id]
    with qtbot.waitSignal(page.reply_wanted) as asked:
        find(page, "detailReply").click()
    assert asked.args == [name]
    find(page, "attemptReopen1").click()
    with qtbot.waitSignal(page.said):
        answer(page, "It was another fax")
    with filled_desk.db.read() as session:
        assert sending.get(session, attempt.id).is_waiting


def test_a_reason_is_needed_to_cancel(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    choose_first(qtbot, page)
    find(page, "detailCancel").click()
    answer(page, "")
    dialog: Any = page.findChild(ReasonDialog)
    assert dialog.block.error() == "Enter a few words."
    with qtbot.waitSignal(page.said):
        answer(page, "The patient moved")
    with filled_desk.db.read() as session:
        assert referrals.get(session, reference).state is ReferralState.CANCELED


def test_a_queue_that_is_asked_for_from_elsewhere_shows_all_of_it(qtbot: QtBot, page: ReferralsPage) -> None:
    page.list.search.setText("nobody")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 0)
    page.show_queue("signed")
    assert page.list.search.text() == ""
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1)


def test_queues_and_filter_narrow_the_list(qtbot: QtBot, page: ReferralsPage) -> None:
    page.show_queue("missing")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 0)
    page.show_queue("signed")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1)
    page.list.search.setText("nobody")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 0)
    page.list.search.setText("quintero")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1)


def test_enter_opens_the_form_and_back_comes_back_to_the_row(qtbot: QtBot, page: ReferralsPage) -> None:
    choose_first(qtbot, page)
    qtbot.keyClick(page.list.table.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.form is not None)
    assert page.form is not None
    find(page, "formBack").click()
    assert page.form is None
    qtbot.waitUntil(lambda: page.list.table.current() is not None)


def test_a_draft_is_named_under_all_and_shown_from_there(qtbot: QtBot, page: ReferralsPage) -> None:
    assert not page.list.unsaved_link.isVisible()
    page.new({})
    qtbot.waitUntil(lambda: page.form is not None)
    qtbot.keyClicks(find(page, "patient.family_name"), "Quill")
    find(page, "formBack").click()
    qtbot.waitUntil(page.list.unsaved_link.isVisible)
    assert page.list.unsaved_link.text() == "1 draft not saved yet: show it"
    page.list.unsaved_link.click()
    qtbot.waitUntil(lambda: page.list.drafts.table.model.rowCount() == 1)
    assert not page.list.unsaved_link.isVisible()


def test_a_draft_is_listed_and_opens_where_it_was(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk
) -> None:
    page.new({})
    qtbot.waitUntil(lambda: page.form is not None)
    qtbot.keyClicks(find(page, "patient.family_name"), "Quill")
    page.keep()
    page.show_queue("draft")
    assert page.form is None
    table = page.list.drafts.table
    qtbot.waitUntil(lambda: table.model.rowCount() == 1)
    table.open_first()
    qtbot.waitUntil(lambda: page.form is not None)
    assert find(page, "patient.family_name").text() == "Quill"
    with filled_desk.db.read() as session:
        assert len(drafts.find(session)) == 1


def test_what_was_typed_into_a_saved_referral_comes_back_with_it(
    qtbot: QtBot, page: ReferralsPage, reference: str
) -> None:
    page.open(reference)
    qtbot.waitUntil(lambda: page.form is not None)
    assert page.form is not None
    page.form.draft.put("patient.suffix", "Jr.")
    page.show_queue("all")
    page.open(reference)
    qtbot.waitUntil(lambda: page.form is not None)
    assert page.form is not None
    assert page.form.draft.get("patient.suffix") == "Jr."
    assert page.form.draft.sheet.note


def test_a_wrong_reference_is_said_in_a_sentence(
    qtbot: QtBot, page: ReferralsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: said.append(words))
    page.open("AAAA-BBBB-C")
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].endswith(".")


def test_a_new_referral_begins_with_what_is_known(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk
) -> None:
    from referral_app.services import patients

    with filled_desk.db.read() as session:
        patient = patients.find(session, "")[0]
    page.new({"patient_id": patient.id})
    qtbot.waitUntil(lambda: page.form is not None)
    assert page.form is not None
    assert page.form.step == 2
    assert page.form.draft.get("patient.family_name") == "Quintero-Vale"
    assert page.form.draft.get("referrer.practice")


def test_the_card_counts_the_same_gaps_as_the_button_to_send(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        name = referrals.get(session, reference).id
    whole = detail_content.load(filled_desk.db, name)
    gap = next(line for line in whole.check.missing if line.status == "gap")
    lacks = replace(gap, status="missing", field="pain.average")
    check = replace(whole.check, missing=(*whole.check.missing, lacks))
    card = detail_content.content(replace(whole, check=check))
    qtbot.addWidget(card)
    said = [one.words() for one in card.findChildren(StateLabel)]
    assert "2 gaps: 1 missing, 1 not available" in said
    assert check_panel.with_gaps("Send", check) == "Send, 2 gaps listed"


def test_the_list_says_that_nothing_arrived_and_below_it_why(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        paper = ledger.made(session, Document(PaperKind.LETTER, reference, 1), b"%PDF")
        attempt = sending.begin(session, reference, Sending(Channel.HAND, parts=("letter",), paper_id=paper))
        sending.fail(session, attempt.id, Bounce(BounceReason.BUSY, date.today()))
    page.reload()
    model = page.list.table.model
    said = "State: Not delivered, Line busy"
    qtbot.waitUntil(
        lambda: said in str(model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)), timeout=20000
    )
