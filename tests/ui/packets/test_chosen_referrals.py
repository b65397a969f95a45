"""Packets of any referrals: choosing one or many, looking at one, making many."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from referral_app.services import referrals
from referral_app.ui import folder
from referral_app.ui.desk import Desk
from referral_app.ui.packets.chosen_referrals import ChosenReferrals
from referral_app.ui.packets.page import PacketsPage


def shown(qtbot: QtBot, desk: Desk) -> PacketsPage:
    made = PacketsPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with qtbot.waitSignal(made.referrals.list.loaded):
        made.show_referrals()
    return made


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> PacketsPage:
    with filled_desk.db.begin() as session:
        referrals.save(session, {"patient": {"family_name": "Nobody", "given_name": "Yet"}})
    return shown(qtbot, filled_desk)


@pytest.fixture
def view(page: PacketsPage) -> ChosenReferrals:
    return page.referrals


def _choose_all(qtbot: QtBot, view: ChosenReferrals) -> None:
    view.list.table.selectAll()
    qtbot.waitUntil(lambda: view.options.title.text() == "2 packets")


def _into(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    def choose(parent: object, title: str, on_path: Callable[[Path], object]) -> None:
        on_path(target)

    monkeypatch.setattr(folder, "choose", choose)


def _find(qtbot: QtBot, view: ChosenReferrals, words: str) -> None:
    qtbot.keyClicks(view.search, words)
    qtbot.keyClick(view.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.options.title.text() in ("1 packet", "0 packets"))


def test_one_referral_shows_what_its_patient_needs_and_can_be_previewed(
    qtbot: QtBot, page: PacketsPage, view: ChosenReferrals, reference: str
) -> None:
    _find(qtbot, view, "quintero")
    assert view.options.needs.text() == (
        "For this patient: English with language help (Spanish waits for review), large print, 18 point. "
        "The patient prefers Spanish; needs: large print."
    )
    with qtbot.waitSignal(page.preview) as asked:
        view.options.preview_button.click()
    assert asked.args == ["packet", reference]


def test_several_chosen_are_saved_and_what_could_not_be_printed_is_listed(
    qtbot: QtBot, page: PacketsPage, view: ChosenReferrals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _into(monkeypatch, tmp_path)
    _choose_all(qtbot, view)
    view.options.way.set_value("files")
    assert not view.options.preview_button.isEnabled()
    view.options.make_button.click()
    assert not view.options.make_button.isEnabled()
    qtbot.waitUntil(lambda: not page.running.is_busy, timeout=60000)
    assert page.batch.words.text() == f"1 document saved in {tmp_path}. 1 could not be printed."
    assert len(list(tmp_path.glob("packet-*.pdf"))) == 1
    assert view.options.make_button.isEnabled()


def test_a_folder_that_cannot_be_written_gives_a_sentence_and_the_batch_waits(
    qtbot: QtBot,
    page: PacketsPage,
    view: ChosenReferrals,
    read_only_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _into(monkeypatch, read_only_folder)
    _find(qtbot, view, "quintero")
    view.options.way.set_value("files")
    view.options.make_button.click()
    qtbot.waitUntil(lambda: "cannot be written" in page.batch.below.text(), timeout=60000)
    assert page.batch.resume_button.text() == "Go on at 1"
    assert not page.batch.resume_button.isHidden()


def test_those_chosen_stay_chosen_when_the_page_is_shown_again(
    qtbot: QtBot, page: PacketsPage, view: ChosenReferrals
) -> None:
    _choose_all(qtbot, view)
    with qtbot.waitSignal(view.list.loaded):
        page.reload()
    assert len(view.list.table.selectionModel().selectedRows()) == 2
    assert view.options.title.text() == "2 packets"


def test_without_any_referral_the_page_offers_one(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    with qtbot.waitSignal(page.new_referral):
        page.referrals.list.note.button.click()
    assert not page.referrals.options.make_button.isEnabled()


def test_spanish_says_when_it_is_printed(view: ChosenReferrals) -> None:
    view.options.language.set_value("es")
    assert view.options.notice.isVisible()
    view.options.language.set_value("en")
    assert not view.options.notice.isVisible()


def test_for_someone_under_18_it_says_why_there_is_no_packet(
    qtbot: QtBot, page: PacketsPage, view: ChosenReferrals, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        intake = deepcopy(referrals.get(session, reference).intake)
        intake["patient"] |= {
            "family_name": "Minor", "date_of_birth": f"{date.today().year - 15}-01-01", "needs": ["low_vision"],
            "legal_representative": {"name": "Rosa Minor", "relation": "Mother", "phone": "410-555-0111"},
        }  # fmt: skip
        intake.pop("signature", None)
        referrals.save(session, intake)
    with qtbot.waitSignal(view.list.loaded):
        page.reload()
    qtbot.keyClicks(view.search, "minor")
    qtbot.keyClick(view.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "under 18" in view.options.needs.text())
    assert not view.options.preview_button.isEnabled()
    assert not view.options.make_button.isEnabled()


def test_those_handed_over_stand_alone_and_chosen_until_all_are_wanted(
    qtbot: QtBot, page: PacketsPage, view: ChosenReferrals, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        name = referrals.get(session, reference).id
    page.tabs[0].click()
    view.search.setText("something else")
    page.show_chosen([name])
    assert page.tabs[1].isChecked()
    assert view.isVisible()
    qtbot.waitUntil(lambda: view.options.title.text() == "1 packet")
    assert view.count.text() == "1 referral, those handed over from Worklists"
    assert len(view.list.table.selectionModel().selectedRows()) == view.list.model.rowCount() == 1
    with qtbot.waitSignal(view.list.loaded):
        page.reload()
    assert view.list.model.rowCount() == 1
    with qtbot.waitSignal(view.list.loaded):
        view.all_button.click()
    assert view.list.model.rowCount() == 2
    assert view.count.text() == "2 referrals, the latest first"
    assert not view.all_button.isVisible()
    assert view.search.hasFocus()


def test_what_was_handed_over_and_is_gone_is_said(
    qtbot: QtBot, page: PacketsPage, view: ChosenReferrals
) -> None:
    with qtbot.waitSignal(view.list.loaded):
        page.show_chosen(["gone"])
    assert view.list.note.isVisible()
    assert view.list.note.accessibleName() == "No referral found"
    assert view.all_button.isVisible()
