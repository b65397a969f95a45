"""The records of referrals: a row of a list, the whole, an event, a queue."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from referral_app.choices import Readiness, ReferralState
from referral_app.clinical import dates, standings
from referral_app.clinical.standings import Standing

if TYPE_CHECKING:
    from referral_app.models.referral import Referral


SENT, ANSWERED, CANCELED = "Sent", "Answered", "Canceled"
"""What the history says of a referral that moved on."""
TOLD, NOT_TOLD = "Patient told the plan", "Taken back that the patient was told"
RECORDED, TAKEN_BACK = "Reply recorded", "Reply taken back"
HELD, RESUMED = "Put on hold", "Goes on"
PLANNED = "Next step noted"


@dataclass(frozen=True)
class ReferralRow:
    """A referral as lists show it; `standing` is what its latest request says, None where nothing was sent."""

    id: str
    reference: str
    patient_id: str
    patient: str
    date_of_birth: date | None
    surgeon_id: str
    surgeon: str
    state: ReferralState
    readiness: Readiness
    urgency: str
    created: datetime
    updated: datetime
    number: int
    sent_number: int | None
    sent_at: datetime | None
    asked_at: datetime | None
    asked_by: str
    returned_at: datetime | None
    returned_by: str
    returned_why: str
    standing: Standing | None = field(default=None, kw_only=True)

    @property
    def state_words(self) -> str:
        """What a person sees: before signing what the check says, afterwards what really happened."""
        return standings.of(self.state, self.readiness, self.standing)

    @property
    def is_corrected(self) -> bool:
        """Tell whether what was sent was corrected since, and the correction not sent."""
        return self.sent_number is not None and self.number != self.sent_number

    @property
    def waits(self) -> bool:
        """Tell whether it waits for a clinician's signature."""
        return self.asked_at is not None and self.returned_at is None

    @property
    def beside_words(self) -> str:
        """What stands beside the state: that it was corrected, handed over or returned; "" where nothing does."""
        said: list[str] = []
        if self.returned_at is not None:
            said.append(f"Returned: “{self.returned_why}” by {self.returned_by or 'a clinician'}")
        if self.is_corrected:
            said.append(f"Sent version {self.sent_number}; corrected since, not sent")
        if self.waits and self.asked_at is not None:
            by = f" from {self.asked_by}" if self.asked_by else ""
            said.append(f"To sign,{by} since {dates.say(self.asked_at.astimezone().date())}")
        return " · ".join(said)


def row_values(row: Referral, standing: Standing | None = None) -> dict[str, Any]:
    """Return what a stored referral gives to the fields of a `ReferralRow`."""
    values = {item.name: getattr(row, item.name, None) for item in fields(ReferralRow)}
    born = row.date_of_birth
    return values | {
        "standing": standing,
        "patient_id": row.patient_id or "",
        "patient": row.patient_name,
        "surgeon_id": row.surgeon_id or "",
        "surgeon": row.surgeon_name,
        "date_of_birth": date.fromisoformat(born) if born else None,
    }


@dataclass(frozen=True)
class ReferralRecord(ReferralRow):
    """A referral with its answers; `number` counts saved versions, `version` guards against lost updates."""

    intake: dict[str, Any]
    version: int
    marks: frozenset[str]
    signed_by: str
    signed_at: datetime | None
    practice_id: str


@dataclass(frozen=True)
class Event:
    """One event of a referral's history."""

    at: datetime
    who: str
    what: str
    why: str = ""


@dataclass(frozen=True)
class Queue:
    """A pile of work: how much, and since when the oldest waits."""

    key: str
    label: str
    count: int
    oldest: date | None


@dataclass(frozen=True)
class Filter:
    """Which referrals a list shows, and in which order."""

    queue: str = ""
    text: str = ""
    patient_id: str = ""
    surgeon_id: str = ""
    ids: tuple[str, ...] = ()
    """These alone, where any are named."""
    sort: str = "updated"
    descending: bool = True
