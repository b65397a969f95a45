"""What was printed, saved, sent and given out: the ledger with its bytes, the release log, and batches of packets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import BatchState, PaperAct, PaperKind
from referral_app.models.base import Base, Identified, Versioned, now


class PaperContent(Base):
    """The bytes of documents that left the program, each once; `sha256` is theirs."""

    __tablename__ = "paper_content"

    sha256: Mapped[str] = mapped_column(String, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Paper(Identified):
    """One document as it was made: what, of which version of which referral, for whom, and which bytes.

    `subject` says what it is about where that is no referral, `number` is the version of the referral, `enclosed`
    what was merged into it, in order.
    """

    __tablename__ = "paper"
    __table_args__ = (
        Index("ix_paper_made_at", "made_at", "id"),
        Index("ix_paper_referral", "referral_id", "kind", "sha256"),
    )

    kind: Mapped[PaperKind]
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"))
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"), index=True)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    reference: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=0)
    subject: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    large: Mapped[bool] = mapped_column(default=False)
    pages: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(index=True)
    enclosed: Mapped[list[Any]]
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by: Mapped[str] = mapped_column(default="")


class PaperEvent(Identified):
    """What was done with a document: when, by whom, how (printer, file, fax), for whom, in how many copies."""

    __tablename__ = "paper_event"
    __table_args__ = (Index("ix_paper_event_at", "at", "id"),)

    paper_id: Mapped[str] = mapped_column(ForeignKey("paper.id"), index=True)
    act: Mapped[PaperAct]
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str] = mapped_column(default="")
    how: Mapped[str] = mapped_column(default="")
    for_whom: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=1)
    protected: Mapped[bool] = mapped_column(default=False)
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    release_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"), index=True)


class Release(Versioned):
    """A copy that somebody asked for: who, who they are, how that was checked, by when, and what was given."""

    __tablename__ = "release"

    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    asked_by: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    wanted: Mapped[str] = mapped_column(default="")
    asked_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    extended_why: Mapped[str] = mapped_column(default="")
    identity: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date | None]
    given_how: Mapped[str] = mapped_column(default="")
    refused_why: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(default="")


class PrintBatch(Identified):
    """Packets that are printed or saved in one job, so that it can be resumed after a jam or a crash."""

    __tablename__ = "print_batch"

    title: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now, index=True)
    made_by: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(default="")
    both_sides: Mapped[bool] = mapped_column(default=False)
    options: Mapped[dict[str, Any]]
    finished_at: Mapped[datetime | None]


class PrintBatchItem(Base):
    """One person's packet of a batch: what is printed and what became of it."""

    __tablename__ = "print_batch_item"

    batch_id: Mapped[str] = mapped_column(ForeignKey("print_batch.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))
    kind: Mapped[PaperKind]
    language: Mapped[str] = mapped_column(default="en")
    large: Mapped[bool] = mapped_column(default=False)
    state: Mapped[BatchState]
    why: Mapped[str] = mapped_column(default="")
    pages: Mapped[int] = mapped_column(default=0)
    paper_id: Mapped[str | None] = mapped_column(ForeignKey("paper.id"))
    at: Mapped[datetime | None]
