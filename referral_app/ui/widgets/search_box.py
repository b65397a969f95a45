"""A search box: Esc clears, Down enters the list, Enter opens the top row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from referral_app.ui import icons, theme


class SearchBox(QLineEdit):
    """One line with a magnifier; `textChanged` as ever, `entered` on Enter, `down` on the Down key."""

    entered = Signal()
    down = Signal()
    cleared = Signal()

    def __init__(self, says: str, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        """Make it with an accessible name and a hint (placeholder) that is not the name."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setPlaceholderText(hint or says)
        self.setToolTip("Enter opens the first result, Down goes to the list, Esc clears")
        self.setClearButtonEnabled(False)
        glass = QLabel(self)
        glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icons.put(glass, "search", 16, "muted")
        inside = QHBoxLayout(self)
        theme.scale(inside, margins=(10, 0, 10, 0))
        inside.addWidget(glass)
        inside.addStretch(1)
        theme.role(self, "search")
        self.changeEvent(QEvent(QEvent.Type.StyleChange))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the text clear of the magnifier at every zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setTextMargins(theme.px(22), 0, 0, 0)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+E to the page, where it edits: a line of Qt would take it as a key of its own."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _edits(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear, enter the list or open the top row; other keys type."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.cleared.emit()
        elif key == Qt.Key.Key_Down:
            self.down.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _edits(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier
