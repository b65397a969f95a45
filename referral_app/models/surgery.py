"""What a patient must know before an operation: the surgeon's answers, usual and for one person."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Base, Versioned


class SurgeryHabit(Base):
    """What a surgeon usually asks before an operation, from which a plan begins."""

    __tablename__ = "surgery_habit"

    surgeon_id: Mapped[str] = mapped_column(ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True)
    fasting: Mapped[str] = mapped_column(default="")
    medications: Mapped[str] = mapped_column(default="")
    ride: Mapped[str] = mapped_column(default="")
    aftercare: Mapped[str] = mapped_column(default="")


class SurgeryPlan(Versioned):
    """The operation of one referral: what is done, and what the surgeon wants of this person before and after it.

    The day and the follow-up visits are appointments.
    """

    __tablename__ = "surgery_plan"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), unique=True)
    operation: Mapped[str] = mapped_column(default="")
    fasting: Mapped[str] = mapped_column(default="")
    medications: Mapped[str] = mapped_column(default="")
    ride: Mapped[str] = mapped_column(default="")
    aftercare: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
