"""Merging two entries: side by side, field by field, and which of them stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical.differences import MINE, THEIRS
from referral_app.database import Session
from referral_app.services import duplicates, merging, surgeons, undoing
from referral_app.services.duplicates import Like
from referral_app.services.errors import InvalidInput
from referral_app.services.merging import Merged
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask, lookups, transaction
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.conflict_lines import Wording
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.surgeons import merge_lines
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import Radios
from referral_app.ui.widgets.lookup import Lookup
from referral_app.ui.widgets.notice import Advice

SENTENCE = (
    "One entry stays; the other leaves the directory and leads to it, so that letters and drafts that name it still "
    "find the surgeon. Referrals, appointments, favorites and trials move. The merge can be undone in the history."
)  # fmt: skip


class MergeDialog(ConflictDialog):
    """`merged(done)` once it is done; where the entries look like two people, it warns and asks before."""

    merged = Signal(object)

    def __init__(
        self,
        desk: Desk,
        first: SurgeonRecord,
        second: SurgeonRecord,
        parent: QWidget,
        people: Mapping[str, str] | None = None,
    ) -> None:
        """Show both entries; the first stays unless the other is chosen."""
        self._desk, self._first, self._second = desk, first, second
        names = {THEIRS: f"First: {merge_lines.about(first)}", MINE: f"Second: {merge_lines.about(second)}"}
        self.stays = Radios("mergeStays", list(names.items()))
        self.stays.set_value(THEIRS)
        words = Wording(
            "First", "Second", "Take all of the first", "Take all of the second", "Merge", "Cancel", merge_lines.HEADS
        )  # fmt: skip
        lines = merge_lines.lines(first, second, people)
        self._doubt = merge_lines.two_people(first, second)
        stays = Field("Which entry stays?", self.stays, "It keeps its history; its answers are chosen below")
        top = _top(f"These look like two people. {self._doubt}" if self._doubt else "", stays)
        super().__init__(parent, "Merge two entries", SENTENCE, words, lines, top)
        self.setObjectName("mergeDialog")
        self.decided.connect(self._decided)

    def _decided(self, sides: dict[str, str]) -> None:
        if not self._doubt:
            self._merge(sides)
            return
        self.save_button.setEnabled(True)
        ask.confirm(
            self, "These look like two people", f"{self._doubt} Merged, one of them leaves the directory.",
            "Merge all the same", partial(self._merge, sides), danger=True,
        )  # fmt: skip

    def _merge(self, sides: dict[str, str]) -> None:
        self.save_button.setEnabled(False)
        keeps_first = self.stays.value() != MINE
        entry = merge_lines.merged(self._first, self._second, sides, keeps_first)
        dropped = self._second if keeps_first else self._first
        act = partial(merging.merge, entry=entry, dropped=dropped)
        transaction.write(self._desk, self, act, self._done, self._refused)

    def _done(self, done: Merged) -> None:
        self.merged.emit(done)
        self.accept()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            self.save_button.setEnabled(True)
            raise error
        self.show_errors(error.fields)


class ChooseOther(Framed):
    """Asks with which entry one is to be merged; those that look like it stand on top. `chosen(id)`."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, surgeon: SurgeonRecord, like: Sequence[Like], parent: QWidget) -> None:
        """Offer what looks alike, and a search."""
        sentence = f"With which entry is that of {surgeon.name} to be merged?"
        super().__init__(parent, "mergeOther", "Merge with another entry", sentence)
        for number, one in enumerate(like):
            self.body.addWidget(self._offer(number, one))
        self.lookup = Lookup("mergeLookup", "Another entry", "Name or NPI", "surgeons")
        self.lookup.pick.look = lookups.surgeons(desk, self.lookup)
        self.lookup.changed.connect(self._picked)
        self.body.addWidget(Field("Another entry", self.lookup))
        cancel = buttons.outlined("Cancel", "mergeOtherCancel")
        cancel.clicked.connect(self.reject)
        self.lay_out((560, 460), None, cancel)

    def _offer(self, number: int, one: Like) -> QWidget:
        card, words = Card(), column(spacing=0)
        take = buttons.outlined("Merge with this…", f"mergeWith{number}")
        take.setAccessibleName(f"Merge with {one.surgeon.name}")
        take.clicked.connect(partial(self._take, one.surgeon.id))
        words.addWidget(labels.strong(merge_lines.about(one.surgeon)))
        words.addWidget(labels.muted(merge_lines.because(one.reasons)))
        line = row(words, take, spacing=12)
        line.setStretch(0, 1)
        card.add(line)
        return card

    def _picked(self) -> None:
        if hit := self.lookup.hit():
            self._take(hit.id)

    def _take(self, surgeon_id: str) -> None:
        self.chosen.emit(surgeon_id)
        self.accept()


def _top(warning: str, stays: QWidget) -> QWidget:
    made, lines = QWidget(), column(spacing=16)
    if warning:
        lines.addWidget(Advice("warning", "mergeTwoPeople", words=warning))
    lines.addWidget(stays)
    made.setLayout(lines)
    return made


def take_back(desk: Desk, owner: QWidget, done: Merged, then: Callable[[SurgeonRecord], object]) -> None:
    """Undo a merge; `then(record)` with the entry that is back; what is refused is told over `owner`."""
    transaction.write(desk, owner, partial(undoing.undo, sequence=done.change), then)


def begin(desk: Desk, ids: Sequence[str], parent: QWidget, merged: Callable[[Merged], object]) -> None:
    """Begin a merge of two entries, or of one with another that is asked for; `merged(done)` when it is done."""
    if len(ids) == 1:
        _ask_other(desk, ids[0], parent, merged)
        return

    def show(found: tuple[SurgeonRecord, SurgeonRecord, dict[str, str]]) -> None:
        first, second, people = found
        dialog = MergeDialog(desk, first, second, parent, people)
        dialog.merged.connect(merged)
        dialog.open()

    transaction.read(desk, parent, partial(_both, first=ids[0], second=ids[1]), show)


def _ask_other(desk: Desk, surgeon_id: str, parent: QWidget, merged: Callable[[Merged], object]) -> None:
    def with_other(other: str) -> None:
        begin(desk, [surgeon_id, other], parent, merged)

    def show(found: tuple[SurgeonRecord, list[Like]]) -> None:
        surgeon, like = found
        dialog = ChooseOther(desk, surgeon, like, parent)
        dialog.chosen.connect(with_other)
        dialog.open()

    transaction.read(desk, parent, partial(_like, surgeon_id=surgeon_id), show)


def _both(session: Session, first: str, second: str) -> tuple[SurgeonRecord, SurgeonRecord, dict[str, str]]:
    one, other = merging.both(session, first, second)
    ids = {key for key in (one.successor_id, other.successor_id) if key}
    return one, other, dict(known for key in ids if (known := surgeons.known_as(session, key)))


def _like(session: Session, surgeon_id: str) -> tuple[SurgeonRecord, list[Like]]:
    surgeon = surgeons.get(session, surgeon_id)
    return surgeon, duplicates.like(session, surgeon, 5)
