"""A value with its label and a Copy button: a phone, a fax, a reference number."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from referral_app.ui import icons, theme
from referral_app.ui.widgets import buttons, labels

SHOWN_MS = 1500


class CopyLine(QWidget):
    """Label, value, Copy: `CopyLine("Fax", "(617) 555-0142", "faxCopy", "fax")`."""

    def __init__(
        self, label: str, value: str, name: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        """Make it; `name` is the object name of the button."""
        super().__init__(parent)
        self._label = label
        self._value = labels.body("")
        self.button = buttons.tool("copy", "Copy", name)
        self.button.clicked.connect(self._copy)
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.timeout.connect(self._show_copy)
        row = QHBoxLayout(self)
        theme.scale(row, margins=0, spacing=8)
        if icon:
            row.addWidget(labels.picture(icon, 16, "muted"))
        word = labels.muted(label)
        word.setWordWrap(False)
        theme.scale(word, min_width=56)
        row.addWidget(word)
        row.addWidget(self._value, 1)
        row.addWidget(self.button)
        self.set_value(value)

    def set_value(self, value: str) -> None:
        """Show another value; none hides the button."""
        self._value.setText(value or "None on file")
        self.button.setVisible(bool(value))
        self._show_copy()

    def value(self) -> str:
        """Return the value shown."""
        return self._value.text() if not self.button.isHidden() else ""

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._value.text())
        self._say("check", f"Copied: {self._label}")
        self._back.start(SHOWN_MS)

    def _show_copy(self) -> None:
        self._say("copy", f"Copy {self._label.lower()}")

    def _say(self, icon: str, words: str) -> None:
        icons.put(self.button, icon, 20)
        self.button.setAccessibleName(words)
        self.button.setToolTip(words)
