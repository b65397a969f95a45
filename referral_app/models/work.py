"""What follows from a referral: appointments, tasks, calls and attachments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.models.base import Identified, Versioned, now


class Appointment(Versioned):
    """A consultation, operation or follow-up visit with a surgeon at a location."""

    __tablename__ = "appointment"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    surgeon_id: Mapped[str] = mapped_column(ForeignKey("surgeon.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"))
    kind: Mapped[AppointmentKind] = mapped_column(default=AppointmentKind.CONSULT)
    start: Mapped[datetime] = mapped_column(index=True)
    time_zone: Mapped[str] = mapped_column(default="")
    arrive_minutes_before: Mapped[int] = mapped_column(default=15)
    interpreter_booked: Mapped[bool] = mapped_column(default=False)
    status: Mapped[AppointmentStatus]
    note: Mapped[str] = mapped_column(default="")


class Task(Versioned):
    """The next step of a referral: what, whose, by when."""

    __tablename__ = "task"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    what: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(index=True)
    done_at: Mapped[datetime | None]


class Call(Identified):
    """One phone call about a patient."""

    __tablename__ = "call"

    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str] = mapped_column(default="")
    with_whom: Mapped[str] = mapped_column(default="")
    identity_checked: Mapped[bool] = mapped_column(default=False)
    said: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")


class Attachment(Identified):
    """The bytes of a document enclosed with a referral, cleaned; what it is stands in the row of the intake.

    `sha256` is of the cleaned bytes and is what a row of the intake names, `original_sha256` of the file as it came.
    It belongs to a draft until the first save of its referral, and to the referral from then on.
    """

    __tablename__ = "attachment"

    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    draft_id: Mapped[str | None] = mapped_column(index=True)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="application/pdf")
    pages: Mapped[int] = mapped_column(default=1)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(index=True)
    original_sha256: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes] = mapped_column(LargeBinary)
