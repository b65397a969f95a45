"""The referral that is being written: its answers, what the live check says of them, and what changed."""

from __future__ import annotations

import copy
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from referral_app.choices import ReferralState
from referral_app.clinical import check, validation
from referral_app.clinical.check import Check
from referral_app.clinical.code_lists import DEFAULT, CodeLists
from referral_app.clinical.fields import Field, Values, applies, as_dict
from referral_app.clinical.requirements import Requirement
from referral_app.clinical.thresholds import Own
from referral_app.services import center_requirements, thresholds
from referral_app.services.practices import PracticeRecord
from referral_app.services.surgeons import ProcedureRecord, SurgeonRecord
from referral_app.ui.referrals import answers, history
from referral_app.ui.referrals.history import Act, Beside, History
from referral_app.ui.referrals.standing import Standing


@dataclass
class Sheet:
    """Everything that the form needs to begin: the answers, where they come from, and the lists around them.

    `patient_version` is that of the stored patient when their answers were filled in, `asked` what the Center asks for
    where the surgeon's own office asks for nothing, `figures` what it chose for the live check, `left_at` the field
    where a draft was left, `draft_seen` the moment of the stored draft that was read, `apart` patients who a person
    said are somebody else, `carried` says of each group taken over from the last referral when that was written,
    `asked_for` what the surgeon's office asked for anew, by path.
    """

    draft_id: str
    intake: dict[str, Any]
    referral_id: str = ""
    reference: str = ""
    state: ReferralState = ReferralState.DRAFT
    version: int = 0
    marks: frozenset[str] = frozenset()
    patient_id: str = ""
    patient_version: int = 0
    practice_id: str = ""
    surgeon: SurgeonRecord | None = None
    practice: PracticeRecord | None = None
    procedures: Sequence[ProcedureRecord] = field(default_factory=tuple[ProcedureRecord, ...])
    asked: Sequence[Requirement] = ()
    figures: Own = field(default_factory=dict[str, float])
    note: str = ""
    unsaved: bool = False
    check: Check | None = None
    codes: CodeLists = DEFAULT
    standing: Standing = field(default_factory=Standing)
    left_at: str = ""
    draft_seen: datetime | None = None
    apart: set[str] = field(default_factory=set[str])
    carried: dict[str, str] = field(default_factory=dict[str, str])
    asked_for: dict[str, str] = field(default_factory=dict[str, str])


class Draft(QObject):
    """The answers of one form, with one signal for a change and one for the check that follows it."""

    changed = Signal(str)
    checked = Signal()
    surgeon_changed = Signal()
    match_wanted = Signal()
    done = Signal()
    """There is something else to undo or redo now."""
    said = Signal(str)
    """What a person should know of a change that they may not have meant."""
    carried_changed = Signal()
    """Other groups are marked as taken over from the last referral."""
    shown_elsewhere = Signal(object)
    """Answers were given where they are not asked, in the review: the paths of the fields that show them."""
    reverted = Signal(object)
    """Answers were put back: the paths of the fields, the first one first."""

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        """Begin with the answers of a sheet."""
        super().__init__(parent)
        self.sheet = sheet
        self.intake = sheet.intake
        self.surgeon = sheet.surgeon
        self.dirty = sheet.unsaved
        self.history = History()
        self._act: Act | None = None
        self.reverting = False
        self.check: Check = sheet.check or self._checked()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._recheck)

    def get(self, path: str) -> Any:
        """Return the answer at a path."""
        return answers.get(self.intake, path)

    def put(self, path: str, value: Any, typed: bool = False) -> None:
        """Store an answer that the user gave; what is `typed` on in one field is one step to undo."""
        if self.get(path) == value and type(self.get(path)) is type(value):
            return
        with self.act(typed=typed) as act:
            act.changes.append(history.note(self.intake, path))
            answers.put(self.intake, path, value)
            self.touch(path)

    @contextmanager
    def act(self, words: str = "", typed: bool = False) -> Generator[Act]:
        """Make one step to undo of all that is put meanwhile, what follows from it included."""
        if self._act is not None:
            yield self._act
            return
        self._act = Act(words, typed, self._beside(), self._beside())
        try:
            yield self._act
        finally:
            act, self._act = self._act, None
            act.after = self._beside()
            if not self.reverting:
                self.history.add(act)
                self.done.emit()

    def _beside(self) -> Beside:
        sheet = self.sheet
        return Beside(self.surgeon, (sheet.patient_id, sheet.patient_version), sheet.marks)

    def undo(self) -> str:
        """Put back what was there before the last step; return its words, "" where there is none."""
        return self._revert(ahead=False)

    def redo(self) -> str:
        """Do again what was undone last; return its words, "" where there is nothing."""
        return self._revert(ahead=True)

    def _revert(self, ahead: bool) -> str:
        past, future = self.history.past, self.history.future
        self.history.rest()
        self.reverting = True
        try:
            while future if ahead else past:
                act = future.pop() if ahead else past.pop()
                moved = history.swap(self.intake, act) | self._swap_beside(act, ahead)
                (past if ahead else future).append(act)
                if moved:
                    self._tell(act)
                    return act.say()
            return ""
        finally:
            self.reverting = False
            self.done.emit()

    def _swap_beside(self, act: Act, ahead: bool) -> bool:
        """Put back what changed beside the answers in this act; what changed since by itself stays."""
        was, wanted = (act.before, act.after) if ahead else (act.after, act.before)
        if was == wanted:
            return False
        sheet = self.sheet
        if was.surgeon != wanted.surgeon:
            self.surgeon = wanted.surgeon
            self.surgeon_changed.emit()
        is_open = not sheet.referral_id and sheet.patient_id == was.patient[0]
        if was.patient != wanted.patient and is_open:
            sheet.patient_id, sheet.patient_version = wanted.patient
        sheet.marks = (sheet.marks - was.marks) | wanted.marks
        return True

    def _tell(self, act: Act) -> None:
        for name in act.names or ["marks"]:
            self.touch(name)
        self.reverted.emit(act.names)

    def touch(self, path: str) -> None:
        """Say that something at a path was changed in place."""
        self.dirty = True
        self.changed.emit(path)
        self._soon.start()

    def carry(self, values: dict[str, Any], groups: Sequence[str], on: str) -> list[str]:
        """Take over what the last referral says where nothing is answered yet; return the groups that were filled."""
        filled: list[str] = []
        with self.act("what the last referral says"):
            for name, value in values.items():
                now = self.get(name)
                wanted = as_dict(value) | as_dict(now) if isinstance(value, dict) else now or value
                if wanted != now:
                    self.put(name, wanted)
                    filled.append(name)
        self.sheet.carried |= {name: on for name in filled if name in groups}
        self.carried_changed.emit()
        return filled

    def confirm_carried(self, group: str) -> None:
        """Take a person's word that what was taken over still holds."""
        self.sheet.carried.pop(group, None)
        self.carried_changed.emit()

    def mark(self, path: str, on: bool) -> None:
        """Print a private answer on this letter, or not."""
        marks = self.sheet.marks
        with self.act("what is printed on the letter"):
            self.sheet.marks = marks | {path} if on else marks - {path}
            self.touch("marks")

    def choose_surgeon(self, surgeon: SurgeonRecord | None) -> None:
        """Take another surgeon; the location belonged to the one before."""
        with self.act("the choice of the surgeon"):
            self.surgeon = surgeon
            self.put("request.surgeon", surgeon.id if surgeon else None)
            known = {placement.location.id for placement in surgeon.placements} if surgeon else set[str]()
            if self.get("request.location") not in known:
                only = next(iter(known)) if len(known) == 1 else None
                self.put("request.location", only)
        self.surgeon_changed.emit()

    def follow_directory(
        self, found: tuple[SurgeonRecord | None, Sequence[Requirement], Own, CodeLists]
    ) -> None:
        """Take over what is known by now: the surgeon chosen, what the Center asks for, its figures, the codes."""
        surgeon, self.sheet.asked, self.sheet.figures, self.sheet.codes = found
        if surgeon and self.surgeon and surgeon.id == self.surgeon.id and surgeon != self.surgeon:
            self.surgeon = surgeon
            self.surgeon_changed.emit()
        self._soon.start()

    def take_signature(self, signature: Any) -> None:
        """Take over what signing or voiding made of the signature; nothing that the user typed."""
        answers.put(self.intake, "signature", signature)
        self._soon.start()

    @property
    def values(self) -> Values:
        """The answers with the computed values under "computed", as conditions read them."""
        return {**self.intake, "computed": self.check.computed}

    def applies(self, declared: Field, row: Values) -> bool:
        """Tell whether a field is asked."""
        return applies(declared, self.values, row)

    def problems(self) -> dict[str, str]:
        """Return what is malformed, by path."""
        return validation.validate(self.intake, codes=self.sheet.codes)

    def snapshot(self) -> dict[str, Any]:
        """Return a copy of the answers for another thread."""
        return copy.deepcopy(self.intake)

    def settle(self) -> None:
        """Bring the check up to date now."""
        if self._soon.isActive():
            self._soon.stop()
            self._recheck()

    def _checked(self) -> Check:
        sheet = self.sheet
        asked = center_requirements.asked(self.surgeon, sheet.asked, sheet.procedures)
        limits = thresholds.counting(sheet.figures, self.surgeon)
        return check.check(self.intake, asked, thresholds=limits, codes=sheet.codes)

    def _recheck(self) -> None:
        self.check = self._checked()
        self.checked.emit()
