"""How a version of a referral was sent, and what went to somebody it was not meant for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import AttemptState, BounceReason, Channel
from referral_app.models.base import Identified, Versioned, now


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
    """Something went to a number or person it was not meant for: what, who was told, and what was done.

    `address` is where it really went, "" where nobody knows; `note` is the office's own and told to nobody.
    """

    __tablename__ = "incident"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    attempt_id: Mapped[str | None] = mapped_column(ForeignKey("send_attempt.id"))
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    found_on: Mapped[date]
    address: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    who_has_it: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    done: Mapped[str] = mapped_column(default="")
    told: Mapped[list[Any]]
    recorded_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
