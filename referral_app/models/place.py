"""Where something is, for the tables that have an address."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column


class Addressed:
    """The columns of a postal address and a phone and fax."""

    line1: Mapped[str] = mapped_column(default="")
    line2: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    zip: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    fax: Mapped[str] = mapped_column(default="")
