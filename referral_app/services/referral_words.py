"""The words by which lists find referrals, each with the serial number of the referral."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from referral_app.models.referral import Referral, ReferralWord


def next_serial(session: Session) -> int:
    """Return the serial number of a referral that is begun now."""
    return (session.scalar(select(func.max(Referral.serial))) or 0) + 1


def write(session: Session, serial: int, folded: str) -> None:
    """Let a referral be found by the words of a folded text, and by no others."""
    wanted = set(folded.split())
    with (
        session.no_autoflush
    ):  # a referral that is being written is flushed once, which raises its version once
        _replace(session, serial, wanted)


def _replace(session: Session, serial: int, wanted: set[str]) -> None:
    stored = set(session.scalars(select(ReferralWord.word).where(ReferralWord.serial == serial)))
    if gone := stored - wanted:
        session.execute(
            delete(ReferralWord).where(ReferralWord.serial == serial, ReferralWord.word.in_(gone))
        )
    if new := wanted - stored:
        session.execute(insert(ReferralWord), [{"word": word, "serial": serial} for word in sorted(new)])
