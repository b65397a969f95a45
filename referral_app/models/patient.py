"""A patient, entered once, and who pays; and which of them are one person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral_app.models.base import Base, Identified, PackedJson, Versioned, now


class Coverage(Identified):
    """One coverage of a patient; `details` holds what the intake knows of it beside its kind and payer."""

    __tablename__ = "coverage"

    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default="")
    payer: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]]


class Patient(Versioned):
    """A patient: what is searched for in columns of its own, the whole group of the intake in `details`."""

    __tablename__ = "patient"
    __table_args__ = (Index("ix_patient_updated", "updated"),)

    family_name: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    date_of_birth: Mapped[date | None] = mapped_column(index=True)
    mrn: Mapped[str] = mapped_column(default="", index=True)
    phone_last4: Mapped[str] = mapped_column(default="", index=True)
    phone_alt_last4: Mapped[str] = mapped_column(default="", index=True)
    sort_name: Mapped[str] = mapped_column(default="", index=True)
    folded: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]]
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"), index=True)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"), index=True)

    coverage: Mapped[list[Coverage]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Coverage.position
    )


class PatientWord(Base):
    """A word of a patient's names, by which lists find the patient."""

    __tablename__ = "patient_word"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    word: Mapped[str] = mapped_column(String, primary_key=True)
    patient_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)


class PatientMerge(Identified):
    """Two patients became one: what both were, and what moved from one to the other, for whoever takes it back."""

    __tablename__ = "patient_merge"

    kept_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    merged_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")


class NotSamePatient(Base):
    """Two patients who look alike and of whom a person said that they are two; the lesser id comes first."""

    __tablename__ = "not_same_patient"

    first_id: Mapped[str] = mapped_column(ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[str] = mapped_column(
        ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[str] = mapped_column(default="")
