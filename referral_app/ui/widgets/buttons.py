"""Buttons: one primary a page, outlined, dangerous, links, and icons with a name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from referral_app.ui import icons, theme


def primary(text: str, name: str, icon: str = "") -> QPushButton:
    """Return the one primary button of a page; `name` is its object name."""
    return _button(text, name, icon, "primary", "accent_text")


def outlined(text: str, name: str, icon: str = "") -> QPushButton:
    """Return an ordinary button."""
    return _button(text, name, icon, "outlined", "text")


def danger(text: str, name: str, icon: str = "") -> QPushButton:
    """Return a button that destroys something; it is never the default."""
    return _button(text, name, icon, "danger", "emergency")


def link(text: str, name: str) -> QPushButton:
    """Return a button that looks like a link, for a jump within the application."""
    made = _button(text, name, "", "link", "accent")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def tool(icon: str, says: str, name: str, shortcut: str = "") -> QToolButton:
    """Return a button with an icon alone; `says` is its accessible name and, with the shortcut, its tooltip."""
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(says)
    made.setToolTip(f"{says} ({shortcut})" if shortcut else says)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if shortcut:
        made.setShortcut(shortcut)
    icons.put(made, icon, 20)
    return made


ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Button(QPushButton):
    """A push button that never gets narrower than its words, and that arrow keys do not leave.

    Qt would move the focus to whatever stands beside it, where the next arrow key changes an answer.
    """

    def setText(self, text: str) -> None:
        """Show other words and keep the shortcut, which Qt would take away with the old words."""
        key = self.shortcut()
        super().setText(text)
        if not key.isEmpty():
            self.setShortcut(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to what scrolls, unless the button is one of several to choose from."""
        if event.key() in ARROWS and not self.isCheckable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return the whole size, so that words are never cut."""
        return self.sizeHint()


def _button(text: str, name: str, icon: str, role: str, color: str) -> QPushButton:
    made = Button(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    theme.role(made, role)
    if icon:
        icons.put(made, icon, 16, color)
    return made
