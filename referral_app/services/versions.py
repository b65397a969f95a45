"""The versions of a referral side by side, for someone whose save came after someone else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Permission, ReferralState
from referral_app.models.referral import ReferralVersion, StateEvent
from referral_app.services import referrals
from referral_app.services.permissions import needs
from referral_app.services.referral_records import Event, ReferralRecord

WRITTEN = (ReferralState.DRAFT, ReferralState.SIGNED)
"""The states that a save leaves behind; what moves a referral on (sent, answered, canceled) writes no version."""


@dataclass(frozen=True)
class Newer:
    """A referral as it is now, who saved it when, what happened since, and the answers that both began with.

    `base` is None where the version that was read cannot be told for certain.
    """

    record: ReferralRecord
    base: dict[str, Any] | None
    saved_by: str
    saved_at: datetime
    events: tuple[Event, ...]


@needs(Permission.SEE_PATIENTS)
def since(session: Session, name: str, version: int) -> Newer:
    """Return what became of a referral since it was read at the lock version `version`; raises NotFound."""
    record = referrals.get(session, name)
    mine = select(StateEvent).where(StateEvent.referral_id == record.id).order_by(StateEvent.sequence)
    events = session.scalars(mine).all()
    current = _version(session, record.id, record.number)
    before = _version(session, record.id, _number(events, record, version))
    later = tuple(Event(item.at, item.who, item.what, item.why) for item in events[version:])
    return Newer(
        record,
        before.intake if before else None,
        current.saved_by if current else "",
        current.saved_at if current else record.updated,
        later,
    )


def _version(session: Session, referral_id: str, number: int) -> ReferralVersion | None:
    mine = ReferralVersion.referral_id == referral_id, ReferralVersion.number == number
    return session.scalar(select(ReferralVersion).where(*mine))


def _number(events: Sequence[StateEvent], record: ReferralRecord, version: int) -> int:
    """Return the number of the version that was current at a lock version, 0 where that is not certain.

    Every change of a referral raises its lock version by one and appends one event. Should anything ever do the one
    without the other, the counts differ, and a guess could take someone's change for what was there before.
    """
    written = [event.state in WRITTEN for event in events]
    if len(events) != record.version or sum(written) != record.number:
        return 0
    return sum(written[:version])
