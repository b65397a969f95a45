"""The two notices that a center adds to its packets; the program ships no legal text for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.jobs import notices as jobs
from referral_app.jobs.notices import Taken
from referral_app.services import notices, wording_drafts
from referral_app.services.errors import InvalidInput
from referral_app.services.notices import SLOTS, NoticeRecord
from referral_app.services.wording_drafts import WordingDraft
from referral_app.ui import ask, transaction
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.texts.notice_card import NoticeCard
from referral_app.ui.texts.unsaved import Unsaved
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.scroll import centered, scrolled

PDFS = "PDF or picture (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
WHAT = (
    "What the law asks your center to hand out differs by state and changes, so the program brings no such text. Write "
    "your notices here or choose your own PDF; both go at the end of every packet, as they are. A lawyer or your "
    "compliance office should agree to them."
)


class NoticesView(QWidget):
    """A card for each notice."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self._desk = desk
        self._unsaved = Unsaved(desk, "notices", self)
        self.cards = {slot: NoticeCard(slot) for slot in SLOTS}
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        lines.addWidget(labels.body(WHAT))
        for slot, card in self.cards.items():
            lines.addWidget(card)
            card.changed.connect(self._changed)
            card.file_wanted.connect(partial(self._choose, slot))
            card.save_wanted.connect(partial(self.save, slot))
        lines.addStretch(1)
        inside.setLayout(lines)
        whole = column(spacing=0)
        whole.addWidget(scrolled(centered(inside, 800), "noticesScroll"))
        self.setLayout(whole)

    def reload(self) -> None:
        """Read the notices anew; what was typed stays."""
        transaction.read(self._desk, self, _read, self._show)

    def keep(self) -> None:
        """Keep what was typed and not saved, now; a PDF that was chosen is chosen again."""
        self._unsaved.keep()

    def take_file(self, slot: int, path: Path) -> None:
        """Read a file in the background and take its pages."""

        def work(progress: Progress, canceled: Canceled) -> Taken:
            return jobs.take(path, canceled)

        done, failed = partial(self._taken, slot), partial(self._refused, slot)
        self._desk.background.job(self, "Reading the PDF", work, done, failed)

    def save(self, slot: int) -> None:
        """Write a notice, or say what is wrong."""
        record, db = self.cards[slot].record(), self._desk.db
        self.cards[slot].save_button.setEnabled(False)
        done, failed = partial(self._saved, slot), partial(self._refused, slot)
        self._desk.background.run(self, lambda: jobs.save(db, record), done, failed)

    def _show(self, found: tuple[list[NoticeRecord], Mapping[str, WordingDraft]]) -> None:
        records, drafts = found
        first = not self._unsaved.begun
        self._unsaved.begin(drafts)
        for record in records:
            card, draft = self.cards[record.slot], self._unsaved.typed.get(str(record.slot))
            if first and draft:
                card.show_record(record, replace(record, **json.loads(draft.words)))
            elif not card.unsaved:
                card.show_record(record)

    def _choose(self, slot: int) -> None:
        ask.open_file(self, "Choose the notice", PDFS, partial(self.take_file, slot))

    def _taken(self, slot: int, taken: Taken) -> None:
        self.cards[slot].show_errors({})
        self.cards[slot].take(taken.content, taken.pages)
        if taken.note:
            ask.tell(self, taken.note, warning=True)

    def _saved(self, slot: int, record: NoticeRecord) -> None:
        card = self.cards[slot]
        now = card.record()
        typed = replace(now, updated=record.updated, updated_by=record.updated_by)
        card.show_record(record, typed)
        self.said.emit(f"Notice {slot} saved")
        self._changed()

    def _refused(self, slot: int, error: Exception) -> None:
        self.cards[slot].save_button.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self.cards[slot].show_errors(error.fields)

    def _changed(self) -> None:
        unsaved = {str(slot): card.record() for slot, card in self.cards.items() if card.unsaved}
        self._unsaved.typed = {slot: _draft(one) for slot, one in unsaved.items()}
        self._unsaved.soon()


def _read(session: Session) -> tuple[list[NoticeRecord], Mapping[str, WordingDraft]]:
    return notices.slots(session), wording_drafts.find(session)


def _draft(record: NoticeRecord) -> WordingDraft:
    return WordingDraft(json.dumps({"title": record.title, "words": record.words}), 0)
