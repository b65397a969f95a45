"""The ledger of paper: each document that was made, what was done with it, and its bytes once it left."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, PaperAct, PaperKind, Permission
from referral_app.models.base import now
from referral_app.models.paper import Paper, PaperContent, PaperEvent
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.services import events, paper_words, referral_rows
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_scope, in_scope, needs

DAMAGED = (
    "The bytes of this document are not those that were recorded. Restore a backup, or tell an administrator."
)
NOT_KEPT = "This document was only looked at; its bytes were not kept."
_NAMES_PATIENTS = (PaperKind.LABELS, PaperKind.MORNING_SHEET)
"""What is about no referral and names patients all the same: only the office that made it, and the Center, see it."""


@dataclass(frozen=True)
class Document:
    """What is recorded of a document: what it is, of which version of which referral or about what, and how written.

    `surgeon_ids` and `details` say in the audit what a paper of the directory is about; `patient_id` is that of a
    paper about a patient and no referral.
    """

    kind: PaperKind
    reference: str = ""
    number: int = 0
    subject: str = ""
    language: str = "en"
    large: bool = False
    pages: int = 0
    enclosed: tuple[str, ...] = ()
    surgeon_ids: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    patient_id: str = ""


@dataclass(frozen=True)
class Leaving:
    """What is done with a document: how (which printer, file or fax), for whom, in how many copies."""

    act: PaperAct
    how: str = ""
    for_whom: str = ""
    copies: int = 1
    protected: bool = False
    appointment_id: str = ""
    release_id: str = ""


@dataclass(frozen=True)
class PaperEventRecord:
    """One act on a document: when, by whom, and how."""

    act: PaperAct
    at: datetime
    by: str
    how: str = ""
    for_whom: str = ""
    copies: int = 1
    protected: bool = False
    release_id: str = ""


@dataclass(frozen=True)
class PaperRecord:
    """One document of the ledger with what was done with it, the latest first."""

    id: str
    kind: PaperKind
    reference: str
    number: int
    subject: str
    patient_id: str
    patient: str
    language: str
    large: bool
    pages: int
    size: int
    sha256: str
    enclosed: tuple[str, ...]
    made_at: datetime
    made_by: str
    acts: tuple[PaperEventRecord, ...] = ()

    @property
    def stood(self) -> tuple[PaperEventRecord, ...]:
        """The acts, the latest first, without those that were taken back: noted once more, with no copy."""
        standing: list[PaperEventRecord] = []
        for act in reversed(self.acts):
            _go_on(standing, act)
        return tuple(reversed(standing))


@dataclass(frozen=True)
class Filter:
    """Which documents a list shows; by default those of all referrals in view that left the program.

    `words` are looked for in the names of patients, reference numbers and subjects; `to` is exclusive.
    """

    reference: str = ""
    patient_id: str = ""
    kinds: Collection[PaperKind] = ()
    words: str = ""
    since: datetime | None = None
    to: datetime | None = None
    looked_at_too: bool = False


@needs(Permission.PRINT)
def made(session: Session, document: Document, content: bytes, *, keep: bool = False) -> str:
    """Record a document that was made and return its id; the same bytes again are the same one.

    Its bytes are kept with `keep` alone: where it is about to leave, and a crash must not lose what left.
    """
    paper = _row(session, document, content)
    if keep:
        _keep(session, paper, content)
    return paper.id


@needs(Permission.PRINT)
def leave(session: Session, document: Document, content: bytes, leaving: Leaving) -> str:
    """Record that a document leaves the program, keep its bytes and return its id; called before it leaves.

    `content` are the bytes before any password. Raises NotFound and Denied as reading its referral does.
    """
    paper = _row(session, document, content)
    _keep(session, paper, content)
    _leaves(session, paper, document, leaving)
    return paper.id


@needs(Permission.PRINT)
def again(session: Session, paper_id: str, leaving: Leaving) -> None:
    """Record that a document of the ledger leaves once more as it was; raises NotFound, Denied, InvalidInput."""
    paper = _get(session, paper_id)
    if session.get(PaperContent, paper.sha256) is None:
        raise InvalidInput({"": NOT_KEPT})
    _leaves(session, paper, None, leaving)


@needs(Permission.PRINT)
def content(session: Session, paper_id: str) -> bytes:
    """Return exactly the bytes that left the program; noted as opened.

    Raises NotFound, Denied for another practice's, InvalidInput where they were not kept or are not those recorded.
    """
    paper = _get(session, paper_id)
    _note(session, AuditAction.OPENED, paper, None)
    return _kept(session, paper.sha256)


@needs(Permission.PRINT)
def get(session: Session, paper_id: str) -> PaperRecord:
    """Return one document of the ledger; noted as opened. Raises NotFound, Denied for another practice's."""
    paper = _get(session, paper_id)
    _note(session, AuditAction.OPENED, paper, None)
    return _records(session, [paper])[0]


@needs(Permission.PRINT)
def as_sent(
    session: Session, reference: str, number: int, sent_at: datetime | None
) -> tuple[str, bytes, tuple[str, ...]] | None:
    """Return id, bytes and what is in the letter of a version that was sent, as it last left before that.

    Else as it first left after it, None where none left the program. Raises InvalidInput as `content` does; nothing is
    noted here.
    """
    row = referral_rows.row(session, reference)
    mine = Paper.referral_id == row.id, Paper.kind == PaperKind.LETTER, Paper.number == number
    found = _records(session, list(session.scalars(select(Paper).where(*mine))))
    acts = sorted(
        (
            (act.at, at)
            for at, one in enumerate(found)
            for act in one.stood
            if act.act is not PaperAct.RELEASED
        )
    )
    before = [one for one in acts if sent_at is None or one[0] <= sent_at]
    chosen = before[-1] if before else acts[0] if acts else None
    paper = found[chosen[1]] if chosen else None
    return (paper.id, _kept(session, paper.sha256), paper.enclosed) if paper else None


@needs(Permission.PRINT)
def find(session: Session, which: Filter, limit: int = 200, offset: int = 0) -> list[PaperRecord]:
    """Return documents, the latest made first, with what was done with them; one event notes the list."""
    latest = select(Paper).where(*_conditions(session, which)).order_by(Paper.made_at.desc(), Paper.id)
    found = list(session.scalars(latest.limit(limit).offset(offset)))
    patient = which.patient_id or (found[0].patient_id if which.reference and found else "")
    events.record(session, AuditAction.SEARCHED, "papers", which.reference, patient, found=len(found))
    return _records(session, found)


@needs(Permission.PRINT)
def count(session: Session, which: Filter) -> int:
    """Return how many documents a list has."""
    return session.scalar(select(func.count()).select_from(Paper).where(*_conditions(session, which))) or 0


@needs(Permission.PRINT)
def printed_for(session: Session, references: Sequence[str], kind: PaperKind) -> dict[str, PaperEventRecord]:
    """Return when documents of a kind last left the program, by the reference number of their referral.

    What was taken back before anything was printed does not count.
    """
    rows = session.execute(
        select(Paper.reference, PaperEvent)
        .join(PaperEvent, PaperEvent.paper_id == Paper.id)
        .join(Referral, Referral.id == Paper.referral_id)
        .where(Referral.reference.in_(references), Paper.kind == kind, in_scope(session, Paper.practice_id))
        .order_by(PaperEvent.at)
    )
    papers: dict[tuple[str, str], list[PaperEventRecord]] = {}
    for reference, event in rows:
        _go_on(papers.setdefault((reference, event.paper_id), []), _event(event))
    last: dict[str, PaperEventRecord] = {}
    for (reference, _), acts in papers.items():
        if acts and (reference not in last or last[reference].at <= acts[-1].at):
            last[reference] = acts[-1]
    return last


def _keep(session: Session, paper: Paper, content: bytes) -> None:
    if session.get(PaperContent, paper.sha256) is None:
        session.add(PaperContent(sha256=paper.sha256, content=content))


def _leaves(session: Session, paper: Paper, document: Document | None, leaving: Leaving) -> None:
    session.add(
        PaperEvent(
            paper_id=paper.id, act=leaving.act, by=actor(session).name, how=leaving.how, for_whom=leaving.for_whom,
            copies=leaving.copies, protected=leaving.protected, appointment_id=leaving.appointment_id or None,
            release_id=leaving.release_id or None,
        )
    )  # fmt: skip
    session.flush()
    _note(session, AuditAction.PRINTED, paper, document, to=str(leaving.act), copies=leaving.copies)


def _go_on(acts: list[PaperEventRecord], act: PaperEventRecord) -> None:
    """Add the next act to those of a document; one with no copy takes the last of its kind back instead."""
    if act.copies:
        acts.append(act)
    elif (at := next((n for n in reversed(range(len(acts))) if acts[n].act is act.act), None)) is not None:
        del acts[at]


def _row(session: Session, document: Document, content: bytes) -> Paper:
    """Return the row of a document, a new one where these bytes were not made of this version before."""
    referral = referral_rows.row(session, document.reference) if document.reference else None
    patient = _patient(session, document.patient_id) if document.patient_id and not referral else None
    sha256 = hashlib.sha256(content).hexdigest()
    about = referral or patient
    practice_id = about.practice_id if about else _office(session, document.kind)
    patient_id = referral.patient_id if referral else patient and patient.id
    of = Paper.referral_id == referral.id if referral else Paper.referral_id.is_(None)
    same = Paper.kind == document.kind, Paper.sha256 == sha256, Paper.number == document.number
    if not referral:
        of &= Paper.patient_id == patient_id if patient_id else Paper.patient_id.is_(None)
        of &= Paper.practice_id == practice_id if practice_id else Paper.practice_id.is_(None)
    known = session.scalar(select(Paper).where(of, *same).limit(1))
    if known is not None:
        return known
    paper = Paper(
        kind=document.kind, referral_id=referral and referral.id, patient_id=patient_id,
        practice_id=practice_id, reference=referral.reference if referral else "",
        number=document.number, subject=document.subject, language=document.language, large=document.large,
        pages=document.pages, size=len(content), sha256=sha256, enclosed=list(document.enclosed), made_at=now(),
        made_by=actor(session).name,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    return paper


def _patient(session: Session, patient_id: str) -> Patient:
    found = session.get(Patient, patient_id)
    if found is None:
        raise NotFound("This patient is not there any more.")
    ask_scope(session, found.practice_id, "patient", found.id)
    return found


def _office(session: Session, kind: PaperKind) -> str | None:
    """Return whose a paper about no referral is: the office of who makes it where patients are named, else nobody's."""
    return (actor(session).practice_id or None) if kind in _NAMES_PATIENTS else None


def _note(
    session: Session, action: AuditAction, paper: Paper, document: Document | None, **details: Any
) -> None:
    """Note an act for the referral, or for each surgeon that a paper of the directory is about."""
    kind = str(paper.kind)
    if paper.referral_id:
        events.record(
            session, action, kind, paper.referral_id, paper.patient_id, reference=paper.reference,
            version=paper.number, **details,
        )  # fmt: skip
        return
    if paper.patient_id:
        events.record(session, action, kind, paper.patient_id, paper.patient_id, **details)
        return
    about: Mapping[str, Any] = document.details if document else {}
    for surgeon_id in (document.surgeon_ids if document else ()) or ("",):
        events.record(session, action, kind, surgeon_id, **about, **details)


def _kept(session: Session, sha256: str) -> bytes:
    kept = session.get(PaperContent, sha256)
    if kept is None:
        raise InvalidInput({"": NOT_KEPT})
    if hashlib.sha256(kept.content).hexdigest() != sha256:
        raise InvalidInput({"": DAMAGED})
    return kept.content


def _get(session: Session, paper_id: str) -> Paper:
    paper = session.get(Paper, paper_id)
    if paper is None:
        raise NotFound("This document is not in the ledger.")
    if paper.referral_id or paper.patient_id or paper.kind in _NAMES_PATIENTS:
        ask_scope(session, paper.practice_id, "paper", paper.id)
    return paper


def _conditions(session: Session, which: Filter) -> list[ColumnElement[bool]]:
    nobodys = Paper.referral_id.is_(None), Paper.patient_id.is_(None)
    everybodys = and_(*nobodys, Paper.kind.not_in(_NAMES_PATIENTS))
    mine = or_(everybodys, in_scope(session, Paper.practice_id))
    asked = [mine]
    if not which.looked_at_too:
        asked.append(exists().where(PaperEvent.paper_id == Paper.id))
    if which.reference:
        asked.append(Paper.referral_id == referral_rows.row(session, which.reference).id)
    if which.patient_id:
        asked.append(Paper.patient_id == which.patient_id)
    if which.kinds:
        asked.append(Paper.kind.in_(which.kinds))
    if which.since:
        asked.append(Paper.made_at >= which.since)
    if which.to:
        asked.append(Paper.made_at < which.to)
    return asked + [paper_words.has(word) for word in which.words.split()]


def _records(session: Session, papers: Sequence[Paper]) -> list[PaperRecord]:
    """Return the records of rows, with the acts and the patients of all of them read at once."""
    ids = [paper.id for paper in papers]
    acts: dict[str, list[PaperEventRecord]] = {one: [] for one in ids}
    wanted = select(PaperEvent).where(PaperEvent.paper_id.in_(ids)).order_by(PaperEvent.at.desc())
    for event in session.scalars(wanted):
        acts[event.paper_id].append(_event(event))
    of = select(Referral.id, Referral.patient_name).where(
        Referral.id.in_({paper.referral_id for paper in papers if paper.referral_id})
    )
    names = {row.id: row.patient_name for row in session.execute(of)}
    alone = {paper.patient_id for paper in papers if paper.patient_id and not paper.referral_id}
    people = select(Patient.id, Patient.sort_name).where(Patient.id.in_(alone))
    names |= {row.id: row.sort_name for row in session.execute(people)} if alone else {}
    named = {paper.id: names.get(paper.referral_id or paper.patient_id or "", "") for paper in papers}
    return [
        PaperRecord(
            paper.id, paper.kind, paper.reference, paper.number, paper.subject, paper.patient_id or "",
            named[paper.id], paper.language, paper.large, paper.pages, paper.size,
            paper.sha256, tuple(paper.enclosed), paper.made_at, paper.made_by, tuple(acts[paper.id]),
        )
        for paper in papers
    ]  # fmt: skip


def _event(event: PaperEvent) -> PaperEventRecord:
    return PaperEventRecord(
        event.act, event.at, event.by, event.how, event.for_whom, event.copies, event.protected,
        event.release_id or "",
    )  # fmt: skip
