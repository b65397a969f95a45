"""The release log: copies that patients and others asked for, by when they are due, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, PaperAct, PaperKind, Permission
from referral_app.clinical import dates
from referral_app.models.paper import Paper, PaperEvent, Release
from referral_app.models.patient import Patient
from referral_app.services import events, ledger, patients, referral_rows
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.ledger import Leaving
from referral_app.services.permissions import actor, ask_scope, in_scope, needs

DUE_DAYS, EXTENSION_DAYS = 30, 30
"""Days from a request to the copy, and by how many this may be put off once, with the reason in writing: 45 CFR
164.524(b)(2)."""


@dataclass(frozen=True)
class ReleaseRecord:
    """A copy that was asked for; `given_on` and `refused_why` say what became of it, neither that it is open.

    `extended_why` says why its day was put off, "" where it was not.

    `papers` are the kinds of the documents that were given, each with when it was made.
    """

    patient_id: str
    asked_by: str
    asked_on: date
    relation: str = ""
    wanted: str = ""
    due_on: date | None = None
    identity: str = ""
    given_on: date | None = None
    given_how: str = ""
    refused_why: str = ""
    note: str = ""
    reference: str = ""
    recorded_by: str = ""
    patient: str = ""
    id: str = ""
    version: int = 0
    papers: tuple[tuple[PaperKind, datetime], ...] = ()
    extended_why: str = ""

    @property
    def latest(self) -> date:
        """The last day on which the copy may be given."""
        return self.asked_on + timedelta(days=DUE_DAYS + (EXTENSION_DAYS if self.extended_why else 0))

    @property
    def may_extend(self) -> bool:
        """Whether its day can still be put off: once, and before it is over."""
        return self.is_open and not self.extended_why and (self.due_on or self.latest) >= date.today()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its copy."""
        return self.given_on is None and not self.refused_why


@needs(Permission.MERGE)
def record(session: Session, asked: ReleaseRecord, today: date | None = None) -> ReleaseRecord:
    """Enter a request, or change one that is open, and return it; due after 30 days unless an earlier day is given.

    One that was put off is due after 60 at most. What is put off is said by `extend` alone.
    Raises InvalidInput naming the fields, NotFound, Denied for another practice's patient, Conflict.
    """
    row = _open(session, asked.id, asked.version) if asked.id else None
    asked = replace(asked, extended_why=row.extended_why if row else "")
    _refuse_invalid(asked, today or date.today())
    patient = session.get(Patient, patients.current_id(session, asked.patient_id))
    if patient is None:
        raise NotFound("This patient is not there.")
    ask_scope(session, patient.practice_id, "patient", patient.id)
    row = row or Release(recorded_by=actor(session).name)
    referral = referral_rows.row(session, asked.reference) if asked.reference else None
    if referral is not None and referral.patient_id != patient.id:
        raise InvalidInput({"reference": "This referral is of another patient."})
    row.patient_id, row.practice_id = patient.id, patient.practice_id
    row.referral_id = referral and referral.id
    for name in ("asked_by", "relation", "wanted", "asked_on", "identity", "note"):
        setattr(row, name, getattr(asked, name))
    row.due_on = asked.due_on or asked.latest
    new = not asked.id
    session.add(row)
    session.flush()
    events.record(session, AuditAction.CREATED if new else AuditAction.CHANGED, "release", row.id, patient.id)
    return _records(session, [row])[0]


@needs(Permission.MERGE)
def extend(session: Session, release_id: str, why: str, version: int = 0) -> ReleaseRecord:
    """Put the day off to 60 days after the request, once, with the reason that is told in writing; return the request.

    Raises InvalidInput by extended_why, or where it was put off before or its day is over; Conflict, NotFound, Denied.
    """
    row = _open(session, release_id, version)
    if row.extended_why:
        raise InvalidInput({"": "This was put off before. The rule allows that once."})
    if row.due_on < date.today():
        raise InvalidInput({"": "The day is over. It can be put off before that day alone."})
    if not why.strip():
        raise InvalidInput({"extended_why": "Enter why it takes longer. Who asked is told this in writing."})
    row.extended_why = why.strip()
    row.due_on = row.asked_on + timedelta(days=DUE_DAYS + EXTENSION_DAYS)
    session.flush()
    events.record(session, AuditAction.CHANGED, "release", row.id, row.patient_id)
    return _records(session, [row])[0]


@needs(Permission.MERGE)
def give(
    session: Session, release_id: str, paper_ids: Sequence[str], how: str, given_on: date, version: int = 0,
    identity: str = "",
) -> ReleaseRecord:  # fmt: skip
    """Record that copies of documents of the ledger were given out, and return the request.

    `identity` says how the identity was checked, where the request does not say it yet or says it otherwise.
    Raises InvalidInput where nothing was chosen, nobody's identity was checked, or the day cannot be; Conflict since
    `version`; NotFound; Denied.
    """
    row = _open(session, release_id, version)
    row.identity = identity.strip() or row.identity
    problems: dict[str, str] = {}
    if not paper_ids:
        problems["papers"] = "Choose at least one document."
    if not row.identity.strip():
        problems["identity"] = "Enter how the identity of the person was checked."
    if not how.strip():
        problems["given_how"] = "Enter how the copy was given."
    if given_on < row.asked_on or given_on > date.today():
        problems["given_on"] = "The day lies between the request and today."
    if problems:
        raise InvalidInput(problems)
    for paper_id in dict.fromkeys(paper_ids):
        if ledger.get(session, paper_id).patient_id != row.patient_id:
            raise InvalidInput({"papers": "One of these documents is of another patient."})
        ledger.again(
            session, paper_id, Leaving(PaperAct.RELEASED, how.strip(), row.asked_by, release_id=row.id)
        )
    row.given_on, row.given_how = given_on, how.strip()
    session.flush()
    events.record(session, AuditAction.EXPORTED, "release", row.id, row.patient_id, count=len(paper_ids))
    return _records(session, [row])[0]


@needs(Permission.MERGE)
def refuse(session: Session, release_id: str, why: str, version: int = 0) -> ReleaseRecord:
    """Record that no copy was given and why, and return the request; raises InvalidInput without a reason, Conflict."""
    if not why.strip():
        raise InvalidInput({"refused_why": "Enter why no copy was given."})
    row = _open(session, release_id, version)
    row.refused_why = why.strip()
    session.flush()
    events.record(session, AuditAction.CHANGED, "release", row.id, row.patient_id)
    return _records(session, [row])[0]


@needs(Permission.SEE_PATIENTS)
def find(session: Session, patient_id: str = "", open_only: bool = False) -> list[ReleaseRecord]:
    """Return requests, of one patient or of all in view, the open ones by their due day first; noted as a search."""
    asked = select(Release).where(in_scope(session, Release.practice_id))
    if patient_id:
        asked = asked.where(Release.patient_id == patients.current_id(session, patient_id))
    if open_only:
        asked = asked.where(Release.given_on.is_(None), Release.refused_why == "")
    is_over = Release.given_on.is_not(None) | (Release.refused_why != "")
    rows = list(session.scalars(asked.order_by(is_over, Release.due_on, Release.id)))
    events.record(session, AuditAction.SEARCHED, "releases", patient_id, patient_id, found=len(rows))
    return _records(session, rows)


def _refuse_invalid(asked: ReleaseRecord, today: date) -> None:
    problems: dict[str, str] = {}
    if not asked.asked_by.strip():
        problems["asked_by"] = "Enter who asked."
    if asked.asked_on > today:
        problems["asked_on"] = "The day of the request lies in the future."
    if asked.due_on and asked.due_on < asked.asked_on:
        problems["due_on"] = "The copy cannot be due before it was asked for."
    elif asked.due_on and asked.due_on > asked.latest:
        more = (
            "It was put off once." if asked.extended_why else "“More time” puts it off once, with a reason."
        )
        problems["due_on"] = f"The copy is due on {dates.say(asked.latest)} at the latest. {more}"
    if problems:
        raise InvalidInput(problems)


def _open(session: Session, release_id: str, version: int) -> Release:
    row = session.get(Release, release_id)
    if row is None:
        raise NotFound("This request is not there.")
    ask_scope(session, row.practice_id, "release", row.id)
    if version and row.version != version:
        raise Conflict("Somebody else changed this request meanwhile. Open it again.")
    if row.given_on or row.refused_why:
        raise InvalidInput({"": "This request was answered already."})
    return row


def _records(session: Session, rows: Sequence[Release]) -> list[ReleaseRecord]:
    of = select(Patient.id, Patient.sort_name).where(Patient.id.in_({row.patient_id for row in rows}))
    names = {row.id: row.sort_name for row in session.execute(of)}
    gave = _gave(session, rows)
    return [
        ReleaseRecord(
            row.patient_id, row.asked_by, row.asked_on, row.relation, row.wanted, row.due_on, row.identity,
            row.given_on, row.given_how, row.refused_why, row.note,
            referral_rows.row(session, row.referral_id).reference if row.referral_id else "",
            row.recorded_by, names.get(row.patient_id, ""), row.id, row.version, tuple(gave.get(row.id, ())),
            row.extended_why,
        )
        for row in rows
    ]  # fmt: skip


def _gave(session: Session, rows: Sequence[Release]) -> dict[str, list[tuple[PaperKind, datetime]]]:
    """Return kind and time of the documents that were given out, by request, the earliest made first."""
    given = [row.id for row in rows if row.given_on]
    found: dict[str, list[tuple[PaperKind, datetime]]] = {}
    asked = select(PaperEvent.release_id, Paper.kind, Paper.made_at).join(
        Paper, Paper.id == PaperEvent.paper_id
    )
    for release_id, kind, made_at in session.execute(
        asked.where(PaperEvent.release_id.in_(given)).order_by(Paper.made_at)
    ):
        found.setdefault(release_id or "", []).append((kind, made_at))
    return found
