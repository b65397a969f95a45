"""The audit written out as a table, and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from referral_app.choices import AuditAction, Permission
from referral_app.database import Database
from referral_app.jobs import files
from referral_app.services import audit
from referral_app.services.audit import AuditRecord, Filter
from referral_app.services.permissions import Actor, ask

EMERGENCY = "emergency"
"""The kind of the event by which an administrator acknowledges emergency accesses."""


@dataclass(frozen=True)
class Verified:
    """How many events there were, and what is wrong with them in sentences; nothing where the audit is whole."""

    events: int
    problems: tuple[str, ...]


def export_csv(db: Database, path: Path, wanted: Filter | None = None) -> int:
    """Write the events that fit into a CSV file in UTF-8 and return how many; the export itself is noted.

    Cells that a spreadsheet would run as a formula are made harmless. Raises InvalidInput and Denied.
    """
    from referral_app.exchange import cells

    with db.read() as session:
        rows = list(audit.rows(session, wanted or Filter()))
    files.write(path, cells.table(rows).encode("utf-8-sig"))
    return len(rows) - 1


def verify(db: Database) -> Verified:
    """Check the whole audit against its head outside the store, note that, and return what was found."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "audit.verify")
    found = Verified(db.head().sequence, tuple(db.check_audit()))
    outcome = "failed" if found.problems else "done"
    details = {"events": found.events, "problems": len(found.problems)}
    db.note(str(AuditAction.CHECKED), kind="audit", outcome=outcome, details=details)
    return found


def emergencies(db: Database) -> list[AuditRecord]:
    """Return the emergency accesses of others that the administrator who acts has not acknowledged, the latest first.

    Raises Denied.
    """
    who = db.rights
    mine = who.person_id if isinstance(who, Actor) else ""
    with db.read() as session:
        used = audit.find(session, Filter(action=str(AuditAction.EMERGENCY_BEGUN)))
        known = Filter(person_id=mine, action=str(AuditAction.CHECKED), text=EMERGENCY)
        seen = [one.details.get("event", 0) for one in audit.find(session, known, limit=1)]
    return [one for one in used if one.person_id != mine and one.sequence > max(seen, default=0)]


def acknowledge(db: Database, latest: AuditRecord) -> None:
    """Note that an administrator knows of the emergency accesses up to one; raises Denied."""
    with db.read() as session:
        ask(session, Permission.ADMINISTER, "audit.acknowledge")
    db.note(str(AuditAction.CHECKED), kind=EMERGENCY, details={"event": latest.sequence})
