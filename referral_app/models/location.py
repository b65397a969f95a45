"""Where surgeons see patients."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Versioned
from referral_app.models.place import Addressed


class Location(Addressed, Versioned):
    """A practice location."""

    __tablename__ = "location"

    name: Mapped[str]
    hours: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="")
    parking: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    wheelchair: Mapped[bool | None]
    telehealth: Mapped[bool] = mapped_column(default=False)
