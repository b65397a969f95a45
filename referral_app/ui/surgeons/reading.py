"""Reading of the directory: an entry anew before something is done with it, the entry of a row, what filters offer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from referral_app.database import Database, Session
from referral_app.services import surgeons
from referral_app.services.surgeon_records import Found, ProcedureRecord, SurgeonRecord
from referral_app.services.surgeon_rows import FoundRow
from referral_app.ui import transaction
from referral_app.ui.desk import Desk


def entry(desk: Desk, owner: QWidget, surgeon_id: str, then: Callable[[SurgeonRecord], object]) -> None:
    """Read an entry in the background and hand it on; what is refused is told over `owner`."""
    transaction.read(desk, owner, partial(surgeons.get, surgeon_id=surgeon_id), then)


def found(db: Database, row: FoundRow) -> Found:
    """Return the whole entry of a row of the list."""
    with db.read() as session:
        return Found(surgeons.get(session, row.surgeon.id), row.miles, row.reasons)


def offered(session: Session) -> tuple[list[ProcedureRecord], list[str]]:
    """Return the procedures and plans that filters offer."""
    return surgeons.procedures(session), surgeons.plans(session)
