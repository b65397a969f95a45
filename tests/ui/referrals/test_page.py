"""The list of referrals: queues, filter, detail, and opening the form in its place."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.choices import ReferralState
from referral_app.clinical import phones
from referral_app.services import drafts, fax_numbers, referrals
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.referrals.sent_dialog import SentDialog
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
    assert find(page, "detailSent").isVisible()
    assert not page.detail_button("answered").isVisible() if hasattr(page, "detail_button") else True


def fax_of(desk: Desk, reference: str) -> str:
    with desk.db.read() as session:
        found = fax_numbers.target(session, reference)
    assert found is not None
    return found.number


def test_sent_by_fax_needs_the_last_four_digits_and_then_a_reply_can_be_recorded(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    choose_first(qtbot, page)
    find(page, "detailSent").click()
    dialog: Any = page.findChild(SentDialog)
    number = fax_of(filled_desk, reference)
    assert dialog.how.value() == "fax"
    assert dialog.blocks["last_four"].isVisible()
    for typed in ("", "0000"):
        dialog.digits.setText(typed)
        dialog.yes.click()
        qtbot.waitUntil(dialog.yes.isEnabled)
        assert dialog.blocks["last_four"].error()
    with filled_desk.db.read() as session:
        assert referrals.get(session, reference).state is ReferralState.SIGNED
    dialog.digits.setText(number[-4:])
    with qtbot.waitSignal(page.said):
        dialog.yes.click()
    with filled_desk.db.read() as session:
        assert referrals.get(session, reference).state is ReferralState.SENT
        assert referrals.history(session, reference)[-1].why.startswith(
            f"Fax to {phones.say(number)}, ending in"
        )
        assert [one.reference for one in fax_numbers.went_to(session, number)] == [reference]
    qtbot.waitUntil(lambda: find(page, "detailReply").isVisible())
    with qtbot.waitSignal(page.reply_wanted) as wanted:
        find(page, "detailReply").click()
    with filled_desk.db.read() as session:
        assert referrals.get(session, wanted.args[0]).reference == reference


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


def test_a_confirmed_number_is_said_with_its_ending_and_not_asked_again(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    number = fax_of(filled_desk, reference)
    with filled_desk.db.begin() as session:
        fax_numbers.confirm(session, number, number[-4:])
    choose_first(qtbot, page)
    find(page, "detailSent").click()
    dialog: Any = page.findChild(SentDialog)
    assert not dialog.blocks["last_four"].isVisible()
    assert " ".join(number[-4:]) in dialog.note.text()
    assert phones.say(number) in dialog.how.buttons["fax"].text()


def test_other_ways_are_recorded_and_go_to_no_number(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    choose_first(qtbot, page)
    find(page, "detailSent").click()
    dialog: Any = page.findChild(SentDialog)
    dialog.how.set_value("other")
    dialog.yes.click()
    assert dialog.blocks["words"].error()
    dialog.how.set_value("mail")
    number = fax_of(filled_desk, reference)
    assert not dialog.blocks["last_four"].isVisible()
    with qtbot.waitSignal(page.said):
        dialog.yes.click()
    with filled_desk.db.read() as session:
        assert referrals.history(session, reference)[-1].why == "Mail"
        assert fax_numbers.went_to(session, number) == []
