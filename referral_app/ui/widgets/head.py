"""The head of a page below another: the way back, its title, and its buttons at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow


class Head(QFrame):
    """A bar with `back`, a title and what is put at the right."""

    def __init__(self, title: str, name: str, *right: QWidget, below: str = "Settings") -> None:
        """Make it; `name` begins the object name of the way back, to the page that it is reached from."""
        super().__init__()
        theme.role(self, "bar")
        self.back: QPushButton = buttons.outlined(below, f"{name}To{below}", "back")
        self._below = below
        self.leads_to = ""
        self.lead()
        at_right = Flow(12, lines=8, at_right=True)
        for widget in right:
            at_right.add(widget)
        line = row(self.back, labels.title(title), at_right, spacing=12, margins=(24, 10, 24, 10))
        line.setStretch(2, 1)
        self.setLayout(line)

    def lead(self, key: str = "", label: str = "") -> None:
        """Let the way back lead to another page than usual, by its key; without one, to the usual one again."""
        self.leads_to, words = key, label or self._below
        self.back.setText(words)
        self.back.setAccessibleName(f"Back to {words}")


def headed(head: Head, body: QWidget) -> QVBoxLayout:
    """Return the layout of a page: its head, and below it what takes the room."""
    lines = column(spacing=0)
    lines.addWidget(head)
    lines.addWidget(body, 1)
    return lines
