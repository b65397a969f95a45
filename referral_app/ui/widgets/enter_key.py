"""The Enter key: on a button that has the focus it does what a click does, everywhere alike."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """Follows the focus through the application; Qt itself presses only the default buttons of dialogs."""

    def __init__(self, app: QApplication) -> None:
        """Begin to follow."""
        super().__init__(app)
        self._button: QWidget | None = None
        app.focusChanged.connect(self._moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press the button, or open its menu; a key that is held down presses once."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in KEYS or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(watched, QPushButton | QToolButton) and not event.isAutoRepeat():
            _press(watched)
        event.accept()
        return True

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._button is not None and shiboken6.isValid(self._button):
            self._button.removeEventFilter(self)
        self._button = new if isinstance(new, QPushButton | QToolButton) else None
        if self._button is not None:
            self._button.installEventFilter(self)


def _press(button: QPushButton | QToolButton) -> None:
    if not button.isEnabled():
        return
    at_once = QToolButton.ToolButtonPopupMode.InstantPopup
    clicks = isinstance(button, QToolButton) and button.popupMode() != at_once
    if (menu := button.menu()) and not clicks:
        below = button.rect().bottomLeft()
        menu.popup(button.mapToGlobal(below))  # showMenu() would wait here until it is closed
    else:
        button.click()
