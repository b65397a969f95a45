"""Several rows chosen together: by keys, across pages, and never more than can be handled."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.row_selection import MOST, Selection
from referral_app.ui.table_view import RecordList
from tests.ui.test_tables import COLUMNS, Numbers


def _list(qtbot: QtBot, desk: Desk, rows: int) -> tuple[RecordList, Selection]:
    made = RecordList(desk, "numbers", "Numbers", COLUMNS, many=True)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    with qtbot.waitSignal(made.loaded):
        made.load(Numbers(rows).source())
    assert made.selection is not None
    return made, made.selection


def test_shift_and_arrows_choose_several(qtbot: QtBot, desk: Desk) -> None:
    made, selection = _list(qtbot, desk, 50)
    made.enter()
    for _ in range(2):
        qtbot.keyClick(made.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.id for row in selection.rows()] == [0, 1, 2]


def test_all_of_a_short_list_are_chosen(qtbot: QtBot, desk: Desk) -> None:
    made, selection = _list(qtbot, desk, 50)
    with qtbot.assertNotEmitted(selection.cut):
        qtbot.keyClick(made.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert selection.count() == 50


def test_of_a_long_list_the_first_are_chosen_and_that_is_said(qtbot: QtBot, desk: Desk) -> None:
    made, selection = _list(qtbot, desk, 100_000)
    with qtbot.waitSignal(selection.cut) as said:
        qtbot.keyClick(made.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert said.args == [100_000]
    assert [row.id for row in selection.rows()] == list(range(MOST))


def test_a_span_to_the_end_is_cut_too(qtbot: QtBot, desk: Desk) -> None:
    made, selection = _list(qtbot, desk, 100_000)
    span = QItemSelection(made.model.index(100, 0), made.model.index(99_999, 2))
    with qtbot.waitSignal(selection.cut):
        made.table.selectionModel().select(span, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.waitUntil(lambda: len(selection.rows()) == MOST)
    assert [row.id for row in selection.rows()] == list(range(100, 100 + MOST))


def test_rows_that_are_still_being_fetched_come_later(qtbot: QtBot, desk: Desk) -> None:
    made, selection = _list(qtbot, desk, 5000)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for at in (3, 4321):
        made.table.selectionModel().select(made.model.index(at, 0), flags)
    assert selection.count() == 2
    qtbot.waitUntil(lambda: [row.id for row in selection.rows()] == [3, 4321])
