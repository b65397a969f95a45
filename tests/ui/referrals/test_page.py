"""The list of referrals: queues, filter, detail, and opening the form in its place."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.choices import ReferralState
from referral_app.clinical import phones
from referral_app.services import drafts, referrals, surgeons
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.referrals.reason_dialog import ReasonDialog
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


def test_sent_and_answered_are_recorded_with_words(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    choose_first(qtbot, page)
    find(page, "detailSent").click()
    with qtbot.waitSignal(page.said):
        answer(page, "Fax to (617) 555-0142")
    with filled_desk.db.read() as session:
        assert referrals.get(session, reference).state is ReferralState.SENT
        assert referrals.history(session, reference)[-1].why == "Fax to (617) 555-0142"
    qtbot.waitUntil(lambda: any(b.isVisible() for b in page.findChildren(object, "detailAnswered")))  # type: ignore[call-overload]
    find(page, "detailAnswered").click()
    with qtbot.waitSignal(page.said):
        answer(page, "Visit on March 27")
    with filled_desk.db.read() as session:
        assert referrals.get(session, reference).state is ReferralState.ANSWERED


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


def test_how_it_was_sent_is_offered_with_the_number_of_the_surgeon(
    qtbot: QtBot, page: ReferralsPage, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        record = referrals.get(session, reference)
        surgeon = surgeons.get(session, record.surgeon_id or "")
    fax = next(spot.fax for spot in surgeon.placements if spot.fax)
    choose_first(qtbot, page)
    find(page, "detailSent").click()
    edit = find(page, "reasonText")
    assert edit.toPlainText() == f"Fax to {phones.say(fax)}, ending in {' '.join(fax[-4:])}"
    find(page, "reasonWay1").click()
    assert edit.toPlainText() == "Mail"
    find(page, "reasonYes").click()

    def sent() -> bool:
        with filled_desk.db.read() as session:
            return referrals.history(session, record.id)[-1].why == "Mail"

    qtbot.waitUntil(sent)
