"""What became of the last batch: how far it came, how it goes on, and what could not be printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import BatchState
from referral_app.services.batches import BatchRecord
from referral_app.ui import icons
from referral_app.ui.packets import words
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row

BUSY = "Packets are being made. The status bar shows how far it is, and can stop it."


class BatchCard(QWidget):
    """Above the lists while there is anything to say; `resumed(n)`, `detailed` and `left` are what its buttons want."""

    resumed = Signal(int)
    detailed = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self.setObjectName("packetBatch")
        self._first = 1
        self._icon = labels.picture("ok", 20, "ok")
        self.words, self.below = labels.strong(""), labels.body("")
        self.words.setObjectName("packetBatchWords")
        self.words.setWordWrap(True)
        self.resume_button = buttons.outlined("Go on", "packetBatchResume", icon="print")
        self.detail_button = buttons.outlined(
            "Paper jam, and what is missing…", "packetBatchDetails", icon="list"
        )
        self.left_button = buttons.outlined("Close", "packetBatchLeave", icon="close")
        self._lay_out()
        self.resume_button.clicked.connect(self._resume)
        self.detail_button.clicked.connect(self.detailed)
        self.left_button.clicked.connect(self.left)
        self.hide()

    def show_busy(self) -> None:
        """Say that a batch is under way."""
        self._show("info", BUSY, "", resume=False, details=False, leave=False)

    def show_batch(self, batch: BatchRecord | None, refusal: str = "") -> None:
        """Say what became of a batch, and why it stopped where that is known; None hides it all."""
        if batch is None:
            self._show(
                "emergency", refusal, "", resume=False, details=False, leave=True
            ) if refusal else self.hide()
            return
        waiting = batch.waiting
        self.left_button.setText("Close" if batch.finished_at is not None else "Leave the rest")
        if batch.finished_at is not None:
            tone = "warning" if batch.of(BatchState.REFUSED) else "ok"
            self._show(tone, words.done(batch), "", resume=False, details=True, leave=True)
            return
        self._first = waiting.position if waiting else 1
        next_ = f"The next is {words.place(waiting, len(batch.items))}." if waiting else ""
        self.resume_button.setText(f"Go on at {self._first:,}")
        said = " ".join(part for part in (refusal, next_) if part)
        self._show(
            "warning", words.stopped(batch), said, resume=waiting is not None, details=True, leave=True
        )

    def _show(self, tone: str, said: str, below: str, *, resume: bool, details: bool, leave: bool) -> None:
        icon = {"ok": "ok", "info": "waiting", "warning": "review"}.get(tone, "emergency")
        icons.put(self._icon, icon, 20, tone)
        self.words.setText(said)
        self.below.setText(below)
        self.below.setVisible(bool(below))
        for button, wanted in (
            (self.resume_button, resume), (self.detail_button, details), (self.left_button, leave),
        ):  # fmt: skip
            button.setVisible(wanted)
        self.card.setAccessibleName(said)
        self.show()

    def _lay_out(self) -> None:
        self.card = Card()
        text = column(spacing=2)
        text.addWidget(self.words)
        text.addWidget(self.below)
        line = row(self._icon, text, spacing=12)
        line.setStretch(1, 1)
        line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.card.add(line)
        self.card.add(row(self.resume_button, self.detail_button, self.left_button, None))
        lines = column(spacing=0, margins=(16, 12, 16, 0))
        lines.addWidget(self.card)
        self.setLayout(lines)

    def _resume(self) -> None:
        self.resumed.emit(self._first)
