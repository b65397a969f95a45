"""What a button will ask for begins when it is reached."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from referral_app.ui.ahead import Ahead


def test_it_begins_when_the_pointer_or_the_focus_is_there_and_not_twice_in_a_row(qtbot: QtBot) -> None:
    button, begun = QPushButton("Letter"), list[int]()
    qtbot.addWidget(button)
    Ahead(button, lambda: begun.append(1), again=0.3)
    QApplication.sendEvent(button, QEnterEvent(QPointF(), QPointF(), QPointF()))
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert len(begun) == 1
    time.sleep(0.4)
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert len(begun) == 2
