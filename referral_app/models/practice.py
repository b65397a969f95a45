"""A referring practice, its letterheads and its providers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral_app.choices import Role
from referral_app.models.base import Identified, Versioned
from referral_app.models.place import Addressed


class Letterhead(Identified):
    """The head of a practice's paper, from a date on.

    `preprinted_inches` is how much room printed paper needs at the top; None where the head is printed by us.
    """

    __tablename__ = "letterhead"

    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)
    heading: Mapped[str]
    lines: Mapped[list[Any]]
    from_date: Mapped[date]
    preprinted_inches: Mapped[float | None]
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)


class Provider(Versioned):
    """A referring provider."""

    __tablename__ = "provider"

    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"), index=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    degrees: Mapped[str] = mapped_column(default="")
    role: Mapped[Role]
    npi: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class Practice(Addressed, Versioned):
    """A practice; the one marked `ours` is the one that works at this installation."""

    __tablename__ = "practice"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    callback_person: Mapped[str] = mapped_column(default="")
    callback_phone: Mapped[str] = mapped_column(default="")
    ours: Mapped[bool] = mapped_column(default=False)

    letterheads: Mapped[list[Letterhead]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=Letterhead.from_date
    )
    providers: Mapped[list[Provider]] = relationship(order_by=(Provider.family_name, Provider.given_name))
