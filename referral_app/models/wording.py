"""The texts of letters and packets that people edit, each version of them, and who reviewed which."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import Slot
from referral_app.models.base import Base, Identified, now


class ParagraphTemplate(Identified):
    """One version of a paragraph of the letter, for a procedure ("" for all of them); the newest one is in force.

    `practice_id` says whose wording it is, None that it is everybody's.
    """

    __tablename__ = "paragraph_template"
    __table_args__ = (UniqueConstraint("slot", "procedure", "practice_id", "number"),)

    slot: Mapped[Slot]
    procedure: Mapped[str] = mapped_column(default="")
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    number: Mapped[int]
    words: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    saved_by: Mapped[str] = mapped_column(default="")


class PatientText(Identified):
    """One version of a patient text in Markdown; the newest one is in force, in place of the text of the program."""

    __tablename__ = "patient_text"
    __table_args__ = (UniqueConstraint("language", "name", "number"),)

    language: Mapped[str]
    name: Mapped[str]
    number: Mapped[int]
    markdown: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    saved_by: Mapped[str] = mapped_column(default="")


class TextReview(Identified):
    """Somebody reviewed a patient text as it stood then: `sha256` is of its Markdown."""

    __tablename__ = "text_review"

    language: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    reviewer: Mapped[str]
    reviewed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by: Mapped[str] = mapped_column(default="")


class Notice(Base):
    """A notice that the Center adds to its packets, as words of its own or as a PDF; `slot` is 1 or 2."""

    __tablename__ = "notice"

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    pages: Mapped[int] = mapped_column(default=0)
    updated: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    updated_by: Mapped[str] = mapped_column(default="")
