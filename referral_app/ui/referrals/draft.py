"""The referral that is being written: its answers, what the live check says of them, and what changed."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from referral_app.choices import ReferralState
from referral_app.clinical import check, validation
from referral_app.clinical.check import Check
from referral_app.clinical.fields import Field, Values, applies
from referral_app.clinical.requirements import Requirement
from referral_app.services import center_requirements
from referral_app.services.practices import PracticeRecord
from referral_app.services.surgeons import ProcedureRecord, SurgeonRecord
from referral_app.ui.referrals import answers


@dataclass
class Sheet:
    """Everything that the form needs to begin: the answers, where they come from, and the lists around them.

    `asked` is what the Center asks for where the surgeon's own office asks for nothing.
    """

    draft_id: str
    intake: dict[str, Any]
    referral_id: str = ""
    reference: str = ""
    state: ReferralState = ReferralState.DRAFT
    version: int = 0
    marks: frozenset[str] = frozenset()
    patient_id: str = ""
    practice_id: str = ""
    surgeon: SurgeonRecord | None = None
    practice: PracticeRecord | None = None
    procedures: Sequence[ProcedureRecord] = field(default_factory=tuple[ProcedureRecord, ...])
    asked: Sequence[Requirement] = ()
    note: str = ""
    unsaved: bool = False
    check: Check | None = None


class Draft(QObject):
    """The answers of one form, with one signal for a change and one for the check that follows it."""

    changed = Signal(str)
    checked = Signal()
    surgeon_changed = Signal()
    match_wanted = Signal()

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        """Begin with the answers of a sheet."""
        super().__init__(parent)
        self.sheet = sheet
        self.intake = sheet.intake
        self.surgeon = sheet.surgeon
        self.dirty = sheet.unsaved
        self.check: Check = sheet.check or self._checked()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._recheck)

    def get(self, path: str) -> Any:
        """Return the answer at a path."""
        return answers.get(self.intake, path)

    def put(self, path: str, value: Any) -> None:
        """Store an answer that the user gave."""
        if self.get(path) == value and type(self.get(path)) is type(value):
            return
        answers.put(self.intake, path, value)
        self.touch(path)

    def touch(self, path: str) -> None:
        """Say that something at a path was changed in place."""
        self.dirty = True
        self.changed.emit(path)
        self._soon.start()

    def mark(self, path: str, on: bool) -> None:
        """Print a private answer on this letter, or not."""
        marks = self.sheet.marks
        self.sheet.marks = marks | {path} if on else marks - {path}
        self.touch("marks")

    def choose_surgeon(self, surgeon: SurgeonRecord | None) -> None:
        """Take another surgeon; the location belonged to the one before."""
        self.surgeon = surgeon
        self.put("request.surgeon", surgeon.id if surgeon else None)
        known = {placement.location.id for placement in surgeon.placements} if surgeon else set[str]()
        if self.get("request.location") not in known:
            only = next(iter(known)) if len(known) == 1 else None
            self.put("request.location", only)
        self.surgeon_changed.emit()

    def follow_directory(self, found: tuple[SurgeonRecord | None, Sequence[Requirement]]) -> None:
        """Take over what the directory says by now of the surgeon chosen, and what the Center asks for."""
        surgeon, self.sheet.asked = found
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
        return validation.validate(self.intake)

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
        return check.check(
            self.intake, center_requirements.asked(self.surgeon, sheet.asked, sheet.procedures)
        )

    def _recheck(self) -> None:
        self.check = self._checked()
        self.checked.emit()
