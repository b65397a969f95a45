"""The head of a page below Settings: the way back, its title, and its buttons at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row


class Head(QFrame):
    """A bar with `back`, a title and what is put at the right."""

    def __init__(self, title: str, name: str, *right: QWidget) -> None:
        """Make it; `name` begins the object name of the way back."""
        super().__init__()
        theme.role(self, "bar")
        self.back: QPushButton = buttons.outlined("Settings", f"{name}ToSettings", "back")
        self.back.setAccessibleName("Back to Settings")
        self.setLayout(
            row(self.back, labels.title(title), None, *right, spacing=12, margins=(24, 10, 24, 10))
        )
