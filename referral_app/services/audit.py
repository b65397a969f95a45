"""The audit: what services note of it, what a person searched for, and what administrators read. Nothing purges it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, StaffRole
from referral_app.models.audit import AuditEvent
from referral_app.models.patient import Patient
from referral_app.models.person import Person
from referral_app.models.practice import Practice
from referral_app.models.referral import Referral
from referral_app.services.events import as_one, event, record
from referral_app.services.permissions import needs

__all__ = [
    "Access", "AuditRecord", "Filter", "as_one", "count", "event", "find", "record", "rows", "searched",
    "who_has_access",
]  # fmt: skip

HEADINGS = (
    "Number", "Time (UTC)", "Minutes from UTC", "Person", "Workstation", "Login session", "Action", "Kind", "Object",
    "Reference", "Patient", "Patient id", "Outcome", "Reason", "Details", "Keyed hash",
)  # fmt: skip
"""The first row of an export."""
_AT_ONCE = 1000
_ABOUT = func.coalesce(Referral.reference, Person.name)
"""How people know what an event is about: the reference number of a referral, the name of a person."""


@dataclass(frozen=True)
class Filter:
    """Which events are shown; `from_` and `to` are days of this PC's time zone, both included.

    `up_to` is the last event that counts: pages of a list must not shift while new ones are noted.
    """

    person_id: str = ""
    patient_id: str = ""
    action: str = ""
    from_: date | None = None
    to: date | None = None
    text: str = ""
    up_to: int = 0


@dataclass(frozen=True)
class AuditRecord:
    """One event; `patient` and `reference` are the names that the store knows today of what it was about."""

    sequence: int
    at: datetime
    person_id: str
    person: str
    workstation: str
    login_session: str
    action: str
    kind: str
    object_id: str
    patient_id: str
    outcome: str
    reason: str
    details: dict[str, Any] = field(default_factory=dict[str, Any])
    hash: str = ""
    offset_minutes: int = 0
    patient: str = ""
    reference: str = ""

    @property
    def action_words(self) -> str:
        """What was done, in words."""
        return AuditAction(self.action).label if self.action in set(AuditAction) else self.action


@dataclass(frozen=True)
class Access:
    """A person with a way into the store, and what it opens."""

    name: str
    login: str
    roles: tuple[StaffRole, ...]
    practice: str
    last_login: datetime | None
    person_id: str = ""


@needs(Permission.SEE_DIRECTORY)
def searched(session: Session, what: str, words: str, found: int) -> None:
    """Note a search that settled: what was searched ("patients", "surgeons" ...), by which words, how many there were.

    The words are noted because the store is encrypted; without them nobody could tell what somebody was looking for.
    """
    record(session, AuditAction.SEARCHED, what, words=words, found=found)


@needs(Permission.ADMINISTER)
def find(session: Session, wanted: Filter, limit: int = 200, offset: int = 0) -> list[AuditRecord]:
    """Return the events that fit, the latest first."""
    return _page(session, wanted, limit, offset)


@needs(Permission.ADMINISTER)
def count(session: Session, wanted: Filter) -> int:
    """Return how many events fit."""
    statement = select(func.count()).select_from(AuditEvent)
    statement = _named(statement) if wanted.text.strip() else statement
    return session.scalar(statement.where(*_conditions(wanted))) or 0


@needs(Permission.ADMINISTER)
def who_has_access(session: Session) -> list[Access]:
    """Return the people who can come in now, by name."""
    statement = select(Person, Practice.name).outerjoin(Practice, Practice.id == Person.practice_id)
    found = session.execute(statement.where(Person.active).order_by(Person.name))
    return [
        Access(
            row.name,
            row.login,
            tuple(StaffRole(role) for role in row.roles),
            practice or "",
            row.last_login,
            row.id,
        )
        for row, practice in found
    ]


@needs(Permission.ADMINISTER)
def rows(session: Session, wanted: Filter) -> Iterator[tuple[str, ...]]:
    """Yield the events that fit as rows of a table, `HEADINGS` first, the latest event first; the export is noted."""
    record(session, AuditAction.EXPORTED, "audit")
    return _rows(session, wanted)


def _rows(session: Session, wanted: Filter) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    conditions: tuple[ColumnElement[bool], ...] = ()
    while found := _page(session, wanted, _AT_ONCE, 0, *conditions):
        yield from (_as_row(one) for one in found)
        conditions = (AuditEvent.sequence < found[-1].sequence,)


def _as_row(one: AuditRecord) -> tuple[str, ...]:
    return (
        str(one.sequence), one.at.isoformat(timespec="seconds"), str(one.offset_minutes), one.person, one.workstation,
        one.login_session, one.action_words, one.kind, one.object_id, one.reference, one.patient, one.patient_id,
        one.outcome, one.reason, json.dumps(one.details, ensure_ascii=False, sort_keys=True) if one.details else "",
        one.hash,
    )  # fmt: skip


def _page(
    session: Session, wanted: Filter, limit: int, offset: int, *more: ColumnElement[bool]
) -> list[AuditRecord]:
    statement = (
        _named(select(AuditEvent, Patient.sort_name, _ABOUT).select_from(AuditEvent))
        .where(*_conditions(wanted), *more)
        .order_by(AuditEvent.sequence.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_record(*row) for row in session.execute(statement)]


def _named(statement: Any) -> Any:
    """Add what the store knows today of the patient, and of the referral or person that an event is about."""
    for table, noted in (
        (Patient, AuditEvent.patient_id), (Referral, AuditEvent.object_id), (Person, AuditEvent.object_id),
    ):  # fmt: skip
        statement = statement.outerjoin(table, _same(table.id, noted))
    return statement


def _same(identity: Any, noted: Any) -> ColumnElement[bool]:
    """Return the condition that an event is about a row: events hold ids as text with hyphens, tables without."""
    return type_coerce(identity, String) == func.replace(noted, "-", "")


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (AuditEvent.person_id, wanted.person_id),
            (AuditEvent.patient_id, wanted.patient_id),
            (AuditEvent.action, wanted.action),
        )
        if value
    ]
    if wanted.up_to:
        parts.append(AuditEvent.sequence <= wanted.up_to)
    if wanted.from_:
        parts.append(AuditEvent.at >= _midnight(wanted.from_))
    if wanted.to:
        parts.append(AuditEvent.at < _midnight(wanted.to + timedelta(days=1)))
    searched_in = (
        AuditEvent.person, AuditEvent.kind, AuditEvent.reason, AuditEvent.workstation,
        cast(AuditEvent.details, String), Patient.sort_name, _ABOUT,
    )  # fmt: skip
    for word in wanted.text.split():
        forms = {word, json.dumps(word)[1:-1]}
        parts.append(
            or_(*(column.icontains(form, autoescape=True) for column in searched_in for form in forms))
        )
    return parts


def _midnight(day: date) -> str:
    """Return the beginning of a day of this PC as events keep moments, which compare as text."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC).isoformat(timespec="microseconds")


def _record(row: AuditEvent, patient: str | None, reference: str | None) -> AuditRecord:
    return AuditRecord(
        row.sequence, datetime.fromisoformat(row.at), row.person_id, row.person, row.workstation, row.login_session,
        row.action, row.kind, row.object_id, row.patient_id, row.outcome, row.reason, row.details, row.hash,
        row.offset_minutes, patient or "", reference or "",
    )  # fmt: skip
