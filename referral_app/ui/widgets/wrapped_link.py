"""A link of one sentence that wraps, where a push button would be cut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from referral_app.ui import theme
from referral_app.ui.widgets import labels


class WrappedLink(QPushButton):
    """A link whose words wrap."""

    def __init__(self, sentence: str, name: str) -> None:
        """Make it with an object name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.role(self, "link")
        words = labels.muted(sentence)
        theme.role(words, "link")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = QVBoxLayout(self)
        theme.scale(self._inside, margins=(2, 3, 2, 3), spacing=0)
        self._inside.addWidget(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size of the words."""
        return self._inside.minimumSize()
