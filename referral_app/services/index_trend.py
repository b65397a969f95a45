"""How the Migraine Headache Index of a patient went from one referral to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, ReferralState
from referral_app.clinical import computed, dates
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import given
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.services import events, referral_rows
from referral_app.services.permissions import in_scope, needs

_MOST = 12
"""How many points are shown, the newest ones."""


@dataclass(frozen=True)
class Point:
    """One reading: the day to which the days were counted, the index (0 to 300), headache days, whose referral."""

    on: date
    index: float
    days: float
    reference: str


@needs(Permission.PRINT)
def of_referral(session: Session, name: str, number: int = 0, *, ahead: bool = False) -> list[Point]:
    """Return the readings of a referral's patient up to it, oldest first; only this one where there are no others.

    Earlier referrals count with each signed version and their last one, one reading a day, unless they were canceled
    or are another practice's. `number` is the version that is printed, 0 the current one. What was read of other
    referrals is noted as one opening of the patient, but not while a letter is drawn `ahead`. Raises as
    `referral_rows.row` does.
    """
    mine = referral_rows.row(session, name)
    number = number or mine.number
    found: dict[date, Point] = {}
    others = 0
    for row, version in _versions(session, mine, number):
        point = _point(row, version)
        if point is not None and (version.number in (number, row.number) or _signed(version.intake)):
            others += row.id != mine.id
            found[point.on] = point
    if others and not ahead:
        events.record(
            session, AuditAction.OPENED, "index_trend", mine.id, mine.patient_id, reference=mine.reference
        )
    return [found[day] for day in sorted(found)][-_MOST:]


def _versions(session: Session, mine: Referral, number: int) -> Iterator[tuple[Referral, ReferralVersion]]:
    """Yield the versions that may count, those of this referral last, so that they hold for their day."""
    same = (
        (Referral.patient_id == mine.patient_id) & (Referral.serial < mine.serial)
        if mine.patient_id
        else None
    )
    counted = Referral.id == mine.id if same is None else or_(same, Referral.id == mine.id)
    query = (
        select(Referral, ReferralVersion)
        .join(ReferralVersion, ReferralVersion.referral_id == Referral.id)
        .where(counted, or_(Referral.id == mine.id, Referral.state != ReferralState.CANCELED))
        .where(in_scope(session, Referral.practice_id))
        .order_by(Referral.serial, ReferralVersion.number)
    )
    for row, version in session.execute(query):
        if row.id != mine.id or version.number <= number:
            yield row, version


def _point(row: Referral, version: ReferralVersion) -> Point | None:
    intake = version.intake
    index = computed.computed(intake)["mhi"]
    days = number_at(intake, "last_30_days.headache_days")
    if index is None or days is None:
        return None
    return Point(_day(intake) or version.saved_at.date(), index, days, row.reference)


def _day(intake: dict[str, Any]) -> date | None:
    """Return the day to which headache days were counted: the end of the diary, else the date of the referral."""
    paths = ("last_30_days.diary_to", "referrer.date")
    return next((day for path in paths if (day := dates.stored(given(intake, path)))), None)


def _signed(intake: dict[str, Any]) -> bool:
    return bool(given(intake, "signature.signed_by") and given(intake, "signature.signed_at"))
