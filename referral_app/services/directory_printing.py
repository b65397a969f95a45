"""What is printed of the directory: noting each card, list and sheet that was shown or handed out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.services import events
from referral_app.services.permissions import needs


@needs(Permission.PRINT)
def shown(session: Session, kind: str, surgeon_ids: Sequence[str] = (), **details: Any) -> None:
    """Note that a paper was shown: once for each surgeon it is about, once where it is about a search."""
    _note(session, AuditAction.OPENED, kind, surgeon_ids, details)


@needs(Permission.PRINT)
def handed_out(session: Session, kind: str, to: str, surgeon_ids: Sequence[str] = (), **details: Any) -> None:
    """Note that a paper goes to "paper" or into a "file"; kinds are "card", "directory" and "verification"."""
    _note(session, AuditAction.PRINTED, kind, surgeon_ids, {**details, "to": to})


def _note(
    session: Session, action: AuditAction, kind: str, surgeon_ids: Sequence[str], details: dict[str, Any]
) -> None:
    for surgeon_id in surgeon_ids or ("",):
        events.record(session, action, kind, surgeon_id, **details)
