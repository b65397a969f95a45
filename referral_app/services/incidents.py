"""Something went where it was not meant to go: what, who has it, who was told, and what was done, until it is closed.

Source: 45 CFR 164.308(a)(6) (incidents are documented with their outcome) and 164.402 (who has it, what was done).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates, phones
from referral_app.models.base import now
from referral_app.models.referral import Referral
from referral_app.models.sending import Incident
from referral_app.services import events, referral_rows
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_scope, in_scope, needs


@dataclass(frozen=True)
class Told:
    """Somebody who was told of it: who, on which day, and how."""

    who: str
    on: date
    how: str = ""


@dataclass(frozen=True)
class IncidentRecord:
    """An incident: to which number or address, what went, who has it, who was told and what was done.

    `address` is the one that was really reached, "" where nobody knows it; `what` and `who_has_it` are told to the
    patient in the list of disclosures, `note` is the office's own.
    """

    reference: str
    found_on: date
    address: str = ""
    what: str = ""
    who_has_it: str = ""
    done: str = ""
    told: tuple[Told, ...] = ()
    attempt_id: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    patient: str = ""
    patient_id: str = ""
    referral_id: str = ""
    id: str = ""
    version: int = 0
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.closed_at is None

    @property
    def said(self) -> str:
        """The number or address as it is said."""
        return phones.say(self.address) if self.address else "Number or address not known"


@needs(Permission.SEND)
def record(session: Session, incident: IncidentRecord, today: date | None = None) -> IncidentRecord:
    """Write a new incident or change an open one, and return it.

    Raises InvalidInput by field (found_on, what, told), Conflict since its version, NotFound, Denied for another
    practice's.
    """
    if problems := _problems(incident, today or date.today()):
        raise InvalidInput(problems)
    if incident.id:
        row = _open(session, incident.id, incident.version)
        referral = referral_rows.row(session, row.referral_id)
    else:
        referral = referral_rows.row(session, incident.reference)
        row = Incident(
            referral_id=referral.id, practice_id=referral.practice_id, attempt_id=incident.attempt_id or None,
            recorded_by=actor(session).name,
        )  # fmt: skip
    row.found_on, row.address, row.what = incident.found_on, incident.address.strip(), incident.what.strip()
    row.who_has_it, row.done = incident.who_has_it.strip(), incident.done.strip()
    row.note = incident.note.strip()
    row.told = [
        {"who": one.who.strip(), "on": one.on.isoformat(), "how": one.how.strip()} for one in incident.told
    ]
    session.add(row)
    session.flush()
    _note(session, AuditAction.CHANGED if incident.id else AuditAction.CREATED, row, referral)
    return _record(row, referral)


@needs(Permission.ADMINISTER)
def close(session: Session, incident_id: str, version: int = 0) -> IncidentRecord:
    """Close an incident and return it.

    Raises InvalidInput by field where it does not say who has it, who was told and what was done; Conflict, NotFound,
    Denied.
    """
    row = _open(session, incident_id, version)
    problems: dict[str, str] = {}
    if not row.who_has_it:
        problems["who_has_it"] = "Enter who has it, or that nobody could find out."
    if not row.told:
        problems["told"] = "Enter who was told, or why nobody is."
    if not row.done:
        problems["done"] = "Enter what was done."
    if problems:
        raise InvalidInput(problems)
    row.closed_at, row.closed_by = now(), actor(session).name
    session.flush()
    referral = referral_rows.row(session, row.referral_id)
    _note(session, AuditAction.CHANGED, row, referral, closed=True)
    return _record(row, referral)


@needs(Permission.SEE_PATIENTS)
def get(session: Session, incident_id: str) -> IncidentRecord:
    """Return an incident; noted as opened. Raises NotFound, Denied for another practice's."""
    row = _get(session, incident_id)
    referral = referral_rows.row(session, row.referral_id)
    _note(session, AuditAction.OPENED, row, referral)
    return _record(row, referral)


@needs(Permission.SEE_PATIENTS)
def find(
    session: Session, open_only: bool = False, limit: int = 200, offset: int = 0
) -> list[IncidentRecord]:
    """Return the incidents in view, the open ones first and the latest found first; noted as a search."""
    wanted = select(Incident, Referral).join(Referral, Referral.id == Incident.referral_id)
    wanted = wanted.where(in_scope(session, Incident.practice_id))
    if open_only:
        wanted = wanted.where(Incident.closed_at.is_(None))
    order = Incident.closed_at.is_not(None), Incident.found_on.desc(), Incident.created.desc(), Incident.id
    rows = session.execute(wanted.order_by(*order).limit(limit).offset(offset)).all()
    events.record(session, AuditAction.SEARCHED, "incidents", found=len(rows))
    return [_record(row, referral) for row, referral in rows]


@needs(Permission.SEE_PATIENTS)
def count(session: Session, open_only: bool = False) -> int:
    """Return how many incidents are in view."""
    wanted = select(func.count()).select_from(Incident).where(in_scope(session, Incident.practice_id))
    return session.scalar(wanted.where(Incident.closed_at.is_(None)) if open_only else wanted) or 0


def _problems(incident: IncidentRecord, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if incident.found_on > today:
        found["found_on"] = "This day has not come yet."
    if not incident.what.strip():
        found["what"] = "Enter what went there."
    for one in incident.told:
        if not one.who.strip():
            found["told"] = "Enter who was told, or remove the line."
        elif one.on > today:
            found["told"] = f"The day on which {one.who.strip()} was told has not come yet."
    return found


def _open(session: Session, incident_id: str, version: int) -> Incident:
    row = _get(session, incident_id)
    if version and version != row.version:
        raise Conflict("Somebody else changed this incident meanwhile. Open it again.")
    if row.closed_at is not None:
        on = dates.say(row.closed_at.astimezone().date())
        raise InvalidInput({"": f"This incident was closed on {on} by {row.closed_by or 'somebody'}."})
    return row


def _get(session: Session, incident_id: str) -> Incident:
    row = session.get(Incident, incident_id)
    if row is None:
        raise NotFound("This incident is not there.")
    ask_scope(session, row.practice_id, "incident", row.id)
    return row


def _note(session: Session, action: AuditAction, row: Incident, referral: Referral, **details: Any) -> None:
    about = {"reference": referral.reference, **details}
    events.record(session, action, "incident", row.id, referral.patient_id, **about)


def _record(row: Incident, referral: Referral) -> IncidentRecord:
    return IncidentRecord(
        referral.reference, row.found_on, row.address, row.what, row.who_has_it, row.done, _told(row.told),
        row.attempt_id or "", row.recorded_by, row.created, row.closed_at, row.closed_by, referral.patient_name,
        referral.patient_id or "", referral.id, row.id, row.version, row.note,
    )  # fmt: skip


def _told(stored: Sequence[Any]) -> tuple[Told, ...]:
    return tuple(Told(str(one["who"]), date.fromisoformat(one["on"]), str(one["how"])) for one in stored)
