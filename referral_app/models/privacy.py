"""What patients may ask of their records beside copies, and how long records are kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import DenialBasis
from referral_app.models.base import Identified, Versioned, now


class Amendment(Versioned):
    """A patient asks that a record be corrected; accepted or denied by a day, with the reason (45 CFR 164.526).

    `told` are those who were told of the correction, each with the day.
    """

    __tablename__ = "amendment"

    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"))
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    what: Mapped[str]
    accepted: Mapped[bool | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    extended_why: Mapped[str] = mapped_column(default="")
    basis: Mapped[DenialBasis | None]
    why: Mapped[str] = mapped_column(default="")
    told: Mapped[list[Any]] = mapped_column(default=list)
    statement: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(default="")


class LegalHold(Identified):
    """Nothing of a patient is deleted while one of these stands."""

    __tablename__ = "legal_hold"

    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    why: Mapped[str]
    placed_at: Mapped[datetime] = mapped_column(default=now)
    placed_by: Mapped[str] = mapped_column(default="")
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str] = mapped_column(default="")
    lifted_why: Mapped[str] = mapped_column(default="")
