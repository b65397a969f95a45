"""What a surgeon of the Center does."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import ProcedureKind
from referral_app.models.base import Identified


class Procedure(Identified):
    """One procedure: occipital release by nerve, nerve decompression by trigger site, revision or diagnostic block."""

    __tablename__ = "procedure"

    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ProcedureKind]
    name: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
