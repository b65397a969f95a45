"""Signatures that are drawn or typed: the sealed one of each person, and those that were placed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import SignatureKind
from referral_app.models.base import Base, Identified, PackedJson, now


class PersonalSignature(Base):
    """A person's signature, sealed so that only their passphrase opens it."""

    __tablename__ = "personal_signature"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[SignatureKind]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=now)


class PlacedSignature(Identified):
    """A signature on one version of a referral, placed by its owner; it holds for that version alone."""

    __tablename__ = "placed_signature"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)

    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"))
    number: Mapped[int]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    name: Mapped[str]
    kind: Mapped[SignatureKind]
    strokes: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    placed_at: Mapped[datetime] = mapped_column(default=now)
