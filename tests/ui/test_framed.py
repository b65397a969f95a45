"""Dialogs are as high as what stands in them, as far as the window has room, and their foot stays in reach."""

from __future__ import annotations

import pytest
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
