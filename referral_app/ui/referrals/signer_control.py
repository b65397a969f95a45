"""Who signs: one of the clinicians of our office, or a name that is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.referrals.choice_controls import QuietBox
from referral_app.ui.referrals.control import Control


class SignerControl(Control):
    """A box that takes any name and offers those of our office."""

    def __init__(self, names: list[str]) -> None:
        """Offer names."""
        super().__init__()
        self.box = QuietBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.addItems(["", *names])
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self.box)
        line: Any = self.box.lineEdit()
        line.textChanged.connect(self._edited)
        line.editingFinished.connect(self.left)
        self.box.activated.connect(self._edited)

    def _edited(self, *_: object) -> None:
        self.changed.emit()

    def read(self) -> Any:
        """Return the name."""
        return self.box.currentText().strip() or None

    def fill(self, value: Any) -> None:
        """Show a name."""
        with QSignalBlocker(self):
            self.box.setCurrentText(str(value or ""))

    def targets(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def call(self, name: str, path: str) -> None:
        """Name the line inside too, which is what takes the focus."""
        super().call(name, path)
        line: Any = self.box.lineEdit()
        line.setAccessibleName(name)
        line.setObjectName(f"{path}.line")

    def describe(self, words: str) -> None:
        """Describe the line inside too, which is what takes the focus."""
        super().describe(words)
        line: Any = self.box.lineEdit()
        line.setAccessibleDescription(words)
