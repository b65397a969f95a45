"""Short lists in a card: a pressable line with icon, title, detail and what stands at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels


class RowButton(QPushButton):
    """A line that is pressed to go somewhere; `value` is what it stands for."""

    def __init__(self, name: str, value: str, icon: str, title: str, detail: str, right: str = "") -> None:
        """Make it; title, detail and right together are its accessible name."""
        super().__init__()
        self.value = value
        self.setObjectName(name)
        self.setAccessibleName(", ".join(part for part in (title, detail, right) if part))
        theme.role(self, "row")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        inside = self._inside = QHBoxLayout(self)
        theme.scale(inside, margins=(8, 6, 8, 6), spacing=12)
        inside.addWidget(labels.picture(icon, 20, "muted"))
        words = QVBoxLayout()
        theme.scale(words, spacing=0)
        words.addWidget(labels.Elided(title, "strong"))
        words.addWidget(labels.Elided(detail, "muted"))
        inside.addLayout(words, 1)
        at_right = labels.muted(right)
        at_right.setWordWrap(False)
        inside.addWidget(at_right)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the size of what is in it."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size of what is in it."""
        return QSize(0, self._inside.sizeHint().height())
