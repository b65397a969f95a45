"""The directory: finding, sorting, keys, copying, referring, and what it says when it is empty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from referral_app.services import surgeons
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.directory import Directory
from referral_app.ui.surgeons.page import SurgeonsPage
from referral_app.ui.surgeons.sections import CopyBlock
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit


def _shown(qtbot: QtBot, desk: Desk, width: int = 1080) -> SurgeonsPage:
    made = SurgeonsPage(desk)
    qtbot.addWidget(made)
    made.resize(width, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with qtbot.waitSignal(made.directory.list.loaded):
        made.reload()
    return made


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> SurgeonsPage:
    made = _shown(qtbot, filled_desk)
    box = made.directory.filters.widgets["plan"]
    assert isinstance(box, ChoiceBox)
    qtbot.waitUntil(lambda: box.count() > 1)
    return made


def _names(directory: Directory) -> list[str]:
    rows = [directory.list.model.row(at) for at in range(directory.list.model.rowCount())]
    return [row.surgeon.family_name for row in rows if row is not None]


def _choose(qtbot: QtBot, directory: Directory, name: str, value: str) -> None:
    box = directory.filters.widgets[name]
    with qtbot.waitSignal(directory.list.loaded):
        box.set_value(value) if isinstance(box, ChoiceBox) else box.setText(value)  # type: ignore[attr-defined]


def test_a_procedure_narrows_the_list(qtbot: QtBot, page: SurgeonsPage) -> None:
    before = len(_names(page.directory))
    _choose(qtbot, page.directory, "procedure", "revision")
    rows = [page.directory.list.model.row(at) for at in range(page.directory.list.model.rowCount())]
    assert 0 < len(rows) < before
    assert all("revision" in row.surgeon.kinds for row in rows if row)


@pytest.mark.parametrize("typed", ["(410) 555-0113", "4105550113", "+1 410 555 0113", "555-0113", "0113"])
def test_a_surgeon_is_found_by_the_digits_of_a_fax(qtbot: QtBot, page: SurgeonsPage, typed: str) -> None:
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.search.setText(typed)
    found = [page.directory.list.model.row(at) for at in range(page.directory.list.model.rowCount())]
    assert "9000000015" in {row.surgeon.npi for row in found if row}
    assert len(found) < 4


def test_a_zip_code_measures_and_sorts_by_distance(qtbot: QtBot, page: SurgeonsPage) -> None:
    _choose(qtbot, page.directory, "zip", "21230")
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.sort.set_value("distance")
    miles = [page.directory.list.model.row(at).miles for at in range(page.directory.list.model.rowCount())]  # type: ignore[union-attr]
    assert miles == sorted(miles)
    _choose(qtbot, page.directory, "within", "5")
    assert page.directory.list.model.rowCount() < len(miles)


def test_a_zip_code_that_is_none_is_said_beside_it(qtbot: QtBot, page: SurgeonsPage) -> None:
    _choose(qtbot, page.directory, "zip", "00000")
    assert "00000" in page.directory.filters.fields["zip"].error()
    assert page.directory.list.note.isVisible()
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.list.note.button.click()
    assert page.directory.filters.fields["zip"].error() == ""
    assert page.directory.list.model.rowCount() > 10


def test_half_a_zip_code_asks_nothing_yet(qtbot: QtBot, page: SurgeonsPage) -> None:
    everyone = page.directory.list.model.rowCount()
    _choose(qtbot, page.directory, "zip", "212")
    assert page.directory.list.model.rowCount() == everyone
    assert page.directory.filters.query().zip == ""


def test_names_sort_by_family_name(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.sort.set_value("wait")
    qtbot.waitUntil(lambda: _names(page.directory)[:1] == ["Fairweather"])
    page.directory.sort.set_value("name")
    qtbot.waitUntil(lambda: _names(page.directory)[:1] == ["Abara"])


def test_enter_in_the_search_box_opens_the_top_row_of_what_was_typed(
    qtbot: QtBot, page: SurgeonsPage
) -> None:
    page.focus_search()
    qtbot.keyClicks(page.directory.search, "keen")
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    shown = page.directory.card.surgeon()
    assert shown is not None
    assert shown.family_name == "Keen"


def test_down_enters_the_list_and_letters_go_back_to_the_search_box(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.focus_search()
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Down)
    assert page.directory.list.table.hasFocus()
    qtbot.keyClick(page.directory.list.table, Qt.Key.Key_O)
    assert page.directory.search.hasFocus()
    assert page.directory.search.text() == "o"
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Escape)
    assert page.directory.search.text() == ""


def test_moving_through_the_list_shows_each_surgeon(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.list.enter()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    first = page.directory.card.surgeon()
    qtbot.keyClick(page.directory.list.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.directory.card.surgeon() not in (first, None))


def test_phone_and_the_whole_block_can_be_copied(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.search.setText("keen")
    page.directory.search.entered.emit()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    button = page.directory.card.findChild(QToolButton, "copyPhone0")
    assert isinstance(button, QToolButton)
    button.click()
    assert QGuiApplication.clipboard().text() == "(410) 555-0102"
    block = page.directory.card.findChild(CopyBlock, "copyBlock0")
    assert isinstance(block, CopyBlock)
    block.click()
    assert QGuiApplication.clipboard().text().startswith("Marguerite Keen, MD\n")
    assert "Fax (410) 555-0103" in QGuiApplication.clipboard().text()


def test_referring_hands_the_surgeon_on(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.list.open_first()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    with qtbot.waitSignal(page.new_referral) as asked:
        page.directory.card.refer_button.click()
    surgeon = page.directory.card.surgeon()
    assert surgeon is not None
    assert asked.args[0]["surgeon_id"] == surgeon.id
    assert asked.args[0]["location_id"] == surgeon.placements[0].location.id


def test_nothing_found_offers_to_reset_the_filters(qtbot: QtBot, page: SurgeonsPage) -> None:
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.search.setText("nobody at all")
    assert page.directory.list.note.button.text() == "Reset filters"
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.list.note.button.click()
    assert page.directory.list.model.rowCount() > 10


def test_an_empty_directory_offers_the_invented_one(qtbot: QtBot, desk: Desk) -> None:
    page = _shown(qtbot, desk)
    assert page.directory.list.note.accessibleName() == "The directory is empty"
    with qtbot.waitSignal(page.changed, timeout=20000):
        page.directory.list.note.button.click()
    qtbot.waitUntil(lambda: page.directory.list.model.rowCount() > 10)


def test_open_shows_a_surgeon_that_the_filters_left_out(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    with filled_desk.db.read() as session:
        wanted = surgeons.by_npi(session, "9000000015")
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.search.setText("okonkwo")
    page.open(wanted.id)
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    qtbot.wait(400)
    shown = page.directory.card.surgeon()
    assert shown is not None
    assert shown.id == wanted.id
    assert page.directory.search.text() == ""


def test_where_there_is_no_room_the_detail_takes_the_place_of_the_list(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    page = _shown(qtbot, filled_desk, width=theme.px(560))
    directory = page.directory
    assert directory.filters.isHidden()
    assert directory.filter_button.isVisible()
    directory.list.open_first()
    assert directory.card.isVisible()
    assert not directory.list.isVisible()
    back = page.findChild(type(directory.filter_button), "surgeonsBack")
    assert back is not None
    back.click()
    assert directory.list.isVisible()
    directory.filter_button.click()
    assert directory.filters.isVisible()
    directory.filters.hidden.emit()
    assert directory.list.isVisible()


def test_age_must_be_a_number(page: SurgeonsPage) -> None:
    line = page.directory.filters.widgets["age"]
    assert isinstance(line, LineEdit)
    line.setText("old")
    assert page.directory.filters.fields["age"].error()
    assert page.directory.filters.query().age is None


def test_the_center_shows_its_experts_and_trials(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.center.findChild(QToolButton, "copyExpert0") is not None)
    assert page.center.isVisible()


@pytest.mark.parametrize(
    ("typed", "said", "fits"),
    [
        ("language:klingon", "“klingon” is not a language here.", False),
        ("wait:soon", "“soon” is not a number of days: type wait:<30.", False),
        ("procedure:ocipital", "No procedure is called “ocipital”: this looks for occipital.", True),
    ],
)
def test_a_value_that_is_none_here_is_said_under_the_box(
    qtbot: QtBot, page: SurgeonsPage, typed: str, said: str, fits: bool
) -> None:
    directory = page.directory
    with qtbot.waitSignal(directory.list.loaded):
        directory.search.setText(typed)
    assert directory.remark.text() == said
    assert directory.remark.isVisible()
    assert (directory.list.model.rowCount() > 0) == fits
    with qtbot.waitSignal(directory.list.loaded):
        directory.search.setText("")
    assert not directory.remark.isVisible()
