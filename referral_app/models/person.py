"""A person who works with the program: one account each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Versioned


class Person(Versioned):
    """A person, their roles, and the practice whose records they see; the passphrase is known to the key file alone."""

    __tablename__ = "person"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    roles: Mapped[list[Any]]
    practice_id: Mapped[str | None] = mapped_column(ForeignKey("practice.id"))
    active: Mapped[bool] = mapped_column(default=True)
    practicing: Mapped[bool] = mapped_column(default=False)
    last_login: Mapped[datetime | None]
