"""What services note for the audit; the chain itself is kept by the store, and read by `audit`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction

_PART_OF = "part of one act"


def record(
    session: Session,
    action: AuditAction,
    kind: str = "",
    object_id: str = "",
    patient_id: str | None = "",
    *,
    reason: str = "",
    **details: Any,
) -> None:
    """Note an event; the store writes it in the transaction of the change, or after what was looked at."""
    if not session.info.get(_PART_OF):
        noted = event(action, kind, object_id, patient_id or "", reason=reason, details=details)
        session.info.setdefault("events", []).append(noted)


@contextmanager
def as_one(session: Session, action: AuditAction, kind: str = "") -> Generator[dict[str, Any]]:
    """Note one event for a whole act, such as an import, in the place of what each service in it would note.

    Yields the details, to be filled. Denials are noted all the same.
    """
    details: dict[str, Any] = {}
    session.info[_PART_OF] = True
    try:
        yield details
    finally:
        session.info.pop(_PART_OF)
    record(session, action, kind, **details)


def event(
    action: AuditAction,
    kind: str = "",
    object_id: str = "",
    patient_id: str = "",
    *,
    outcome: str = "done",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return an event as the store takes it: who, when and where are added there."""
    return {
        "action": str(action), "kind": kind, "object_id": object_id, "patient_id": patient_id, "outcome": outcome,
        "reason": reason, "details": details or {},
    }  # fmt: skip
