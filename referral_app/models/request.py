"""A request to a surgeon under a referral: where it stands, and what happened to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import BounceReason, RequestAct, RequestStatus
from referral_app.models.base import Identified, Versioned, now

MOST_DAYS = 4093
"""The longest that the index of the reports tells apart: eleven years, which whatever takes longer counts as."""
SEEN = "coalesce(min(seen_on, visit_on), seen_on, CASE WHEN status = '7.0' THEN coalesce(visit_on, ended_on) END)"
"""The SQL of the day of the visit: its own where that is known, else that of the note or of the outcome."""
_STATUSES = " ".join(one.value for one in RequestStatus)


def _days(start: str, end: str) -> str:
    """Return the SQL of the whole days between two days, from 1 for the same day; 0 where one is not known."""
    return (
        f"coalesce(min(max(CAST(julianday({end}) - julianday({start}) AS INTEGER), 0), {MOST_DAYS}) + 1, 0)"
    )


def _packed(*parts: str) -> str:
    """Return the SQL of numbers below 4096 as one, the first one in its lowest bits."""
    return " + ".join(f"{4096**place} * {part}" for place, part in enumerate(parts))


BEFORE = _packed(
    _days("begun_on", "signed_on"), _days("signed_on", "sent_on"), _days("sent_on", "received_on"),
    _days("sent_on", "accepted_on"), f"instr('{_STATUSES}', status)",
)  # fmt: skip
AFTER = _packed(
    _days("sent_on", "booked_on"),
    _days("sent_on", SEEN),
    _days("sent_on", "ended_on"),
    _days("sent_on", "told_on"),
)
"""What the reports count of a request, in two numbers, which its indexes hold: a million are read in a second."""
ENDED = "status IN ('4.0', '5.2', '6.0')"
"""The SQL of the requests that ended without an outcome: declined, canceled, or asked to be."""
READ = "headache_index IS NOT NULL"
"""The SQL of the requests with which a reading went."""
PLACES = {1 + _STATUSES.index(one.value): one for one in RequestStatus}
"""Each status by its number in `BEFORE`."""


class Request(Versioned):
    """One request; a referral that was declined and goes to another surgeon has another one with the next number.

    `undelivered` says why nothing of what was sent for it arrived, and since when that is known. The moments say when
    each step was first reached, in the time of what happened, not of its entry. `missing` are the
    kinds of what was missing or not available when it was sent, with spaces between, `headache_index` (0 to 300) and
    `index_on` the reading that went with it; both are for the reports, None where nobody looked.
    """

    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("referral_id", "number"),
        Index("ix_request_surgeon", "surgeon_id", "sent_on", "practice_id", text(AFTER)),
        Index("ix_request_report", "sent_on", "practice_id", "surgeon_id", text(BEFORE), text(AFTER), "missing"),
        Index(
            "ix_request_ended", "status", "reason", "sent_on", "practice_id", "surgeon_id", sqlite_where=text(ENDED)
        ),
        Index(
            "ix_request_reading", "referral_id", "index_on", "sent_on", "surgeon_id", "headache_index", "practice_id",
            sqlite_where=text(READ),
        ),
    )  # fmt: skip

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"))
    number: Mapped[int]
    surgeon_id: Mapped[str | None] = mapped_column(ForeignKey("surgeon.id"))
    surgeon_name: Mapped[str] = mapped_column(default="")
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    status: Mapped[RequestStatus]
    information_owed: Mapped[bool] = mapped_column(default=False)
    on_hold: Mapped[bool] = mapped_column(default=False)
    undelivered: Mapped[BounceReason | None]
    undelivered_on: Mapped[date | None]
    their_number: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date]
    received_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    booked_on: Mapped[date | None]
    visit_on: Mapped[date | None]
    seen_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    told_on: Mapped[date | None]
    begun_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    missing: Mapped[str | None]
    headache_index: Mapped[float | None]
    index_on: Mapped[date | None]


class RequestEvent(Identified):
    """One step of a request: what, when it happened, who entered it when, and why.

    `inferred` steps were skipped on paper; `entry` is common to what was entered together and is undone together.
    """

    __tablename__ = "request_event"
    __table_args__ = (UniqueConstraint("request_id", "sequence"),)

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"))
    sequence: Mapped[int]
    entry: Mapped[str]
    act: Mapped[RequestAct]
    tid: Mapped[str]
    before: Mapped[RequestStatus]
    after: Mapped[RequestStatus]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    inferred: Mapped[bool] = mapped_column(default=False)
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"))
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")
    undone_why: Mapped[str] = mapped_column(default="")
