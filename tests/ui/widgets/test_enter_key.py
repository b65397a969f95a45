"""Enter presses the button that has the focus."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.enter_key import EnterKey


class Dialog(QDialog):
    """A dialog with one of everything, which counts what is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = list[str]()
        self.text, self.tick = QPlainTextEdit(), QCheckBox("Tick")
        self.close_button = buttons.outlined("Close", "closeIt")
        self.tool_button = buttons.tool("more", "More", "moreOfIt")
        self.link = QPushButton("Link")
        self.save = QPushButton("Save")
        self.save.setDefault(True)
        lines = column()
        parts = (self.text, self.tick, self.close_button, self.tool_button, self.link, self.save)
        for part in parts:
            lines.addWidget(part)
        for one in (self.close_button, self.tool_button, self.link, self.save):
            one.clicked.connect(self._note)
        self.setLayout(lines)

    def _note(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QObject)
        self.pressed.append(sender.property("text") or sender.objectName())


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> Generator[Dialog]:
    key = EnterKey(qapp)
    made = Dialog()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    key.deleteLater()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_with_the_focus_and_no_other(
    qtbot: QtBot, dialog: Dialog, key: Qt.Key
) -> None:
    for button in (dialog.close_button, dialog.tool_button, dialog.link, dialog.save):
        button.setFocus()
        qtbot.keyClick(button, key)
    assert dialog.pressed == ["Close", "moreOfIt", "Link", "Save"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_opens_the_menu_of_a_button(qtbot: QtBot, dialog: Dialog) -> None:
    menu = QMenu(dialog)
    menu.addAction(QAction("One", menu))
    dialog.tool_button.setMenu(menu)
    dialog.tool_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    dialog.tool_button.setFocus()
    menu.aboutToShow.connect(lambda: dialog.pressed.append("menu"))
    qtbot.keyClick(dialog.tool_button, Qt.Key.Key_Return)
    menu.close()
    assert dialog.pressed == ["menu"]


def test_enter_in_text_writes_a_line_and_presses_nothing(qtbot: QtBot, dialog: Dialog) -> None:
    dialog.text.setFocus()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    assert dialog.text.toPlainText() == "\n"
    assert dialog.pressed == []


def test_elsewhere_enter_presses_the_default_button_of_a_dialog_as_ever(qtbot: QtBot, dialog: Dialog) -> None:
    dialog.tick.setFocus()
    qtbot.keyClick(dialog.tick, Qt.Key.Key_Return)
    assert dialog.pressed == ["Save"]


def test_a_key_that_is_held_down_presses_nothing_more(qtbot: QtBot, dialog: Dialog) -> None:
    dialog.link.setFocus()
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
    )
    QApplication.sendEvent(dialog.link, held)
    assert dialog.pressed == []
