"""Dialogs are as high as what stands in them, as far as the window has room, and their foot stays in reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import LineEdit


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _dialog(window: QWidget, fields: int, high: int) -> Framed:
    window.resize(1280, high)
    made = Framed(window, "asking", "A question", "Its sentence.")
    made.blocks = {
        f"field{at}": Field(f"Field {at}", LineEdit(f"field{at}"), "A hint") for at in range(fields)
    }
    for block in made.blocks.values():
        made.body.addWidget(block)
    made.close_with((560, 0), buttons.primary("Save it", "save"), buttons.outlined("Cancel", "cancel"))
    made.show()
    return made


def _scrolls(made: Framed) -> bool:
    area = made.findChild(QScrollArea, "askingArea")
    assert area is not None
    return area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("fields", [1, 2, 5])
def test_a_dialog_is_as_high_as_its_fields(window: QWidget, fields: int) -> None:
    made = _dialog(window, fields, 1000)
    last = made.blocks[f"field{fields - 1}"]
    save = made.findChild(QPushButton, "save")
    assert save is not None
    assert not _scrolls(made)
    gap = save.mapTo(made, save.rect().topLeft()).y() - last.mapTo(made, last.rect().bottomLeft()).y()
    assert gap < 80


def test_its_errors_take_room_too(qtbot: QtBot, window: QWidget) -> None:
    made = _dialog(window, 2, 1000)
    before = made.height()
    made.show_errors({"field0": "Enter a name."})
    assert made.height() > before
    qtbot.waitUntil(lambda: not _scrolls(made))


def test_one_with_more_than_the_window_has_room_for_scrolls_above_its_foot(window: QWidget) -> None:
    made = _dialog(window, 12, 600)
    save = made.findChild(QPushButton, "save")
    assert save is not None
    assert made.height() <= 600
    assert _scrolls(made)
    assert made.rect().contains(save.mapTo(made, save.rect().bottomRight()))


def test_ctrl_enter_presses_the_main_button_from_any_field_and_escape_leaves(
    qtbot: QtBot, window: QWidget
) -> None:
    made = _dialog(window, 2, 800)
    save = made.findChild(QPushButton, "save")
    assert save is not None
    assert save.toolTip() == "Ctrl+Enter"
    save.setText("Save the other")  # Qt takes the shortcut away with the words
    with qtbot.waitActive(made):
        made.activateWindow()
    made.blocks["field1"].widget.setFocus()
    with qtbot.waitSignal(save.clicked):
        qtbot.keyClick(made.blocks["field1"].widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_button_that_destroys_has_no_such_key(window: QWidget) -> None:
    made = Framed(window, "deleting", "Delete it")
    go = buttons.danger("Delete it", "delete")
    made.close_with((400, 0), go, buttons.outlined("Cancel", "cancel"))
    made.show()
    assert go.shortcut().isEmpty()
    assert not go.isDefault()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_the_first_field_that_is_wrong_comes_into_sight_with_the_focus(qtbot: QtBot, window: QWidget) -> None:
    made = _dialog(window, 12, 500)
    with qtbot.waitActive(made):
        made.activateWindow()
    area = made.findChild(QScrollArea, "askingArea")
    assert area is not None
    save = made.findChild(QPushButton, "save")
    assert save is not None
    save.setFocus()
    made.show_errors({"field11": "Enter a name.", "field9": "Enter a day."})
    bad = made.blocks["field9"]
    assert bad.widget.hasFocus(), "the first from above, in whichever order they are told"
    assert made.summary.accessibleDescription() == "Enter a day. Enter a name."
    qtbot.wait(20)
    port = area.viewport()
    for corner in (bad.rect().topLeft(), bad.rect().bottomLeft()):
        assert port.rect().contains(bad.mapTo(port, corner))


def test_what_is_wrong_with_no_field_is_said_on_top(qtbot: QtBot, window: QWidget) -> None:
    made = _dialog(window, 2, 1000)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.show_errors({"": "Somebody else was faster."})
    assert made.summary.hasFocus()
    made.blocks["field1"].hide()
    made.show_errors({"field1": "It is out of sight."})
    assert made.summary.hasFocus()


def test_an_error_goes_away_once_its_field_is_changed(window: QWidget) -> None:
    made = _dialog(window, 3, 1000)
    made.show_errors({"field0": "Enter a name.", "field2": "Enter a day."})
    line = made.blocks["field2"].widget
    assert isinstance(line, LineEdit)
    line.setText("3")
    assert made.blocks["field2"].error() == ""
    assert made.blocks["field0"].error() == "Enter a name."
    assert made.summary.accessibleName() == "There is a problem, 1 error"
    other = made.blocks["field0"].widget
    assert isinstance(other, LineEdit)
    other.setText("Keen")
    assert not made.summary.isVisible()
