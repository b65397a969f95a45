"""What open referrals wait for, ready to be counted and listed: by step, since when, whose it is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import Step
from referral_app.models.base import Base


class Waiting(Base):
    """A referral waits at a step since a day; `serial` is the referral's.

    Which of them are late is a question of the day and of the rule, so that neither midnight nor an edited rule
    changes a row.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        Index("ix_waiting_since", "step", "since", "serial", "practice_id", "owner_id", "urgent"),
        Index("ix_waiting_serial", "serial"),
        {"sqlite_with_rowid": False},
    )

    step: Mapped[Step] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[date]
    urgent: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[str] = mapped_column(String, default="")
    practice_id: Mapped[str] = mapped_column(String, default="")


class WaitingCount(Base):
    """How many referrals wait at a step since a day, by owner and practice: a million are counted in milliseconds."""

    __tablename__ = "waiting_count"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    step: Mapped[Step] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    urgent: Mapped[bool] = mapped_column(primary_key=True)
    owner_id: Mapped[str] = mapped_column(String, primary_key=True)
    practice_id: Mapped[str] = mapped_column(String, primary_key=True)
    number: Mapped[int]


class WorklistRule(Base):
    """When a step counts as late: after so many days, business days or not, fewer where it is urgent."""

    __tablename__ = "worklist_rule"

    step: Mapped[Step] = mapped_column(primary_key=True)
    days: Mapped[int]
    urgent_days: Mapped[int]
    business: Mapped[bool] = mapped_column(default=True)
    shown: Mapped[bool] = mapped_column(default=True)
    updated_by: Mapped[str] = mapped_column(default="")
