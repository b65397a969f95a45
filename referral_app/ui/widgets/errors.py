"""The error summary on top of a form: what is wrong, each line a link to its field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import clear, row
from referral_app.ui.widgets.wrapped_link import WrappedLink


class ErrorSummary(QFrame):
    """The frame “There is a problem”, with a link for each error; `chosen` carries the name of the field."""

    chosen = Signal(str)

    def __init__(self, name: str = "errorSummary", parent: QWidget | None = None) -> None:
        """Make it hidden; `show_errors` brings it up."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.role(self, "errors")
        column = QVBoxLayout(self)
        theme.scale(column, margins=(16, 12, 16, 12), spacing=4)
        title = labels.heading("There is a problem")
        column.addLayout(row(labels.picture("emergency", 20, "emergency"), title, None))
        self._lines = QVBoxLayout()
        theme.scale(self._lines, spacing=0)
        column.addLayout(self._lines)
        self.hide()

    def show_errors(self, errors: Mapping[str, str], focus: bool = True) -> None:
        """Show the errors by field name, or hide when there are none; the focus moves here."""
        clear(self._lines)
        for number, (field, sentence) in enumerate(errors.items()):
            self._lines.addWidget(self._line(number, field, sentence))
        self.setVisible(bool(errors))
        if not errors:
            return
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        self.setAccessibleName(f"There is a problem, {count}")
        self.setAccessibleDescription(" ".join(errors.values()))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
        if focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, number: int, field: str, sentence: str) -> QWidget:
        if not field:
            return labels.body(sentence)
        made = WrappedLink(sentence, f"{self.objectName()}Link{number}")
        made.setProperty("field", field)
        made.clicked.connect(self._choose)
        return made

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.chosen.emit(sender.property("field"))
