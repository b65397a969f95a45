"""How long patients really waited for a surgeon, counted from the referrals of this store.

The claimed waits are what an office said; the observed one is the median of the days from sending a referral to the
first visit of the patient (reference/referral-systems.md section 1: "claimed and calculated" of Ocean).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentStatus, Permission
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services.permissions import needs

FEWEST = 3
"""Under so many visits a median says nothing, and might point to one patient."""

WINDOW_DAYS = 365


@dataclass(frozen=True)
class Observed:
    """The median wait in days to the first visit, from how many visits, and since which day they are counted."""

    days: int
    n: int
    since: date


@needs(Permission.SEE_DIRECTORY)
def observed(session: Session, surgeon_id: str, now: datetime | None = None) -> Observed | None:
    """Return the observed wait for a surgeon's first visit over the last 12 months, None for fewer than three.

    The first visit of a referral counts that took place, or whose day has passed and that nobody canceled or missed.
    """
    now = now or datetime.now(UTC)
    since = now - timedelta(days=WINDOW_DAYS)
    first = func.min(Appointment.start)
    visits = session.execute(
        select(Referral.sent_at, first)
        .join(Referral, Referral.id == Appointment.referral_id)
        .where(
            Appointment.surgeon_id == surgeon_id,
            Appointment.status.in_((AppointmentStatus.SCHEDULED, AppointmentStatus.KEPT)),
            Referral.sent_at.is_not(None),
            Appointment.start > Referral.sent_at,
        )
        .group_by(Referral.id, Referral.sent_at)
        .having(first >= since, first <= now)
    )
    waits = [(start - sent).days for sent, start in visits if sent]
    return Observed(round(median(waits)), len(waits), since.date()) if len(waits) >= FEWEST else None
