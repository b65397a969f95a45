"""The middle of a page: what narrows a list down, the list below it, and a sentence at its foot."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, stacked


class Listing(QWidget):
    """Lines above a list that takes the room."""

    def __init__(self, records: QWidget, *lines: QLayout | QWidget, foot: str = "") -> None:
        """Put the lines above the list, and below it what is said of all its rows, where something is."""
        super().__init__()
        whole = column(spacing=0)
        whole.addLayout(stacked(*lines, margins=(16, 12, 16, 8)))
        whole.addWidget(records, 1)
        if foot:
            whole.addLayout(stacked(labels.muted(foot), margins=(16, 8, 16, 8)))
        self.setLayout(whole)
