"""A batch in detail: going on at any place after a paper jam, and what could not be printed with the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from referral_app.choices import BatchState
from referral_app.services.batches import FILES, ONE_FILE, BatchItem, BatchRecord
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.packets import words
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import NumberBox

SHOWN = 200
"""So many refusals are shown; the copied list has all of them."""
JAM = "The first packet that did not come out whole. It and all behind it are made and {} once more."
AGAIN = "{} was printed before; it would be printed once more."


class BatchDialog(Framed):
    """Shows one batch; `resumed(n)` to go on at a place, `printed` to preview the list of what is missing."""

    resumed = Signal(int)

    def __init__(self, batch: BatchRecord, parent: QWidget) -> None:
        """Show it."""
        title = "Packets of this batch"
        super().__init__(parent, "packetBatchDialog", title, f"{batch.title}. {words.done(batch)}")
        self._batch = batch
        self.first = NumberBox("packetBatchFirst", 1, max(1, len(batch.items)))
        verb = "saved" if batch.way in (FILES, ONE_FILE) else "printed"
        self.block = Field("Go on at packet", self.first, hint=JAM.format(verb))
        self.blocks["first"] = self.block
        self.who, self.again = labels.strong(""), labels.muted("")
        self.copy_button = buttons.outlined("Copy the list", "packetBatchCopy", icon="copy")
        self.close_button = buttons.outlined("Close", "packetBatchClose")
        self.resume_button = buttons.primary("Go on", "packetBatchGoOn", icon="print")
        self._build_resume()
        self._build_refused(batch.of(BatchState.REFUSED))
        self.lay_out((640, 0), None, self.close_button, self.resume_button)
        waiting = batch.waiting
        self.first.setValue(waiting.position if waiting else 1)
        self.first.valueChanged.connect(self._follow)
        self.close_button.clicked.connect(self.reject)
        self.resume_button.clicked.connect(self._resume)
        self.copy_button.clicked.connect(self._copy)
        self._follow()

    def _build_resume(self) -> None:
        part = column(spacing=6)
        for widget in (self.block, self.who, self.again):
            part.addWidget(widget)
        self.body.addLayout(part)

    def _build_refused(self, refused: list[BatchItem]) -> None:
        self.copy_button.setVisible(bool(refused))
        if not refused:
            return
        card = Card(f"What could not be printed ({len(refused):,})")
        for one in refused[:SHOWN]:
            pair = column(spacing=0)
            pair.addWidget(labels.strong(f"{one.patient or 'No name yet'} · {one.reference}"))
            pair.addWidget(labels.body(one.why))
            card.add(pair)
        if len(refused) > SHOWN:
            card.add(labels.muted(f"and {len(refused) - SHOWN:,} more, in the copied list"))
        card.add(row(self.copy_button, None))
        self.body.addWidget(card)

    def _follow(self) -> None:
        item = self._batch.items[self.first.value() - 1] if self._batch.items else None
        if item is None:
            return
        total = len(self._batch.items)
        self.who.setText(f"{words.place(item, total)}, {words.kind(item.kind).lower()}")
        printed = item.state is BatchState.PRINTED
        self.again.setText(AGAIN.format(item.patient or "This one") if printed else "")
        self.again.setVisible(printed)
        self.resume_button.setText(f"Go on at {item.position:,}")

    def _resume(self) -> None:
        self.resumed.emit(self.first.value())
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(words.refusals(self._batch))
        self.copy_button.setText("Copied")
