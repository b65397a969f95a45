"""What was done and seen, by whom and when: rows that are only ever added, each chained to the one before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Base


class AuditEvent(Base):
    """One event; `hash` is a keyed hash of the hash before and of this row (database/audit.py)."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_person", "person_id", "sequence"),
        Index("ix_audit_event_patient", "patient_id", "sequence"),
        Index("ix_audit_event_at", "at", "sequence"),
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    offset_minutes: Mapped[int]
    person_id: Mapped[str]
    person: Mapped[str]
    login_session: Mapped[str]
    workstation: Mapped[str]
    action: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[str]
    patient_id: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    details: Mapped[dict[str, Any]]
    hash: Mapped[str]
