"""A referral: its versions, its history, and the draft of each person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import Readiness, ReferralState
from referral_app.models.base import Base, Identified, PackedJson, Versioned, now


class ReferralVersion(Identified):
    """What one explicit save held; it never changes."""

    __tablename__ = "referral_version"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    number: Mapped[int]
    intake: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    saved_by: Mapped[str] = mapped_column(default="")


class StateEvent(Identified):
    """One event of a referral: when, who, what and why."""

    __tablename__ = "state_event"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    sequence: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(default=now)
    who: Mapped[str] = mapped_column(default="")
    state: Mapped[ReferralState]
    what: Mapped[str]
    why: Mapped[str] = mapped_column(default="")


class Draft(Identified):
    """What one person has typed and not yet saved: one row for each referral and person."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("referral_id", "person"),)

    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"))
    person: Mapped[str]
    based_on: Mapped[int | None]
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"))
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    marks: Mapped[list[Any]]
    patient: Mapped[str] = mapped_column(default="")
    intake: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    updated: Mapped[datetime] = mapped_column(default=now)


class ReferralWord(Base):
    """A word by which lists find a referral: of the patient's and the surgeon's name, and the reference number."""

    __tablename__ = "referral_word"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    word: Mapped[str] = mapped_column(String, primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class Referral(Versioned):
    """A referral; what lists and queues need stands in columns, the answers in the versions.

    `serial` counts referrals in the order in which they were begun; `asked_at` and `asked_by` say since when it waits
    for a clinician's signature and who prepared it, the `returned` columns why a clinician gave it back; `sent_number`
    is the version that was sent. `owner_id` is the person who sees to it, `next_step` and `follow_up_on` are what that
    person noted to do and by when.
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_queue", "state", "readiness", "updated", "serial"),
        Index("ix_referral_updated", "updated", "serial"),
        Index("ix_referral_to_sign", "asked_at", "practice_id"),
        Index("ix_referral_urgency", "urgency", "updated", "serial"),
        Index("ix_referral_patient_name", "patient_name", "serial"),
        Index("ix_referral_surgeon_name", "surgeon_name", "serial"),
        Index("ix_referral_practice", "practice_id", "serial"),
        Index("ix_referral_patient", "patient_id", "id"),
    )

    serial: Mapped[int] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"))
    surgeon_id: Mapped[str | None] = mapped_column(ForeignKey("surgeon.id"), index=True)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    state: Mapped[ReferralState]
    readiness: Mapped[Readiness]
    urgency: Mapped[str] = mapped_column(default="")
    patient_name: Mapped[str] = mapped_column(default="")
    date_of_birth: Mapped[str] = mapped_column(default="")
    surgeon_name: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=1)
    marks: Mapped[list[Any]]
    signed_by: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[str] = mapped_column(default="")
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[str] = mapped_column(default="")
    returned_why: Mapped[str] = mapped_column(default="")
    sent_number: Mapped[int | None]
    owner_id: Mapped[str] = mapped_column(default="", index=True)
    owner: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    follow_up_on: Mapped[date | None] = mapped_column(index=True)
