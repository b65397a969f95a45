"""A surgeon of the directory, with credentials, procedures, places, plans, languages and requirements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral_app.choices import Accepting, Level, RequirementKind
from referral_app.models.base import Identified, Versioned
from referral_app.models.location import Location
from referral_app.models.procedure import Procedure


def _surgeon_id() -> Mapped[str]:
    return mapped_column(ForeignKey("surgeon.id", ondelete="CASCADE"), index=True)


class Credential(Identified):
    """A board certification, fellowship or license."""

    __tablename__ = "credential"

    surgeon_id: Mapped[str] = _surgeon_id()
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    title: Mapped[str]
    issuer: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]


class SurgeonProcedure(Identified):
    """A surgeon does this procedure."""

    __tablename__ = "surgeon_procedure"
    __table_args__ = (UniqueConstraint("surgeon_id", "procedure_id"),)

    surgeon_id: Mapped[str] = _surgeon_id()
    procedure_id: Mapped[str] = mapped_column(ForeignKey("procedure.id"), index=True)
    procedure: Mapped[Procedure] = relationship(lazy="joined")


class Placement(Identified):
    """A surgeon at a location, with the phone and fax used for this surgeon there."""

    __tablename__ = "placement"
    __table_args__ = (UniqueConstraint("surgeon_id", "location_id"),)

    surgeon_id: Mapped[str] = _surgeon_id()
    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    phone: Mapped[str] = mapped_column(default="")
    fax: Mapped[str] = mapped_column(default="")
    days: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    location: Mapped[Location] = relationship(lazy="joined")


class Plan(Identified):
    """An insurance plan."""

    __tablename__ = "plan"

    name: Mapped[str] = mapped_column(unique=True)


class SurgeonPlan(Identified):
    """A surgeon is in network with a plan."""

    __tablename__ = "surgeon_plan"
    __table_args__ = (UniqueConstraint("surgeon_id", "plan_id"),)

    surgeon_id: Mapped[str] = _surgeon_id()
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    verified_on: Mapped[date | None]
    plan: Mapped[Plan] = relationship(lazy="joined")


class SurgeonLanguage(Identified):
    """A surgeon speaks a language (ISO 639-1)."""

    __tablename__ = "surgeon_language"
    __table_args__ = (UniqueConstraint("surgeon_id", "code"),)

    surgeon_id: Mapped[str] = _surgeon_id()
    code: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Requirement(Identified):
    """What a surgeon wants to be true of a referral, for one procedure or for all."""

    __tablename__ = "requirement"

    surgeon_id: Mapped[str] = _surgeon_id()
    procedure_id: Mapped[str | None] = mapped_column(ForeignKey("procedure.id"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[RequirementKind]
    amount: Mapped[int | None]
    level: Mapped[Level]
    procedure: Mapped[Procedure | None] = relationship(lazy="joined")


class Surgeon(Versioned):
    """One surgeon."""

    __tablename__ = "surgeon"
    __table_args__ = (
        CheckConstraint("age_min IS NULL OR age_max IS NULL OR age_min <= age_max", name="ages"),
    )

    npi: Mapped[str | None] = mapped_column(unique=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    degrees: Mapped[str] = mapped_column(default="")
    specialty: Mapped[str] = mapped_column(default="")
    accepting: Mapped[Accepting]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    refuses: Mapped[str] = mapped_column(default="")
    next_visit_days: Mapped[int | None]
    next_surgery_days: Mapped[int | None]
    waits_claimed_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    verified_how: Mapped[str] = mapped_column(default="")
    fax_verified_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(default="")
    invented: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    sort_name: Mapped[str] = mapped_column(index=True)
    folded_name: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")

    credentials: Mapped[list[Credential]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Credential.position
    )
    procedures: Mapped[list[SurgeonProcedure]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    placements: Mapped[list[Placement]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Placement.position
    )
    plans: Mapped[list[SurgeonPlan]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    languages: Mapped[list[SurgeonLanguage]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=SurgeonLanguage.position
    )
    requirements: Mapped[list[Requirement]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Requirement.position
    )
