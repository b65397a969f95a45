"""A request to a surgeon under a referral: where it stands, what happened to it, and how it was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import AttemptState, BounceReason, Channel, RequestAct, RequestStatus
from referral_app.models.base import Identified, Versioned, now


class Request(Versioned):
    """One request; a referral that was declined and goes to another surgeon has another one with the next number.

    The moments say when each step was first reached, in the time of what happened, not of its entry.
    """

    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("referral_id", "number"),
        Index("ix_request_surgeon", "surgeon_id", "sent_on"),
        Index("ix_request_sent_on", "sent_on"),
    )

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"))
    number: Mapped[int]
    surgeon_id: Mapped[str | None] = mapped_column(ForeignKey("surgeon.id"))
    surgeon_name: Mapped[str] = mapped_column(default="")
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    status: Mapped[RequestStatus]
    information_owed: Mapped[bool] = mapped_column(default=False)
    on_hold: Mapped[bool] = mapped_column(default=False)
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


class SendAttempt(Identified):
    """One attempt to send a version of a referral: how, whereto, what in which order, and what became of it."""

    __tablename__ = "send_attempt"
    __table_args__ = (Index("ix_send_attempt_state", "state", "started_at"),)

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    number: Mapped[int]
    channel: Mapped[Channel]
    address: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    parts: Mapped[list[Any]]
    pages: Mapped[int] = mapped_column(default=0)
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    started_at: Mapped[datetime] = mapped_column(default=now)
    started_by: Mapped[str] = mapped_column(default="")
    state: Mapped[AttemptState]
    reason: Mapped[BounceReason | None]
    note: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    confirmation: Mapped[str] = mapped_column(default="")
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"))


class Incident(Versioned):
    """Something went to a number or person it was not meant for: what, who was told, and what was done."""

    __tablename__ = "incident"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    attempt_id: Mapped[str | None] = mapped_column(ForeignKey("send_attempt.id"))
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    found_on: Mapped[date]
    address: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    who_has_it: Mapped[str] = mapped_column(default="")
    done: Mapped[str] = mapped_column(default="")
    told: Mapped[list[Any]]
    recorded_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
