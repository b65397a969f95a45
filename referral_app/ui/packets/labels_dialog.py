"""Mailing labels before they are previewed: from which label of the sheet on, and whether with our address."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.jobs.mailing_labels import SENDER, START
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.packets import words
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import NumberBox

A_SHEET = 30
SENTENCE = (
    "Name and address alone, on sheets of 30 labels of 1 by 2 5/8 inches. Who has no address on file is named beside "
    "them."
)


class LabelsDialog(Framed):
    """Asks how; `wanted(text)` says it with the reference numbers."""

    wanted = Signal(str)

    def __init__(self, references: Sequence[str], parent: QWidget) -> None:
        """Take for whom."""
        super().__init__(parent, "labelsDialog", "Mailing labels", SENTENCE)
        self._references = list(references)
        self.start = NumberBox("labelsStart", 1, A_SHEET)
        hint = "Count from left to right, row by row. Labels before it stay free: for a sheet that was begun."
        self.blocks["start"] = Field("First label", self.start, hint=hint)
        self.with_sender = QCheckBox("With the address of the Headache Center in small print")
        self.with_sender.setObjectName("labelsSender")
        cancel = buttons.outlined("Cancel", "labelsCancel")
        self.preview_button = buttons.primary(
            f"Preview {words.how_many(len(self._references), 'label')}", "labelsPreview", icon="eye"
        )
        for part in (self.blocks["start"], self.with_sender):
            self.body.addWidget(part)
        self.lay_out((560, 380), None, cancel, self.preview_button)
        cancel.clicked.connect(self.reject)
        self.preview_button.clicked.connect(self._preview)

    def _preview(self) -> None:
        parts = [f"{START}{self.start.value()}"] + ([SENDER] if self.with_sender.isChecked() else [])
        self.wanted.emit(",".join([*parts, *self._references]))
        self.accept()
