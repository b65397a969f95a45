"""What follows from a referral: appointments, tasks, calls and attachments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import AppointmentStatus, AttachmentKind
from referral_app.models.base import Identified, Versioned, now


class Appointment(Versioned):
    """A visit with a surgeon at a location."""

    __tablename__ = "appointment"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    surgeon_id: Mapped[str] = mapped_column(ForeignKey("surgeon.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"))
    start: Mapped[datetime] = mapped_column(index=True)
    time_zone: Mapped[str] = mapped_column(default="")
    arrive_minutes_before: Mapped[int] = mapped_column(default=15)
    interpreter_booked: Mapped[bool] = mapped_column(default=False)
    status: Mapped[AppointmentStatus]


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
    """A document enclosed with a referral; its bytes are inside the encrypted store."""

    __tablename__ = "attachment"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    kind: Mapped[AttachmentKind]
    title: Mapped[str] = mapped_column(default="")
    document_date: Mapped[date | None]
    pages: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[bytes] = mapped_column(LargeBinary)
