"""What is printed of a referral: reading it for a letter or packet, and noting each that was shown or handed out."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import computed
from referral_app.clinical.fields import as_list, given
from referral_app.models.referral import Referral
from referral_app.services import events, referral_rows, versions
from referral_app.services.permissions import needs
from referral_app.services.referral_records import ReferralRecord


@needs(Permission.PRINT)
def preview(session: Session, name: str, kind: str, number: int = 0) -> ReferralRecord:
    """Return a referral for a document that is shown first; `kind` is "letter" or "packet". Raises as `get` does.

    With `number` its answers are those of that version; raises NotFound where there is none.
    """
    if number:
        return versions.get(session, name, number, kind)
    row = referral_rows.row(session, name)
    _note(session, AuditAction.OPENED, row, kind, row.number)
    return referral_rows.record(row, referral_rows.current(session, row) or {})


@needs(Permission.PRINT)
def hand_out(session: Session, name: str, kind: str, to: str) -> ReferralRecord:
    """Return a referral for a document that goes to paper or into a file at once, and note that it was printed."""
    row = referral_rows.row(session, name)
    _note(session, AuditAction.PRINTED, row, kind, row.number, to=to)
    return referral_rows.record(row, referral_rows.current(session, row) or {})


@needs(Permission.PRINT)
def handed_out(session: Session, name: str, kind: str, number: int, to: str) -> None:
    """Note that a document shown before, of the version with this number, goes to paper or into a file."""
    _note(session, AuditAction.PRINTED, referral_rows.row(session, name), kind, number, to=to)


@needs(Permission.PRINT)
def wishes(session: Session, name: str) -> tuple[str, frozenset[str]]:
    """Return the language and the needs of a referral's patient, by which a packet is chosen."""
    intake = referral_rows.current(session, referral_rows.row(session, name)) or {}
    needed = frozenset(str(need) for need in as_list(given(intake, "patient.needs")))
    return str(given(intake, "patient.language") or ""), needed


@needs(Permission.PRINT)
def is_minor(session: Session, name: str, today: date | None = None) -> bool:
    """Tell whether a referral's patient is under 18: what is written for adults is not printed (contract section 2)."""
    intake = referral_rows.current(session, referral_rows.row(session, name)) or {}
    age = computed.computed(intake, today)["age"]
    return isinstance(age, int) and age < computed.ADULT


def _note(
    session: Session, action: AuditAction, row: Referral, kind: str, number: int, **details: str
) -> None:
    events.record(
        session, action, kind, row.id, row.patient_id, reference=row.reference, version=number, **details
    )
