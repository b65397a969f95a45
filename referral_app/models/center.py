"""The Headache Center, its experts beside the surgeons, and its clinical trials."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import ExpertField, Level, ProcedureKind, RequirementKind, TrialState
from referral_app.models.base import Base, Identified, Versioned
from referral_app.models.place import Addressed


class Center(Addressed, Versioned):
    """The Headache Center; there is one."""

    __tablename__ = "center"

    name: Mapped[str]
    after_hours_phone: Mapped[str] = mapped_column(default="")
    trial_contact: Mapped[str] = mapped_column(default="")
    own_requirements: Mapped[bool] = mapped_column(default=False)
    thresholds: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The figures of the live check that the Center changed, by name; the others are those of the program."""


class Expert(Identified):
    """An expert of the Center who is not one of its surgeons."""

    __tablename__ = "expert"

    name: Mapped[str]
    degrees: Mapped[str] = mapped_column(default="")
    field: Mapped[ExpertField]
    what: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Trial(Identified):
    """A clinical trial of the Center."""

    __tablename__ = "trial"

    title: Mapped[str]
    procedures: Mapped[str] = mapped_column(default="")
    state: Mapped[TrialState]
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class TrialSurgeon(Base):
    """A surgeon runs a trial."""

    __tablename__ = "trial_surgeon"

    trial_id: Mapped[str] = mapped_column(ForeignKey("trial.id", ondelete="CASCADE"), primary_key=True)
    surgeon_id: Mapped[str] = mapped_column(
        ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class DefaultRequirement(Identified):
    """What the Center asks of referrals to surgeons who have no requirements of their own, if it chose itself."""

    __tablename__ = "default_requirement"

    position: Mapped[int] = mapped_column(default=0)
    procedure_kind: Mapped[ProcedureKind | None]
    kind: Mapped[RequirementKind]
    amount: Mapped[int | None]
    level: Mapped[Level]
    detail: Mapped[str] = mapped_column(default="")
