"""What is printed of the directory: noting each card, list and sheet that was made; `ledger` has what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.services import events
from referral_app.services.permissions import needs


@needs(Permission.PRINT)
def shown(session: Session, kind: str, surgeon_ids: Sequence[str] = (), **details: Any) -> None:
    """Note that a paper was made: once for each surgeon it is about, once where it is about a search."""
    for surgeon_id in surgeon_ids or ("",):
        events.record(session, AuditAction.OPENED, kind, surgeon_id, **details)
