"""The columns of a list: hidden, moved, brought back, remembered, and exchanged for others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from referral_app.choices import Appearance
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from tests.ui.test_tables import COLUMNS, Numbers

MORE = [*COLUMNS, Column("Rarely asked for", lambda row: "x", 90, hidden=True)]


def _list(qtbot: QtBot, desk: Desk) -> RecordList:
    made = RecordList(desk, "numbers", "Numbers", MORE)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    with qtbot.waitSignal(made.loaded):
        made.load(Numbers(50).source())
    return made


def _actions(made: RecordList) -> dict[str, QAction]:
    menu = QMenu(made)
    made.columns.fill(menu)
    return {action.text(): action for action in menu.actions()}


def test_a_column_can_be_hidden_and_shown_from_the_menu(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    assert made.columns.shown() == ["Name", "Number", "State"]
    _actions(made)["Number"].trigger()
    _actions(made)["Rarely asked for"].trigger()
    assert made.columns.shown() == ["Name", "State", "Rarely asked for"]
    assert made.table.columnWidth(3) >= 80


def test_the_last_column_cannot_be_hidden(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    for title in ("Number", "State"):
        _actions(made)[title].trigger()
    assert not _actions(made)["Name"].isEnabled()


def test_columns_are_remembered_and_come_back_as_they_were_at_first(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    _actions(made)["State"].trigger()
    made.table.horizontalHeader().moveSection(1, 0)
    made.table.setColumnWidth(0, 333)
    qtbot.waitUntil(lambda: desk.paths.window.exists(), timeout=5000)
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    again = _list(qtbot, desk)
    assert again.columns.shown() == ["Number", "Name"]
    assert again.table.columnWidth(0) == 333
    _actions(again)["Reset columns"].trigger()
    assert again.columns.shown() == ["Name", "Number", "State"]
    assert again.table.columnWidth(0) == 200


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_right_click_on_the_head_offers_the_columns(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    header = made.table.horizontalHeader()
    header.customContextMenuRequested.emit(header.rect().center())
    menu = made.table.findChild(QMenu, "columnsMenu")
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.isCheckable()] == [c.title for c in MORE]
    menu.close()


def test_other_columns_show_the_same_rows_with_the_same_one_current(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    made.table.selectRow(7)
    _actions(made)["Number"].trigger()
    made.show_columns([Column("Alone", lambda row: row.name, 200, stretch=True)], "alone")
    assert made.columns.shown() == ["Alone"]
    assert made.current().id == 7
    assert made.model.index(7, 0).data(Qt.ItemDataRole.DisplayRole) == "Row 000007"
    made.show_columns(MORE, "numbers")
    assert made.columns.shown()[0] == "Name"
    assert made.current().id == 7


def test_columns_are_moved_and_widened_without_a_mouse(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    made.table.setCurrentIndex(made.model.index(0, 0))
    _actions(made)["State"].trigger()
    _actions(made)["Move “Name” right"].trigger()
    assert made.columns.shown() == ["Number", "Name"]
    before = made.table.columnWidth(0)
    _actions(made)["Make “Name” wider"].trigger()
    assert made.table.columnWidth(0) > before
    _actions(made)["Move “Name” left"].trigger()
    _actions(made)["Move “Name” left"].trigger()
    assert made.columns.shown() == ["Name", "Number"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_offers_the_columns(qtbot: QtBot, desk: Desk) -> None:
    made = _list(qtbot, desk)
    reason = QContextMenuEvent.Reason.Keyboard
    place = QPoint(5, 5)
    QApplication.sendEvent(
        made.table.viewport(), QContextMenuEvent(reason, place, made.table.mapToGlobal(place))
    )
    menu = made.table.findChild(QMenu, "columnsMenu")
    assert menu is not None
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_column_out_of_sight_comes_back_at_the_text_size_of_then(
    qtbot: QtBot, desk: Desk, qapp: QApplication
) -> None:
    made = _list(qtbot, desk)
    wide = made.table.columnWidth(1)
    try:
        theme.apply(qapp, Appearance.LIGHT, 200)
        assert made.table.columnWidth(1) == 2 * wide
        made.table.setColumnHidden(1, True)
    finally:
        theme.apply(qapp, Appearance.LIGHT)
    made.table.setColumnHidden(1, False)
    assert made.table.columnWidth(1) == wide
