"""Packets: choosing one or many referrals, looking at one, saving many."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from referral_app.services import referrals
from referral_app.ui import folder
from referral_app.ui.desk import Desk
from referral_app.ui.packets.page import PacketsPage


def _shown(qtbot: QtBot, desk: Desk) -> PacketsPage:
    made = PacketsPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> PacketsPage:
    with filled_desk.db.begin() as session:
        referrals.save(session, {"patient": {"family_name": "Nobody", "given_name": "Yet"}})
    return _shown(qtbot, filled_desk)


def _choose_all(qtbot: QtBot, page: PacketsPage) -> None:
    page.list.table.selectAll()
    qtbot.waitUntil(lambda: page.options.title.text() == "2 packets")


def _result(page: PacketsPage) -> str:
    words = page.options.result.findChild(QLabel, "packetResultWords")
    return words.text() if isinstance(words, QLabel) else ""


def test_one_referral_shows_what_its_patient_needs_and_can_be_previewed(
    qtbot: QtBot, page: PacketsPage, reference: str
) -> None:
    qtbot.keyClicks(page.search, "quintero")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.options.title.text() == "1 packet")
    assert page.options.needs.text() == (
        "For this patient: Spanish, large print, 18 point. The patient prefers Spanish; needs: large print."
    )
    with qtbot.waitSignal(page.preview) as asked:
        page.options.preview_button.click()
    assert asked.args == ["packet", reference]


def test_several_chosen_are_saved_and_what_could_not_be_printed_is_listed(
    qtbot: QtBot, page: PacketsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(parent: object, title: str, on_path: Callable[[Path], object]) -> None:
        on_path(tmp_path)

    monkeypatch.setattr(folder, "choose", choose)
    _choose_all(qtbot, page)
    assert not page.options.preview_button.isEnabled()
    page.options.save_button.click()
    assert not page.options.save_button.isEnabled()
    qtbot.waitUntil(page.options.result.isVisible, timeout=30000)
    assert _result(page).startswith("1 packet saved")
    assert len(list(tmp_path.glob("packet-*.pdf"))) == 1
    assert any("could not be printed" in label.text() for label in page.options.result.findChildren(QLabel))
    assert page.options.save_button.isEnabled()


def test_a_folder_that_cannot_be_written_gives_a_sentence(
    qtbot: QtBot, page: PacketsPage, read_only_folder: Path
) -> None:
    page.search.setText("quintero")
    page.search.entered.emit()
    qtbot.waitUntil(lambda: page.options.title.text() == "1 packet")
    page.save_into(read_only_folder)
    qtbot.waitUntil(page.options.result.isVisible, timeout=30000)
    assert "cannot be written" in _result(page)


def test_those_chosen_stay_chosen_when_the_page_is_shown_again(qtbot: QtBot, page: PacketsPage) -> None:
    _choose_all(qtbot, page)
    with qtbot.waitSignal(page.list.loaded):
        page.reload()
    assert len(page.list.table.selectionModel().selectedRows()) == 2
    assert page.options.title.text() == "2 packets"


def test_without_any_referral_the_page_offers_one(qtbot: QtBot, desk: Desk) -> None:
    page = _shown(qtbot, desk)
    with qtbot.waitSignal(page.new_referral):
        page.list.note.button.click()
    assert not page.options.save_button.isEnabled()


def test_spanish_says_that_english_is_printed_for_now(page: PacketsPage) -> None:
    page.options.language.set_value("es")
    assert page.options.notice.isVisible()
    page.options.language.set_value("en")
    assert not page.options.notice.isVisible()
    assert page.options.wanted().language == "en"


def test_for_someone_under_18_it_says_why_there_is_no_packet(
    qtbot: QtBot, page: PacketsPage, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        intake = deepcopy(referrals.get(session, reference).intake)
        intake["patient"] |= {
            "family_name": "Minor", "date_of_birth": f"{date.today().year - 15}-01-01", "needs": ["low_vision"],
            "legal_representative": {"name": "Rosa Minor", "relation": "Mother", "phone": "410-555-0111"},
        }  # fmt: skip
        intake.pop("signature", None)
        referrals.save(session, intake)
    with qtbot.waitSignal(page.list.loaded):
        page.reload()
    qtbot.keyClicks(page.search, "minor")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "under 18" in page.options.needs.text())
    assert not page.options.preview_button.isEnabled()
    assert not page.options.save_button.isEnabled()
