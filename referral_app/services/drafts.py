"""Drafts: what one person has typed and not yet saved, one row for each referral and person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.models.base import now
from referral_app.models.referral import Draft, Referral
from referral_app.services.errors import NotFound
from referral_app.services.patients import sort_name


@dataclass(frozen=True)
class DraftRecord:
    """A draft; `based_on` is the lock version of the referral that it changes, None for a new one."""

    id: str
    referral_id: str | None
    person: str
    intake: dict[str, Any]
    updated: datetime
    based_on: int | None
    patient: str
    reference: str = ""
    patient_id: str = ""
    marks: frozenset[str] = frozenset()


def save(
    session: Session,
    draft_id: str,
    person: str,
    intake: dict[str, Any],
    referral_id: str | None = None,
    based_on: int | None = None,
    patient_id: str = "",
    marks: frozenset[str] = frozenset(),
) -> None:
    """Write a draft under an id that the caller made; saving the same one again replaces it.

    `patient_id` names the stored patient that was chosen, `marks` the private answers ticked for the letter.
    """
    row = session.get(Draft, draft_id)
    if row is None and referral_id:
        row = session.scalar(select(Draft).where(Draft.referral_id == referral_id, Draft.person == person))
    row = row or Draft(id=draft_id, referral_id=referral_id, person=person)
    row.intake, row.based_on, row.updated = intake, based_on, now()
    row.patient_id, row.marks = patient_id or None, sorted(marks)
    values = intake.get("patient")
    row.patient = sort_name(values) if isinstance(values, dict) else ""  # pyright: ignore[reportUnknownArgumentType]
    session.add(row)
    session.flush()


def get(session: Session, draft_id: str) -> DraftRecord:
    """Return a draft; raises NotFound."""
    row = session.get(Draft, draft_id)
    if row is None:
        raise NotFound("This draft is not there any more; it may have been saved.")
    return _record(session, row)


def of_referral(session: Session, referral_id: str, person: str) -> DraftRecord | None:
    """Return what a person has typed into a saved referral and not saved, None where there is nothing."""
    row = session.scalar(select(Draft).where(Draft.referral_id == referral_id, Draft.person == person))
    return None if row is None else _record(session, row)


def find(session: Session, person: str = "") -> list[DraftRecord]:
    """Return the drafts of a person, or of all, the latest first."""
    statement = select(Draft).order_by(Draft.updated.desc(), Draft.id)
    if person:
        statement = statement.where(Draft.person == person)
    return [_record(session, row) for row in session.scalars(statement)]


def discard(session: Session, draft_id: str) -> None:
    """Throw a draft away; nothing happens where it is gone already."""
    row = session.get(Draft, draft_id)
    if row is not None:
        session.delete(row)


def _record(session: Session, row: Draft) -> DraftRecord:
    referral = session.get(Referral, row.referral_id) if row.referral_id else None
    return DraftRecord(
        row.id, row.referral_id, row.person, row.intake, row.updated, row.based_on, row.patient,
        referral.reference if referral else "",
        row.patient_id or "",
        frozenset(row.marks),
    )  # fmt: skip
