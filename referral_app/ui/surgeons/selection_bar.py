"""What appears above the list when several surgeons are chosen: how many, and what can be done with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QPushButton, QToolButton, QVBoxLayout

from referral_app.ui import theme
from referral_app.ui.surgeons.verbs import OF_SEVERAL, Bound, Verbs
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow

IN_SIGHT = {
    "compare": ("Compare", "compare"), "verify": ("Verify", "verified"), "card": ("Print cards", "print"),
}  # fmt: skip
"""The verbs with a button of their own; the others are in the menu beside them."""


class SelectionBar(QFrame):
    """Shown with two surgeons or more; `cleared` when the choice is given up.

    `left` when it goes out of sight while it has the focus.
    """

    cleared = Signal()
    left = Signal()

    def __init__(self, verbs: Verbs) -> None:
        """Make it out of sight."""
        super().__init__()
        self.setObjectName("selectionBar")
        theme.role(self, "chosen")
        self.words = labels.strong("")
        self.note = labels.muted("")
        self._buttons = [self._button(verbs, name, *drawn) for name, drawn in IN_SIGHT.items()]
        self.more_button = buttons.tool("more", "More to do with them", "selectedMore")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setObjectName("selectedMenu")
        verbs.fill(menu, [name for name in OF_SEVERAL if name not in IN_SIGHT])
        self.more_button.setMenu(menu)
        self.clear_button = buttons.link("Clear", "clearSelection")
        self.clear_button.setAccessibleName("Choose none of them")
        self.clear_button.clicked.connect(self.cleared)
        flow = Flow(8)
        for part in self._buttons:
            flow.add(part)
        lines: QVBoxLayout = column(spacing=4, margins=(12, 8, 12, 8))
        lines.addLayout(row(self.words, self.clear_button, None, self.more_button))
        lines.addWidget(flow)
        lines.addWidget(self.note)
        self.setLayout(lines)
        self.show_number(0)

    def show_number(self, number: int, note: str = "") -> None:
        """Say how many are chosen; nothing is shown for fewer than two."""
        self.words.setText(f"{number} selected")
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if number < 2 and self.isVisible() and self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.left.emit()
        self.setVisible(number > 1)

    def _button(self, verbs: Verbs, name: str, words: str, icon: str) -> QPushButton:
        made = buttons.outlined(words, f"selected_{name}", icon)
        Bound(made, verbs.action(name))
        return made
