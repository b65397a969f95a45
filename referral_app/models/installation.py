"""What the store knows of itself."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Base


class StoreFact(Base):
    """One fact by its name: `store_id`, which every backup carries too; `demonstration` where all data are invented."""

    __tablename__ = "store_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
