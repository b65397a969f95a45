"""The records of requests to surgeons: where one stands, one step of it, and what is entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from referral_app.choices import BounceReason, Party, RequestAct, RequestStatus
from referral_app.clinical import transitions
from referral_app.clinical.standings import Standing
from referral_app.models.referral import Referral
from referral_app.models.request import Request, RequestEvent


@dataclass(frozen=True)
class RequestRecord:
    """A request as it stands; `acts` are what may be entered now, skipped steps allowed for.

    `first_sent_on` is the day before which nothing can have happened to it; sent again, `sent_on` is a later one.
    """

    id: str
    referral_id: str
    reference: str
    number: int
    surgeon_id: str
    surgeon: str
    status: RequestStatus
    information_owed: bool
    on_hold: bool
    their_number: str
    reason: str
    sent_on: date
    visit_on: date | None
    ended_on: date | None
    told_on: date | None
    version: int
    undelivered: BounceReason | None = None
    first_sent_on: date = date.min

    @property
    def stands(self) -> Standing:
        """Where it stands, beside what rests or is owed, which is said by itself."""
        return Standing(self.status, undelivered=self.undelivered, visit_on=self.visit_on)

    @property
    def acts(self) -> tuple[RequestAct, ...]:
        """What may be entered where it stands."""
        return transitions.acts(self.status)

    @property
    def is_over(self) -> bool:
        """Whether nothing leads out of where it stands."""
        return self.status in transitions.OVER


@dataclass(frozen=True)
class StepRecord:
    """One step of a request: what happened when, who entered it when, and whether it was taken back."""

    id: str
    entry: str
    act: RequestAct
    before: RequestStatus
    after: RequestStatus
    happened_on: date
    recorded_at: datetime
    recorded_by: str
    why: str
    note: str
    inferred: bool
    undone_at: datetime | None
    undone_by: str
    undone_why: str
    attachment_id: str = ""
    appointment_id: str = ""
    tid: str = ""

    @property
    def by(self) -> Party:
        """Which side acted."""
        found = transitions.find(self.before, self.act)
        return found.side if found else Party.RECIPIENT


@dataclass(frozen=True)
class Happened:
    """What is entered: the act, its day, and what belongs to it; `their_number` is that of the surgeon's office."""

    act: RequestAct
    on: date
    why: str = ""
    note: str = ""
    attachment_id: str = ""
    appointment_id: str = ""
    their_number: str = ""


def record_of(row: Referral, one: Request) -> RequestRecord:
    """Return the record of a request."""
    return RequestRecord(
        one.id, row.id, row.reference, one.number, one.surgeon_id or "", one.surgeon_name, one.status,
        one.information_owed, one.on_hold, one.their_number, one.reason, one.sent_on, one.visit_on, one.ended_on,
        one.told_on, one.version, one.undelivered, first_sent(one),
    )  # fmt: skip


def first_sent(one: Request) -> date:
    """Return the day on which a request was sent first: sent again before it was answered, it counts from then."""
    return min(one.sent_on, one.created.astimezone().date())


def step_of(one: RequestEvent) -> StepRecord:
    """Return the record of a step."""
    return StepRecord(
        one.id, one.entry, one.act, one.before, one.after, one.happened_on, one.recorded_at, one.recorded_by, one.why,
        one.note, one.inferred, one.undone_at, one.undone_by, one.undone_why, one.attachment_id or "",
        one.appointment_id or "", one.tid,
    )  # fmt: skip
