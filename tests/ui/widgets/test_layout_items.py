"""Items of the layouts that are written in Python outlive PySide's mistake about them."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.referrals.flow import FlowLayout as FormFlow
from referral_app.ui.referrals.flow import LinesLayout
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.flow import FlowLayout


@pytest.fixture(params=[FormFlow, LinesLayout, FlowLayout])
def holder(qtbot: QtBot, request: pytest.FixtureRequest) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    layout = request.param(made)
    for words in ("One", "Two", "Three"):
        layout.addWidget(QLabel(words))
    made.resize(400, 200)
    made.show()
    return made


def _layout(holder: QWidget) -> QLayout:
    layout = holder.layout()
    assert layout is not None
    return layout


def _measured(layout: QLayout) -> tuple[QSize, QSize, int]:
    layout.invalidate()
    return layout.sizeHint(), layout.minimumSize(), layout.heightForWidth(80)


def _take_for_deleted(layout: QLayout) -> None:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        assert item is not None
        shiboken6.invalidate(item)


def test_a_layout_stays_as_it_was_when_its_items_are_taken_for_deleted(holder: QWidget) -> None:
    layout = _layout(holder)
    before = _measured(layout)
    _take_for_deleted(layout)
    assert _measured(layout) == before
    assert layout.count() == 3
    layout.activate()
    assert holder.findChildren(QLabel)[2].text() == "Three"


def test_a_widget_that_goes_leaves_such_a_layout(holder: QWidget) -> None:
    layout = _layout(holder)
    _take_for_deleted(layout)
    shiboken6.delete(holder.findChildren(QLabel)[1])
    assert layout.count() == 2
    assert [label.text() for label in holder.findChildren(QLabel)] == ["One", "Three"]
    _measured(layout)


def test_fields_beside_each_other_stay_where_they_are(qtbot: QtBot) -> None:
    first, second = QLabel("From"), QLabel("To")
    line = Beside(first, second, wide=(first, second))
    qtbot.addWidget(line)
    line.resize(600, 40)
    line.show()
    layout = _layout(line)
    before = (second.geometry(), _measured(layout))
    _take_for_deleted(layout)
    layout.activate()
    assert (second.geometry(), _measured(layout)) == before
