"""The way to a signature: the office hands a referral over; a clinician signs (`referrals.sign`) or gives it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.models.base import now
from referral_app.models.referral import Referral
from referral_app.services import referral_rows, referral_writing, referrals
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, needs
from referral_app.services.referral_records import ReferralRecord


@needs(Permission.WRITE)
def hand_over(session: Session, name: str, version: int = 0) -> ReferralRecord:
    """Let a referral wait for a clinician's signature, and return it; handing over again clears why it was returned.

    Gaps do not stop it, nor does an emergency: a clinician is who clears it. One that waits already is left as it is.
    Raises InvalidInput for what is signed or over, Conflict since `version`.
    """
    row = referral_rows.row(session, name)
    referrals.ask_unsigned(row)
    referrals.ask_version(row, version)
    if row.asked_at is not None and row.returned_at is None:
        return _record(session, row)
    referral_writing.forget_hand_over(row)
    row.asked_at, row.asked_by = now(), actor(session).name
    referral_writing.note(session, AuditAction.HANDED_OVER, row)
    return referral_writing.move(session, row, row.state, referral_writing.HANDED_OVER, "")


@needs(Permission.SIGN)
def give_back(session: Session, name: str, why: str, version: int = 0) -> ReferralRecord:
    """Return a referral that was handed over to the office, with a note of what is to be changed.

    Raises InvalidInput without a note and for what does not wait for a signature, Conflict since `version`.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter what the office is to change."})
    row = referral_rows.row(session, name)
    referrals.ask_version(row, version)
    if row.asked_at is None or row.returned_at is not None:
        raise InvalidInput({"": "This referral does not wait for a signature any more."})
    row.returned_at, row.returned_by, row.returned_why = now(), actor(session).name, why.strip()
    referral_writing.note(session, AuditAction.RETURNED, row)
    return referral_writing.move(session, row, row.state, referral_writing.RETURNED, why.strip())


def _record(session: Session, row: Referral) -> ReferralRecord:
    return referral_rows.record(row, referral_rows.current(session, row) or {})
