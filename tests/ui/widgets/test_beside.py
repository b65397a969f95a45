"""Fields side by side: sharing the room, lined up at their inputs, and below each other where it is narrow."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.fields import Field
from referral_app.ui.widgets.beside import LEAST, Beside
from referral_app.ui.widgets.inputs import LineEdit


@pytest.fixture
def line(qtbot: QtBot, looks: object) -> Beside:
    year, note = LineEdit("year", chars=4), LineEdit("note")
    parts = Field("Year", year, "Four digits"), Field("Note", note)
    made = Beside(*parts, wide=(parts[1],))
    qtbot.addWidget(made)
    made.show()
    return made


def _at(line: QWidget, name: str) -> QWidget:
    found = line.findChild(QWidget, name)
    assert found is not None
    return found


def _top(line: QWidget, name: str) -> int:
    widget = _at(line, name)
    return widget.mapTo(line, widget.rect().topLeft()).y()


def test_what_is_left_goes_to_the_wide_one_and_inputs_are_lined_up(line: Beside) -> None:
    line.resize(600, line.heightForWidth(600))
    assert _at(line, "note").width() > 400
    assert _top(line, "year") == _top(line, "note")


def test_a_narrow_place_puts_them_below_each_other(line: Beside) -> None:
    line.resize(LEAST + 20, 300)
    assert _top(line, "note") > _top(line, "year") + _at(line, "year").height()
    assert line.heightForWidth(LEAST + 20) > line.heightForWidth(600)
    assert line.minimumSizeHint().width() <= LEAST


def test_those_that_share_are_alike_where_each_has_enough(qtbot: QtBot, looks: object) -> None:
    parts = QWidget(), QWidget()
    parts[0].setMinimumWidth(LEAST + 60)
    made = Beside(*parts, wide=parts)
    qtbot.addWidget(made)
    made.show()
    made.resize(616, 100)
    assert [part.width() for part in parts] == [300, 300]
    made.resize(516, 100)
    assert [part.width() for part in parts] == [LEAST + 60, 240]
