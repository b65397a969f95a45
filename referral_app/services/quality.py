"""The requests of a period for quality work: read in an order by chance, for an export without names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, func, literal_column, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services import events, report_counts
from referral_app.services.permissions import needs
from referral_app.services.quality_records import DATES, Source
from referral_app.services.report_records import Wanted

_NUMBER = literal_column("request.rowid", Integer)


@needs(Permission.ADMINISTER)
def chosen(session: Session, wanted: Wanted) -> Sequence[int]:
    """Return the numbers of the requests of a period in an order by chance, so that the order tells no dates."""
    query = select(_NUMBER).where(*report_counts.conditions(session, wanted)).order_by(func.random())
    return session.scalars(query).all()


@needs(Permission.ADMINISTER)
def read(session: Session, numbers: Sequence[int]) -> list[Source]:
    """Return some requests by number, in that order; what is exported of them is noted by `note`."""
    found = session.execute(
        select(_NUMBER.label("at"), Request, Referral.urgency, Referral.id, Referral.date_of_birth, Patient)
        .join(Referral, Referral.id == Request.referral_id)
        .outerjoin(Patient, Patient.id == Referral.patient_id)
        .where(_NUMBER.in_(numbers))
    )
    rows = {
        row.at: _source(row.Request, row.urgency, row.id, row.date_of_birth, row.Patient) for row in found
    }
    return [rows[number] for number in numbers if number in rows]


@needs(Permission.ADMINISTER)
def note(session: Session, wanted: Wanted, count: int) -> None:
    """Note that so many rows without names are taken out; called before the file is there."""
    events.record(
        session, AuditAction.EXPORTED, "quality", f"{wanted.since.isoformat()}/{wanted.until.isoformat()}",
        count=count, practice=wanted.practice_id, surgeon=wanted.surgeon_id,
    )  # fmt: skip


def _source(request: Request, urgency: str, referral_id: str, born: str, patient: Patient | None) -> Source:
    details: dict[str, Any] = patient.details if patient else {}
    return Source(
        patient.id if patient else referral_id, patient.date_of_birth if patient else dates.stored(born),
        str(given(details, "address.zip") or ""), str(given(details, "sex") or ""), urgency, str(request.status),
        bool(request.reason), request.missing, request.headache_index,
        {name: day for name in DATES if (day := getattr(request, name)) is not None},
    )  # fmt: skip
