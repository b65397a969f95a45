"""Merging two patients: side by side, field by field, what moves, and who stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import differences
from referral_app.clinical.differences import BOTH, MINE, THEIRS, Difference
from referral_app.clinical.fields import answered
from referral_app.database import Session
from referral_app.services import patient_duplicates, patient_merging, patients
from referral_app.services.errors import InvalidInput
from referral_app.services.patient_duplicates import LikePatient
from referral_app.services.patient_merging import MergedPatients, Parted, Prospect
from referral_app.services.patients import PatientRecord
from referral_app.ui import conflict_lines, transaction
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.conflict_lines import Wording
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.patients import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import LineEdit, Radios

SENTENCE = (
    "One patient stays. The other leaves the lists and leads to the one who stays; referrals, drafts, calls and "
    "papers move, and what was saved or sent before does not change. The merge can be undone at once, or later in the "
    "history."
)
HEADS = {
    THEIRS: "Only the first has this", MINE: "Only the second has this", BOTH: "Both are suggested",
    "": "They differ: choose",
}  # fmt: skip
_KINDS = {
    "referrals": "referral", "drafts": "draft", "calls": "call", "appointments": "appointment",
    "papers": "printed document", "releases": "request for a copy",
    "amendments": "request for a correction", "legal_holds": "legal hold",
}  # fmt: skip


class PatientMergeDialog(ConflictDialog):
    """`merged(done)` once it is done."""

    merged = Signal(object)

    def __init__(self, desk: Desk, found: Prospect, parent: QWidget) -> None:
        """Show both patients; the first stays unless the other is chosen."""
        self._desk, self._prospect = desk, found
        first, second = found.kept, found.dropped
        self._found = differences.between(None, _group(second), _group(first))
        names = {THEIRS: f"First: {first.spoken}", MINE: f"Second: {second.spoken}"}
        self.stays = Radios("patientMergeStays", list(names.items()))
        self.stays.set_value(THEIRS)
        words = Wording(
            "First", "Second", "Take all of the first", "Take all of the second", "Merge", "Cancel", HEADS
        )  # fmt: skip
        self.moves = labels.body("")
        self.moves.setObjectName("patientMergeMoves")
        lines = [replace(conflict_lines.line(one), taken=_suggested(one)) for one in self._found]
        super().__init__(parent, "Merge two patients", SENTENCE, words, lines, self._top())
        self.setObjectName("patientMergeDialog")
        self.decided.connect(self._merge)
        self.stays.changed.connect(self._say_moves)
        self._say_moves()

    def _top(self) -> QWidget:
        made, lines = QWidget(), column(spacing=12)
        lines.addWidget(Field("Who stays?", self.stays, "The answers are chosen below, whoever stays"))
        both = (("First", self._prospect.kept), ("Second", self._prospect.dropped))
        for word, one in both:
            lines.addWidget(labels.muted(f"{word}: {wording.facts(one)}"))
        lines.addWidget(self.moves)
        made.setLayout(lines)
        return made

    def _say_moves(self) -> None:
        keeps_first = self.stays.value() != MINE
        counts = self._prospect.of_dropped if keeps_first else self._prospect.of_kept
        who = self._prospect.dropped if keeps_first else self._prospect.kept
        self.moves.setText(f"What moves from {who.spoken}: {moving(counts)}.")

    def _merge(self, sides: dict[str, str]) -> None:
        first, second = self._prospect.kept, self._prospect.dropped
        whole = differences.merged(_group(second), _group(first), self._found, sides)
        keeps_first = self.stays.value() != MINE
        kept, dropped = (first, second) if keeps_first else (second, first)
        entry = replace(kept, values=whole.get("patient", {}), coverage=whole.get("coverage", []))
        act = partial(patient_merging.merge, entry=entry, dropped=dropped)
        self.save_button.setEnabled(False)
        transaction.write(self._desk, self, act, self._done, self._refused)

    def _done(self, done: MergedPatients) -> None:
        self.merged.emit(done)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self.show_errors(error.fields)


class ChooseOtherPatient(Framed):
    """Asks with whom a patient is to be merged; those who look alike stand on top. `chosen(id)`."""

    chosen = Signal(str)

    def __init__(
        self, desk: Desk, patient: PatientRecord, like: Sequence[LikePatient], parent: QWidget
    ) -> None:
        """Offer who looks alike, and a search."""
        sentence = f"With whom is {patient.spoken} to be merged?"
        super().__init__(parent, "patientMergeOther", "Merge with another patient", sentence)
        self._desk, self._patient = desk, patient
        for number, one in enumerate(like):
            self.body.addWidget(self._offer(f"mergeLike{number}", one.patient, one.why))
        self.search = LineEdit("patientMergeSearch", chars=32)
        self._found = column(spacing=8)
        self.body.addWidget(
            Field("Another patient", self.search, "Name, date of birth, last four of the phone, MRN")
        )
        self.body.addLayout(self._found)
        self._latest = desk.background.latest(self, self._show, delay=200)
        self.search.textChanged.connect(self._ask)
        cancel = buttons.outlined("Cancel", "patientMergeOtherCancel")
        cancel.clicked.connect(self.reject)
        self.lay_out((620, 520), None, cancel)

    def _ask(self, text: str) -> None:
        db, besides = self._desk.db, self._patient.id

        def work() -> list[PatientRecord]:
            with db.read() as session:
                found = patients.find(session, text, 6) if text.strip() else []
                return [one for one in found if one.id != besides][:5]

        self._latest.ask(work)

    def _show(self, found: list[PatientRecord]) -> None:
        clear(self._found)
        for number, one in enumerate(found):
            self._found.addWidget(self._offer(f"mergeFound{number}", one, ""))

    def _offer(self, name: str, one: PatientRecord, why: str) -> QWidget:
        card, words = Card(), column(spacing=0)
        take = buttons.outlined("Merge with this…", name)
        take.setAccessibleName(f"Merge with {one.spoken}")
        take.clicked.connect(partial(self._take, one.id))
        words.addWidget(labels.strong(one.spoken))
        words.addWidget(labels.muted(wording.facts(one)))
        if why:
            words.addWidget(labels.body(why))
        line = row(words, take, spacing=12)
        line.setStretch(0, 1)
        card.add(line)
        return card

    def _take(self, patient_id: str) -> None:
        self.chosen.emit(patient_id)
        self.accept()


def moving(counts: Mapping[str, int]) -> str:
    """Return counts in words: "2 referrals, 1 draft, no calls"."""
    said = [
        f"{counts.get(name, 0):,} {word}{'' if counts.get(name, 0) == 1 else 's'}"
        for name, word in _KINDS.items()
        if counts.get(name, 0)
    ]
    return ", ".join(said) or "nothing beside the answers below"


def begin(
    desk: Desk, first: str, second: str, parent: QWidget, merged: Callable[[MergedPatients], object]
) -> None:
    """Read both patients anew and open the dialog; `merged(done)` when it is done."""

    def show(found: Prospect) -> None:
        dialog = PatientMergeDialog(desk, found, parent)
        dialog.merged.connect(merged)
        dialog.open()

    transaction.read(desk, parent, partial(patient_merging.prospect, kept_id=first, dropped_id=second), show)


def ask_other(
    desk: Desk, patient_id: str, parent: QWidget, merged: Callable[[MergedPatients], object]
) -> None:
    """Ask with whom a patient is to be merged, then begin."""

    def with_other(other: str) -> None:
        begin(desk, patient_id, other, parent, merged)

    def show(found: tuple[PatientRecord, list[LikePatient]]) -> None:
        dialog = ChooseOtherPatient(desk, found[0], found[1], parent)
        dialog.chosen.connect(with_other)
        dialog.open()

    transaction.read(desk, parent, partial(_with_like, patient_id=patient_id), show)


def take_back(desk: Desk, owner: QWidget, merge_id: str, then: Callable[[Parted], object]) -> None:
    """Undo a merge; what is refused is told over `owner`."""
    transaction.write(desk, owner, partial(patient_merging.undo, merge_id=merge_id), then)


def _with_like(session: Session, patient_id: str) -> tuple[PatientRecord, list[LikePatient]]:
    patient = patients.get(session, patient_id)
    return patient, patient_duplicates.like(session, patient.values, patient.id)


def _group(patient: PatientRecord) -> dict[str, Any]:
    return {"patient": dict(patient.values), "coverage": [dict(one) for one in patient.coverage]}


def _suggested(one: Difference) -> str:
    """Return the side that alone has an answer, both lists where there are two, "" where a person must choose."""
    if not answered(one.theirs):
        return MINE
    if not answered(one.mine):
        return THEIRS
    return BOTH if one.both else ""
