"""A surgeon of the directory, with credentials, procedures, places, plans, languages and requirements."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral_app.choices import Accepting, Booking, Level, ProcedureKind, RequirementKind
from referral_app.models.base import Base, Identified, Versioned
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
    until: Mapped[int | None]


class SurgeonProcedure(Identified):
    """A surgeon does this procedure, since when, and about how often in a year."""

    __tablename__ = "surgeon_procedure"
    __table_args__ = (UniqueConstraint("surgeon_id", "procedure_id"),)

    surgeon_id: Mapped[str] = _surgeon_id()
    procedure_id: Mapped[str] = mapped_column(ForeignKey("procedure.id"), index=True)
    since_year: Mapped[int | None]
    per_year: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
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
    fax_verified_on: Mapped[date | None]
    fax_verified_by: Mapped[str] = mapped_column(default="")
    fax_verified_how: Mapped[str] = mapped_column(default="")
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
    detail: Mapped[str] = mapped_column(default="")
    procedure_kind: Mapped[ProcedureKind | None]
    procedure: Mapped[Procedure | None] = relationship(lazy="joined")


class Handout(Identified):
    """Something that a surgeon's office wants patients to read, and where it is to be had."""

    __tablename__ = "surgeon_handout"

    surgeon_id: Mapped[str] = _surgeon_id()
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    place: Mapped[str] = mapped_column(default="")


class Photo(Base):
    """The photo of a surgeon, a JPEG; apart from the entry, which is read far more often."""

    __tablename__ = "surgeon_photo"

    surgeon_id: Mapped[str] = mapped_column(ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Surgeon(Versioned):
    """One surgeon; `number` is the place in the search index, dense and never given twice."""

    __tablename__ = "surgeon"
    __table_args__ = (
        CheckConstraint("age_min IS NULL OR age_max IS NULL OR age_min <= age_max", name="ages"),
        Index("ix_surgeon_freshness", "verified_on", "sort_name", "archived"),
    )

    number: Mapped[int] = mapped_column(unique=True)
    import_id: Mapped[str | None] = mapped_column(ForeignKey("directory_import.id"), index=True)
    npi: Mapped[str | None] = mapped_column(unique=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    degrees: Mapped[str] = mapped_column(default="")
    specialty: Mapped[str] = mapped_column(default="")
    accepting: Mapped[Accepting]
    accepting_from: Mapped[date | None]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    refuses: Mapped[str] = mapped_column(default="")
    next_visit_days: Mapped[int | None]
    next_surgery_days: Mapped[int | None]
    waits_claimed_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    verified_how: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    how_to_refer: Mapped[str] = mapped_column(default="")
    booking: Mapped[Booking | None]
    self_referral: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str] = mapped_column(default="")
    portal: Mapped[str] = mapped_column(default="")
    authorization_contact: Mapped[str] = mapped_column(default="")
    last_day: Mapped[date | None]
    successor_id: Mapped[str | None] = mapped_column(ForeignKey("surgeon.id"), index=True)
    away_from: Mapped[date | None]
    away_to: Mapped[date | None]
    away_note: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    public_note: Mapped[str] = mapped_column(default="")
    invented: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("surgeon.id"), index=True)
    sort_name: Mapped[str] = mapped_column(index=True)
    folded_name: Mapped[str] = mapped_column(default="")
    thresholds: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

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
    handouts: Mapped[list[Handout]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Handout.position
    )
