"""What services note for the audit, and what administrators read of it; the chain itself is kept by the store."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction


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
    session.info.setdefault("events", []).append(
        event(action, kind, object_id, patient_id or "", reason=reason, details=details)
    )


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
