"""Saving, signing and discarding the referral of a form, away from the user's thread."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from referral_app.clinical.fields import given
from referral_app.services import drafts, referrals
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.referrals import ReferralRecord
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.autosave import Autosave
from referral_app.ui.referrals.draft import Draft

SINCE = (
    "Someone else saved this referral in the meantime. Your draft is kept; save again to see both versions."
)


@dataclass(frozen=True)
class Merged:
    """What was put together from two versions, to be saved on top of the version that is current by now."""

    intake: dict[str, Any]
    version: int
    patient_id: str
    marks: frozenset[str]


class Saving(QObject):
    """Does one thing at a time; `saved` carries words for the status bar, `refused` problems by path.

    `conflicted` says that someone else saved first, `replaced` that the store now holds more than this form shows.
    """

    saved = Signal(str)
    refused = Signal(object)
    conflicted = Signal()
    replaced = Signal()

    def __init__(self, desk: Desk, draft: Draft, autosave: Autosave, parent: QObject) -> None:
        """Work for one draft."""
        super().__init__(parent)
        self._desk, self._draft, self._autosave = desk, draft, autosave
        self._busy = False
        self._changes = self._stored_changes = 0
        draft.changed.connect(self._count)

    def _count(self, _path: str) -> None:
        self._changes += 1

    def save(self) -> None:
        """Save a version."""
        self._begin(lambda: self._store())

    def sign(self, signed_by: str) -> None:
        """Save and sign in one transaction."""
        self._begin(lambda: self._store(signed_by))

    def save_merged(self, merged: Merged) -> None:
        """Save what was put together; from then on the form is out of date, and keeps nothing more."""
        self._begin(lambda: self._run(self._work(merged), self._replaced))

    def _begin(self, act: Callable[[], None]) -> None:
        if self._busy:
            return
        self._busy = True
        self._autosave.stop()
        self._autosave.when_idle(act)

    def _store(self, signed_by: str = "") -> None:
        self._stored_changes = self._changes
        sheet = self._draft.sheet
        whole = Merged(self._draft.snapshot(), sheet.version, sheet.patient_id, sheet.marks)
        self._run(self._work(whole, signed_by), self._done)

    def _work(self, whole: Merged, signed_by: str = "") -> Callable[[], ReferralRecord]:
        db, sheet = self._desk.db, self._draft.sheet

        def work() -> ReferralRecord:
            with db.begin() as session:
                record = referrals.save(
                    session, whole.intake, referral_id=sheet.referral_id, version=whole.version,
                    patient_id=whole.patient_id, marks=whole.marks, draft_id=sheet.draft_id,
                )  # fmt: skip
                return referrals.sign(session, record.id, signed_by) if signed_by else record

        return work

    def _run(self, work: Callable[[], ReferralRecord], done: Callable[[ReferralRecord], None]) -> None:
        self._desk.background.run(self, work, done, self._failed)

    def _done(self, record: ReferralRecord) -> None:
        self._busy = False
        signed = record.state is not self._draft.sheet.state and bool(record.signed_by)
        self._take(record)
        whole = self._stored_changes == self._changes
        self._draft.dirty = not whole
        self._autosave.resume(stored=whole)
        self._say(f"Signed by {record.signed_by}" if signed else "Saved")

    def _say(self, words: str) -> None:
        now = datetime.datetime.now()
        self.saved.emit(f"{words} {now.hour}:{now.minute:02}")

    def _replaced(self, record: ReferralRecord) -> None:
        """Stay busy and store no draft: it would say that the old answers were typed on top of the new version."""
        self._draft.dirty = False
        self._say("Both versions saved as one")
        self.replaced.emit()

    def _take(self, record: ReferralRecord) -> None:
        sheet = self._draft.sheet
        sheet.referral_id, sheet.reference, sheet.version = record.id, record.reference, record.version
        sheet.state, sheet.patient_id, sheet.practice_id = record.state, record.patient_id, record.practice_id
        signature: Any = record.intake.get("signature")
        if self._draft.get("signature") != signature:
            self._draft.take_signature(signature)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._autosave.resume(stored=False)
        if not isinstance(error, InvalidInput):
            raise error
        if isinstance(error, Conflict):
            self.refused.emit({"": SINCE})
            self.conflicted.emit()
        else:
            self.refused.emit(error.fields)

    def discard(self, on_done: Callable[[], object]) -> None:
        """Throw the draft away."""
        db, draft_id = self._desk.db, self._draft.sheet.draft_id

        def work() -> None:
            with db.begin() as session:
                drafts.discard(session, draft_id)

        def act() -> None:
            self._draft.dirty = False
            self._desk.background.run(self, work, lambda _answer: on_done())

        self._begin(act)


def signer(draft: Draft) -> str:
    """Return who is to sign."""
    return str(given(draft.intake, "signature.signed_by") or "").strip()
