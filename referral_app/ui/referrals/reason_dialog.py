"""A small dialog that asks for one sentence before something is recorded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.inputs import TextArea


class ReasonDialog(QDialog):
    """Asks, and hands the sentence on."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        question: str,
        hint: str,
        verb: str,
        act: Callable[[str], object],
        danger: bool = False,
    ) -> None:
        """Make it; `verb` is what its button does."""
        super().__init__(parent)
        self.setObjectName("reasonDialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._act = act
        theme.scale(self, min_width=420)
        self.edit = TextArea("reasonText", question, rows=3)
        self.block = Field(question, self.edit, hint)
        make = buttons.danger if danger else buttons.primary
        self.yes = make(verb, "reasonYes")
        no = buttons.outlined("Back", "reasonNo")
        self.yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        theme.scale(column, margins=20, spacing=16)
        column.addWidget(labels.heading(title))
        column.addWidget(self.block)
        column.addLayout(row(None, no, self.yes))
        FocusBack(self)
        self.edit.setFocus()

    def accept(self) -> None:
        """Hand the sentence on, once there is one."""
        words = self.edit.toPlainText().strip()
        if not words:
            self.block.set_error("Enter a few words.")
            self.edit.setFocus()
            return
        super().accept()
        self._act(words)
