"""What an export for quality work holds, leaves out and moves, said before it is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import quality_export
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column


class QualityDialog(Framed):
    """Tells it; `agreed` when the file may be chosen."""

    agreed = Signal()

    def __init__(self, parent: QWidget, period: str) -> None:
        """Say it of a period, in words."""
        super().__init__(parent, "qualityDialog", "Rows for quality work", period)
        for heading, words in quality_export.ABOUT:
            lines = column(spacing=2)
            lines.addWidget(labels.strong(heading))
            lines.addWidget(labels.body(words))
            self.body.addLayout(lines)
        self.save_button = buttons.primary("Choose the file…", "qualitySave", icon="save")
        self.close_with((600, 560), self.save_button, buttons.outlined("Cancel", "qualityCancel"))
        self.save_button.setFocus()

    def accept(self) -> None:
        """Go on to the file."""
        super().accept()
        self.agreed.emit()
