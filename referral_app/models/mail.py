"""The office's own mail server, through which encrypted files may go out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Base, now


class MailServer(Base):
    """The server, reached with STARTTLS alone; there is one, whose `slot` is 1."""

    __tablename__ = "mail_server"

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    host: Mapped[str]
    port: Mapped[int]
    sender: Mapped[str]
    login: Mapped[str] = mapped_column(default="")
    password: Mapped[str] = mapped_column(default="")
    updated: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    updated_by: Mapped[str] = mapped_column(default="")
