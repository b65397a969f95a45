"""The Headache Center, its experts beside the surgeons, and its clinical trials."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import ExpertField, TrialState
from referral_app.models import center as tables


@dataclass(frozen=True)
class CenterRecord:
    """The Center: address, phones, and whom to ask about trials."""

    name: str = "Headache Center"
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    after_hours_phone: str = ""
    trial_contact: str = ""


@dataclass(frozen=True)
class ExpertRecord:
    """An expert of the Center who is not one of its surgeons, and what they help with."""

    name: str
    field: ExpertField
    degrees: str = ""
    what: str = ""
    phone: str = ""


@dataclass(frozen=True)
class TrialRecord:
    """A clinical trial: what is studied, its state, whom to ask, and who may take part."""

    title: str
    state: TrialState
    procedures: str = ""
    contact: str = ""
    phone: str = ""
    who: str = ""
    summary: str = ""


def get(session: Session) -> CenterRecord:
    """Return the Center; an empty record before it was entered."""
    row = session.scalar(select(tables.Center))
    if row is None:
        return CenterRecord()
    return CenterRecord(**{field.name: getattr(row, field.name) for field in fields(CenterRecord)})


def save(session: Session, record: CenterRecord) -> None:
    """Write the Center."""
    row = session.scalar(select(tables.Center)) or tables.Center()
    for name, value in asdict(record).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def experts(session: Session) -> list[ExpertRecord]:
    """Return the Center's other experts in their order."""
    rows = session.scalars(select(tables.Expert).order_by(tables.Expert.position))
    return [ExpertRecord(row.name, row.field, row.degrees, row.what, row.phone) for row in rows]


def trials(session: Session) -> list[TrialRecord]:
    """Return the Center's clinical trials in their order."""
    rows = session.scalars(select(tables.Trial).order_by(tables.Trial.position))
    return [
        TrialRecord(row.title, row.state, row.procedures, row.contact, row.phone, row.who, row.summary)
        for row in rows
    ]


def replace_experts(session: Session, records: list[ExpertRecord]) -> None:
    """Write the list of experts anew."""
    for row in session.scalars(select(tables.Expert)):
        session.delete(row)
    session.add_all(tables.Expert(**asdict(record), position=n) for n, record in enumerate(records))
    session.flush()


def replace_trials(session: Session, records: list[TrialRecord]) -> None:
    """Write the list of trials anew."""
    for row in session.scalars(select(tables.Trial)):
        session.delete(row)
    session.add_all(tables.Trial(**asdict(record), position=n) for n, record in enumerate(records))
    session.flush()
