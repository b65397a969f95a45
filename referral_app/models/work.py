"""What follows from a referral: appointments, tasks, calls and attachments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import AppointmentKind, AppointmentStatus, TaskKind
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
    request_id: Mapped[str | None] = mapped_column(ForeignKey("request.id"))
    why: Mapped[str] = mapped_column(default="")
    reminded_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")


class ClosedDay(Identified):
    """A day on which a location, or every one where `location_id` is None, is closed beside weekends and holidays."""

    __tablename__ = "closed_day"

    day: Mapped[date] = mapped_column(index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"))
    why: Mapped[str] = mapped_column(default="")


class Task(Versioned):
    """Something to be done about a referral: what, whose, by when; `fields` are answers that are to be given anew."""

    __tablename__ = "task"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.OTHER)
    what: Mapped[str]
    fields: Mapped[list[Any]] = mapped_column(default=list)
    owner_id: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(index=True)
    made_by: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(default="")
    done_how: Mapped[str] = mapped_column(default="")


class Call(Identified):
    """One phone call about a patient: with whom, whether their identity was checked, and what was said."""

    __tablename__ = "call"

    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str] = mapped_column(default="")
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    number: Mapped[str] = mapped_column(default="")
    with_whom: Mapped[str] = mapped_column(default="")
    message_left: Mapped[bool] = mapped_column(default=False)
    message_allowed: Mapped[bool] = mapped_column(default=False)
    identity_checked: Mapped[bool] = mapped_column(default=False)
    checked_how: Mapped[str] = mapped_column(default="")
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
