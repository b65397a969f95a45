"""The Headache Center, its experts beside the surgeons, and its clinical trials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from referral_app.choices import STATES, AuditAction, ExpertField, Permission, TrialState
from referral_app.clinical import phones
from referral_app.clinical.answers import ZIP
from referral_app.models import center as tables
from referral_app.models.surgeon import Surgeon
from referral_app.services import events
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import spoken_name


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
    """A clinical trial: what is studied, its state, whom to ask, who may take part, and the surgeons who run it.

    `surgeons` are pairs of id and name as it is spoken.
    """

    title: str
    state: TrialState
    procedures: str = ""
    contact: str = ""
    phone: str = ""
    who: str = ""
    summary: str = ""
    surgeons: tuple[tuple[str, str], ...] = ()


@needs(Permission.SEE_DIRECTORY)
def get(session: Session) -> CenterRecord:
    """Return the Center; an empty record before it was entered."""
    return _get(session)


def _get(session: Session) -> CenterRecord:
    row = session.scalar(select(tables.Center))
    if row is None:
        return CenterRecord()
    return CenterRecord(**{field.name: getattr(row, field.name) for field in fields(CenterRecord)})


@needs(Permission.CHANGE_DIRECTORY)
def save(session: Session, record: CenterRecord) -> None:
    """Write the Center; raises InvalidInput by field."""
    if problems := _problems(record):
        raise InvalidInput(problems)
    old = asdict(_get(session))
    row = session.scalar(select(tables.Center)) or tables.Center()
    for name, value in asdict(record).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    if changed := [name for name, value in asdict(record).items() if old[name] != value]:
        events.record(session, AuditAction.CHANGED, "center", fields=changed)


@needs(Permission.SEE_DIRECTORY)
def experts(session: Session) -> list[ExpertRecord]:
    """Return the Center's other experts in their order."""
    return _experts(session)


def _experts(session: Session) -> list[ExpertRecord]:
    rows = session.scalars(select(tables.Expert).order_by(tables.Expert.position))
    return [ExpertRecord(row.name, row.field, row.degrees, row.what, row.phone) for row in rows]


@needs(Permission.SEE_DIRECTORY)
def trials(session: Session) -> list[TrialRecord]:
    """Return the Center's clinical trials in their order."""
    return _trials(session)


@needs(Permission.SEE_DIRECTORY)
def trials_of(session: Session, surgeon_id: str) -> list[TrialRecord]:
    """Return the clinical trials that a surgeon runs, in their order."""
    run = tables.TrialSurgeon
    return _trials(session, tables.Trial.id.in_(select(run.trial_id).where(run.surgeon_id == surgeon_id)))


def _trials(session: Session, *only: ColumnElement[bool]) -> list[TrialRecord]:
    rows = list(session.scalars(select(tables.Trial).where(*only).order_by(tables.Trial.position)))
    run_by = _run_by(session) if rows else {}
    return [
        TrialRecord(
            row.title, row.state, row.procedures, row.contact, row.phone, row.who, row.summary,
            tuple(run_by.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def _run_by(session: Session) -> dict[str, list[tuple[str, str]]]:
    """Return id and name of the surgeons who run each trial, by its id; nobody who left the directory."""
    run = tables.TrialSurgeon
    found: dict[str, list[tuple[str, str]]] = {}
    names = (Surgeon.id, Surgeon.given_name, Surgeon.family_name, Surgeon.degrees)
    rows = session.execute(
        select(run.trial_id, *names)
        .join(Surgeon, Surgeon.id == run.surgeon_id)
        .where(~Surgeon.archived)
        .order_by(Surgeon.sort_name, Surgeon.id)
    )
    for trial_id, surgeon_id, *name in rows:
        found.setdefault(trial_id, []).append((surgeon_id, spoken_name(*name)))
    return found


@needs(Permission.CHANGE_DIRECTORY)
def replace_experts(session: Session, records: list[ExpertRecord]) -> None:
    """Write the list of experts anew; raises InvalidInput by `experts[n].field`."""
    _refuse_experts(records)
    if _experts(session) != records:
        events.record(session, AuditAction.CHANGED, "experts", count=len(records))
    for row in session.scalars(select(tables.Expert)):
        session.delete(row)
    session.add_all(tables.Expert(**asdict(record), position=n) for n, record in enumerate(records))
    session.flush()


@needs(Permission.CHANGE_DIRECTORY)
def replace_trials(session: Session, records: list[TrialRecord]) -> None:
    """Write the list of trials anew; raises InvalidInput by `trials[n].field`."""
    _refuse_trials(records)
    _refuse_unknown(session, records)
    if _trials(session) != records:
        events.record(session, AuditAction.CHANGED, "trials", count=len(records))
    for row in session.scalars(select(tables.Trial)):
        session.delete(row)
    session.flush()
    for n, record in enumerate(records):
        row = tables.Trial(**{name: getattr(record, name) for name in _TRIAL}, position=n)
        session.add(row)
        session.flush()
        session.add_all(
            tables.TrialSurgeon(trial_id=row.id, surgeon_id=one) for one in dict.fromkeys(_ids(record))
        )
    session.flush()


_TRIAL = [field.name for field in fields(TrialRecord) if field.name != "surgeons"]


def _ids(record: TrialRecord) -> list[str]:
    return [surgeon_id for surgeon_id, _ in record.surgeons]


def _refuse_unknown(session: Session, records: list[TrialRecord]) -> None:
    """Refuse a trial run by somebody who is not in the directory."""
    for number, record in enumerate(records):
        known = set(session.scalars(select(Surgeon.id).where(Surgeon.id.in_(_ids(record)))))
        if gone := [name for surgeon_id, name in record.surgeons if surgeon_id not in known]:
            sentence = f"{record.title}: {' and '.join(gone)} left the directory."
            raise InvalidInput({f"trials[{number}].surgeons": sentence})


def check(record: CenterRecord, experts: list[ExpertRecord], trials: list[TrialRecord]) -> None:
    """Raise InvalidInput where a Center, its experts or its trials would not be written; the store is not asked."""
    if problems := _problems(record):
        raise InvalidInput(problems)
    _refuse_experts(experts)
    _refuse_trials(trials)


def _refuse_experts(records: list[ExpertRecord]) -> None:
    _refuse_invalid("experts", [(record.name, expert_problems(asdict(record))) for record in records])


def _refuse_trials(records: list[TrialRecord]) -> None:
    _refuse_invalid("trials", [(record.title, trial_problems(asdict(record))) for record in records])


def expert_problems(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the values of an expert, one sentence for each field."""
    found = {} if values["name"].strip() else {"name": "Enter a name."}
    if not values["field"]:
        found["field"] = "Choose a field of work."
    return found | _wrong_phones(values, "phone")


def trial_problems(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the values of a clinical trial, one sentence for each field."""
    found = {} if values["title"].strip() else {"title": "Enter the title of the trial."}
    if not values["state"]:
        found["state"] = "Choose whether it takes people now."
    return found | _wrong_phones(values, "phone")


def _problems(record: CenterRecord) -> dict[str, str]:
    found = {} if record.name.strip() else {"name": "Enter the name of the Center."}
    if record.state and record.state not in STATES:
        found["state"] = "Choose a state of the United States."
    if record.zip and not re.fullmatch(ZIP, record.zip):
        found["zip"] = "Type five digits, or nine as 21287-0001."
    return found | _wrong_phones(asdict(record), "phone", "fax", "after_hours_phone")


def _wrong_phones(values: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: problem for name in names if values[name] and (problem := phones.problem(values[name]))}


def _refuse_invalid(part: str, found: list[tuple[str, dict[str, str]]]) -> None:
    """Refuse a list in which any entry is wrong, each sentence with the name it is about."""
    problems = {
        f"{part}[{number}].{field}": f"{name}: {sentence}" if name.strip() else sentence
        for number, (name, wrong) in enumerate(found)
        for field, sentence in wrong.items()
    }
    if problems:
        raise InvalidInput(problems)
