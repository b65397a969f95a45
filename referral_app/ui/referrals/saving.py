"""Saving, handing over, signing, returning and discarding the referral of a form, away from the user's thread."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import clock, dates
from referral_app.clinical.fields import as_dict, given
from referral_app.clinical.handwriting import Handwriting
from referral_app.database import Session
from referral_app.jobs import e_signatures
from referral_app.services import drafts, patient_duplicates, referrals, signing
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.referrals import ReferralRecord
from referral_app.ui import ask, copying
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.autosave import Autosave
from referral_app.ui.referrals.draft import Draft, Sheet
from referral_app.ui.referrals.reason_dialog import ReasonDialog

SINCE = (
    "Someone else saved this referral in the meantime. Your draft is kept; save again to see both versions."
)


@dataclass(frozen=True)
class Merged:
    """What was put together from two versions, to be saved on top of the version that is current by now.

    `as_sent` says that this version is the one that was sent, so that the new one is a correction.
    """

    intake: dict[str, Any]
    version: int
    patient_id: str
    marks: frozenset[str]
    as_sent: bool = False


Then = Callable[[Session, ReferralRecord], ReferralRecord]
"""What is done with a referral right after it was saved, in the same transaction."""


class Saving(QObject):
    """Does one thing at a time; `saved` carries words for the status bar, `refused` problems by path.

    `conflicted` says that someone else saved first, `replaced` that the store now holds more than this form shows,
    `decided` that a clinician signed or returned the referral.
    """

    saved = Signal(str)
    refused = Signal(object)
    conflicted = Signal()
    replaced = Signal()
    decided = Signal()

    def __init__(self, desk: Desk, draft: Draft, autosave: Autosave, parent: QObject) -> None:
        """Work for one draft."""
        super().__init__(parent)
        self._desk, self._draft, self._autosave = desk, draft, autosave
        self._busy = False
        self._why = ""
        self._changes = self._stored_changes = 0
        draft.changed.connect(self._count)

    def _count(self, _path: str) -> None:
        self._changes += 1

    def save(self) -> None:
        """Save a version."""
        self._begin(self._store, self._corrects())

    def sign(self, signed_by: str, written: Handwriting | None = None) -> None:
        """Save and sign in one transaction, with the signature that was opened for it where there is one."""

        def then(session: Session, record: ReferralRecord) -> ReferralRecord:
            signed = referrals.sign(session, record.id, signed_by)
            return e_signatures.place(session, signed, written) if written else signed

        self._begin(partial(self._store, then, f"Signed by {signed_by}", True), self._corrects())

    def hand_over(self) -> None:
        """Save and hand to a clinician in one transaction."""
        then: Then = lambda session, record: signing.hand_over(session, record.id)  # noqa: E731
        self._begin(partial(self._store, then, "Handed to a clinician to sign"), self._corrects())

    def give_back(self, why: str) -> None:
        """Save and return to the office with a note, in one transaction."""
        then: Then = lambda session, record: signing.give_back(session, record.id, why)  # noqa: E731
        self._begin(partial(self._store, then, "Returned to the office", True), self._corrects())

    def save_merged(self, merged: Merged) -> None:
        """Save what was put together; from then on the form is out of date, and keeps nothing more."""
        self._begin(lambda: self._run(self._work(merged), self._replaced), merged.as_sent)

    def _corrects(self) -> bool:
        """Tell whether saving now makes a correction of what was sent, which needs a reason."""
        return self._draft.dirty and self._draft.sheet.standing.is_as_sent

    def _begin(self, act: Callable[[], object], needs_why: bool = False) -> None:
        if self._busy:
            return
        if needs_why and not self._why:
            self._ask_why(act)
            return
        self._busy = True
        self._autosave.stop()
        self._autosave.when_idle(act)

    def _ask_why(self, act: Callable[[], object]) -> None:
        record = self._draft.sheet.standing.record
        sent = record.sent_at if record else None
        on = f" on {dates.say(sent.astimezone().date())}" if sent else ""
        dialog = ReasonDialog(
            cast("QWidget", self.parent()),
            "Correct what was sent",
            f"Why is what was sent{on} corrected?",
            "The version that was sent stays as it is. The correction is signed and sent anew.",
            "Save the correction",
            partial(self._because, act),
        )
        dialog.rejected.connect(self._not_now)
        dialog.open()

    def _because(self, act: Callable[[], object], why: str) -> None:
        self._why = why
        self._begin(act)

    def _not_now(self) -> None:
        """Give up what was to follow the save."""
        self.refused.emit({})

    def _store(self, then: Then | None = None, said: str = "Saved", decides: bool = False) -> None:
        self._stored_changes = self._changes
        sheet = self._draft.sheet
        whole = Merged(self._draft.snapshot(), sheet.version, sheet.patient_id, sheet.marks)
        self._run(self._work(whole, then), partial(self._done, said, decides))

    def _work(self, whole: Merged, then: Then | None = None) -> Callable[[], ReferralRecord]:
        db, sheet, why = self._desk.db, self._draft.sheet, self._why

        def work() -> ReferralRecord:
            with db.begin() as session:
                apart = _told_apart(session, sheet, whole)
                record = referrals.save(
                    session, whole.intake, referral_id=sheet.referral_id, version=whole.version,
                    patient_id=whole.patient_id, patient_version=sheet.patient_version, marks=whole.marks,
                    draft_id=sheet.draft_id, why=why,
                )  # fmt: skip
                for one in apart:
                    patient_duplicates.not_same(session, record.patient_id, one)
                return then(session, record) if then else record

        return work

    def _run(self, work: Callable[[], ReferralRecord], done: Callable[[ReferralRecord], None]) -> None:
        self._desk.background.run(self, work, done, self._failed)

    def _done(self, said: str, decides: bool, record: ReferralRecord) -> None:
        self._busy, self._why = False, ""
        self._take(record)
        whole = self._stored_changes == self._changes
        self._draft.dirty = not whole
        self._autosave.resume(stored=whole)
        self._say(said)
        if decides:
            self.decided.emit()

    def _say(self, words: str) -> None:
        now = datetime.datetime.now()
        self.saved.emit(f"{words} {clock.say(now)}")

    def _replaced(self, record: ReferralRecord) -> None:
        """Stay busy and store no draft: it would say that the old answers were typed on top of the new version."""
        self._draft.dirty = False
        self._say("Both versions saved as one")
        self.replaced.emit()

    def _take(self, record: ReferralRecord) -> None:
        sheet = self._draft.sheet
        sheet.standing.record = record
        sheet.referral_id, sheet.reference, sheet.version = record.id, record.reference, record.version
        sheet.state, sheet.patient_id, sheet.practice_id = record.state, record.patient_id, record.practice_id
        signature: Any = record.intake.get("signature")
        if self._draft.get("signature") != signature:
            self._draft.take_signature(signature)

    def _failed(self, error: Exception) -> None:
        self._busy, self._why = False, ""
        self._autosave.resume(stored=False)
        if not isinstance(error, InvalidInput):
            raise error
        if isinstance(error, Conflict):
            self.refused.emit({"": SINCE})
            self.conflicted.emit()
        else:
            self.refused.emit(error.fields)

    def copy_summary(self) -> None:
        """Copy the summary of what is saved; what was typed since is not in it."""
        sheet, owner = self._draft.sheet, cast("QWidget", self.parent())
        if sheet.referral_id and not self._draft.dirty:
            copying.referral(self._desk, owner, sheet.referral_id, self.saved.emit)
        else:
            ask.tell(owner, "Save the referral first: the summary holds what is saved.")

    def discard(self, on_done: Callable[[], object]) -> None:
        """Throw the draft away; what was typed stays where that is refused."""
        db, draft_id, was = self._desk.db, self._draft.sheet.draft_id, self._draft.dirty

        def work() -> None:
            with db.begin() as session:
                drafts.discard(session, draft_id)

        def kept(error: Exception) -> None:
            self._draft.dirty = was
            self._failed(error)

        def act() -> None:
            self._draft.dirty = False
            self._desk.background.run(self, work, lambda _answer: on_done(), kept)

        self._begin(act)


def _told_apart(session: Session, sheet: Sheet, whole: Merged) -> set[str]:
    """Return of whom the new patient was told apart; raises InvalidInput while that is open for somebody alike."""
    if whole.patient_id or sheet.referral_id:
        return set()
    patient_duplicates.refuse_undecided(session, as_dict(whole.intake.get("patient")), sheet.apart)
    return set(sheet.apart)


def signer(draft: Draft) -> str:
    """Return who is to sign: the person logged in, or in a store without people whoever is named."""
    return draft.sheet.standing.signer or named_signer(draft)


def named_signer(draft: Draft) -> str:
    """Return who is named as the one who signed, or is to sign."""
    return str(given(draft.intake, "signature.signed_by") or "").strip()
