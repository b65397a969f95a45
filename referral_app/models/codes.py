"""Releases of ICD-10-CM that were loaded beside the one that comes with the program."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Identified, now


class CodeRelease(Identified):
    """A release: its name, the days on which it holds, and its leaf codes with titles, packed in `content`."""

    __tablename__ = "code_release"

    label: Mapped[str] = mapped_column(unique=True)
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    leaves: Mapped[int]
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    loaded_at: Mapped[datetime] = mapped_column(default=now)
    loaded_by: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes] = mapped_column(LargeBinary)
