"""Corrections that patients ask for: due in 60 days, accepted or denied with a reason of the rule, and who was told.

Source: 45 CFR 164.526.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DenialBasis, Permission
from referral_app.clinical import dates
from referral_app.models.patient import Patient
from referral_app.models.privacy import Amendment
from referral_app.models.referral import Referral
from referral_app.services import events, patients, referral_rows
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_scope, in_scope, needs

DUE_DAYS, EXTENSION_DAYS = 60, 30
"""Days to act, and by how many this may be put off once, with the reason in writing (45 CFR 164.526(b)(2))."""


@dataclass(frozen=True)
class ToldOf:
    """Somebody who was told of a correction, and on which day (45 CFR 164.526(c)(3))."""

    who: str
    on: date


@dataclass(frozen=True)
class AmendmentRecord:
    """A correction that was asked for; `accepted` is None while it is open.

    `basis` and `why` say why it was denied, `statement` is what the patient said to that, `extended_why` why its day
    was put off, "" where it was not.
    """

    patient_id: str
    asked_by: str
    asked_on: date
    what: str
    reference: str = ""
    due_on: date | None = None
    extended_why: str = ""
    accepted: bool | None = None
    decided_on: date | None = None
    decided_by: str = ""
    basis: DenialBasis | None = None
    why: str = ""
    statement: str = ""
    told: tuple[ToldOf, ...] = ()
    recorded_by: str = ""
    patient: str = ""
    referral_id: str = ""
    id: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.accepted is None


@dataclass(frozen=True)
class Statement:
    """What a patient holds against an answer, which goes along with later copies (45 CFR 164.526(d)(5)).

    `about` is the referral that it is of, "" where it is of none; `basis` and `why` say why it was denied, `denied_on`
    when.
    """

    asked_on: date
    what: str
    words: str
    about: str = ""
    denied_on: date | None = None
    basis: DenialBasis | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """What a list of what a paper contains calls it; it says nothing of what it is about."""
        return f"Patient’s statement of disagreement (request of {dates.say(self.asked_on)})"


@needs(Permission.MERGE)
def record(session: Session, asked: AmendmentRecord, today: date | None = None) -> AmendmentRecord:
    """Enter what somebody asks to be corrected, or change one that is open, and return it; due 60 days after.

    Raises InvalidInput by field (asked_by, asked_on, what, reference), NotFound, Denied for another practice's patient,
    Conflict since its version.
    """
    _refuse_invalid(asked, today or date.today())
    patient = session.get(Patient, patients.current_id(session, asked.patient_id))
    if patient is None:
        raise NotFound("This patient is not there.")
    ask_scope(session, patient.practice_id, "patient", patient.id)
    row = _open(session, asked.id, asked.version) if asked.id else Amendment(recorded_by=actor(session).name)
    referral = referral_rows.row(session, asked.reference) if asked.reference else None
    if referral is not None and referral.patient_id != patient.id:
        raise InvalidInput({"reference": "This referral is of another patient."})
    row.patient_id, row.practice_id = patient.id, patient.practice_id
    row.referral_id = referral.id if referral else None
    row.asked_by, row.what, row.asked_on = asked.asked_by.strip(), asked.what.strip(), asked.asked_on
    row.due_on = _due(asked.asked_on, is_extended=bool(row.extended_why))
    session.add(row)
    session.flush()
    _note(session, AuditAction.CHANGED if asked.id else AuditAction.CREATED, row)
    return _records(session, [row])[0]


@needs(Permission.MERGE)
def extend(session: Session, amendment_id: str, why: str, version: int = 0) -> AmendmentRecord:
    """Put the day off by 30 days, once, with the reason that the patient is told in writing, and return the record.

    Raises InvalidInput by extended_why, or where it was put off before or its day is over; Conflict, NotFound, Denied.
    """
    row = _open(session, amendment_id, version)
    if row.extended_why:
        raise InvalidInput({"": "This was put off before. The rule allows that once."})
    if row.due_on < date.today():
        raise InvalidInput({"": "The day is over. It can be put off before that day alone."})
    if not why.strip():
        raise InvalidInput(
            {"extended_why": "Enter why it takes longer. The patient is told this in writing."}
        )
    row.extended_why, row.due_on = why.strip(), _due(row.asked_on, is_extended=True)
    return _changed(session, row)


@needs(Permission.MERGE)
def accept(session: Session, amendment_id: str, how: str = "", version: int = 0) -> AmendmentRecord:
    """Record that the correction is made, and return the record; what is corrected is saved in the referral itself.

    Raises Conflict, InvalidInput where it was answered before, NotFound, Denied.
    """
    row = _open(session, amendment_id, version)
    row.accepted, row.why = True, how.strip()
    return _decided(session, row)


@needs(Permission.MERGE)
def deny(
    session: Session, amendment_id: str, basis: DenialBasis | str, why: str, version: int = 0
) -> AmendmentRecord:
    """Record that the record stays as it is, on which ground of the rule and why in plain words; return the record.

    Raises InvalidInput by field (basis, why), Conflict, NotFound, Denied.
    """
    row = _open(session, amendment_id, version)
    problems: dict[str, str] = {}
    if str(basis) not in set(DenialBasis):
        problems["basis"] = "Choose one of the four reasons. The rule knows no other."
    if not why.strip():
        problems["why"] = "Enter why, in the plain words that the patient is told."
    if problems:
        raise InvalidInput(problems)
    row.accepted, row.basis, row.why = False, DenialBasis(basis), why.strip()
    return _decided(session, row)


@needs(Permission.MERGE)
def disagree(session: Session, amendment_id: str, statement: str, version: int = 0) -> AmendmentRecord:
    """Keep what the patient says to an answer, and return the record; later copies carry it.

    Raises InvalidInput by statement, or where nothing was denied; Conflict, NotFound, Denied.
    """
    row = _row(session, amendment_id, version)
    if row.accepted is not False:
        raise InvalidInput({"": "Nothing was denied here."})
    if not statement.strip():
        raise InvalidInput({"statement": "Enter what the patient says, in their own words."})
    row.statement = statement.strip()
    return _changed(session, row)


@needs(Permission.MERGE)
def tell(session: Session, amendment_id: str, who: str, on: date, version: int = 0) -> AmendmentRecord:
    """Record that somebody was told of a correction, and return the record.

    Raises InvalidInput by field (who, on), or where nothing was corrected; Conflict, NotFound, Denied.
    """
    row = _row(session, amendment_id, version)
    if not row.accepted or row.decided_on is None:
        raise InvalidInput({"": "Nothing was corrected here yet."})
    problems: dict[str, str] = {}
    if not who.strip():
        problems["who"] = "Enter who was told."
    if not row.decided_on <= on <= date.today():
        problems["on"] = "The day lies between the correction and today."
    if problems:
        raise InvalidInput(problems)
    row.told = [*row.told, {"who": who.strip(), "on": on.isoformat()}]
    return _changed(session, row)


@needs(Permission.SEE_PATIENTS)
def find(session: Session, patient_id: str = "", open_only: bool = False) -> list[AmendmentRecord]:
    """Return what was asked, of one patient or of all in view, the open ones by their day first; noted as a search."""
    asked = select(Amendment).where(in_scope(session, Amendment.practice_id))
    if patient_id:
        asked = asked.where(Amendment.patient_id == patients.current_id(session, patient_id))
    if open_only:
        asked = asked.where(Amendment.accepted.is_(None))
    asked = asked.order_by(Amendment.accepted.is_not(None), Amendment.due_on, Amendment.id)
    rows = list(session.scalars(asked))
    events.record(session, AuditAction.SEARCHED, "amendments", patient_id, patient_id, found=len(rows))
    return _records(session, rows)


@needs(Permission.SEE_PATIENTS)
def statements(session: Session, patient_id: str) -> list[Statement]:
    """Return what a patient holds against answers, oldest first, for what is disclosed later; that notes itself."""
    mine = select(Amendment, Referral.reference).outerjoin(Referral, Referral.id == Amendment.referral_id)
    mine = mine.where(
        in_scope(session, Amendment.practice_id),
        Amendment.patient_id == patient_id,
        Amendment.statement != "",
    )
    rows = session.execute(mine.order_by(Amendment.asked_on, Amendment.id))
    return [
        Statement(row.asked_on, row.what, row.statement, reference or "", row.decided_on, row.basis, row.why)
        for row, reference in rows
    ]


def _refuse_invalid(asked: AmendmentRecord, today: date) -> None:
    problems: dict[str, str] = {}
    if not asked.asked_by.strip():
        problems["asked_by"] = "Enter who asked."
    if not asked.what.strip():
        problems["what"] = "Enter what is to be corrected, and what would be right."
    if asked.asked_on > today:
        problems["asked_on"] = "The day of the request lies in the future."
    if problems:
        raise InvalidInput(problems)


def _due(asked_on: date, is_extended: bool) -> date:
    return asked_on + timedelta(days=DUE_DAYS + (EXTENSION_DAYS if is_extended else 0))


def _row(session: Session, amendment_id: str, version: int) -> Amendment:
    row = session.get(Amendment, amendment_id)
    if row is None:
        raise NotFound("This request is not there.")
    ask_scope(session, row.practice_id, "amendment", row.id)
    if version and row.version != version:
        raise Conflict("Somebody else changed this request meanwhile. Open it again.")
    return row


def _open(session: Session, amendment_id: str, version: int) -> Amendment:
    row = _row(session, amendment_id, version)
    if row.accepted is not None:
        raise InvalidInput({"": "This request was answered already."})
    return row


def _decided(session: Session, row: Amendment) -> AmendmentRecord:
    row.decided_on, row.decided_by = date.today(), actor(session).name
    return _changed(session, row)


def _changed(session: Session, row: Amendment) -> AmendmentRecord:
    session.flush()
    _note(session, AuditAction.CHANGED, row)
    return _records(session, [row])[0]


def _note(session: Session, action: AuditAction, row: Amendment) -> None:
    state = "open" if row.accepted is None else "accepted" if row.accepted else "denied"
    events.record(session, action, "amendment", row.id, row.patient_id, state=state)


def _records(session: Session, rows: Sequence[Amendment]) -> list[AmendmentRecord]:
    of = select(Patient.id, Patient.sort_name).where(Patient.id.in_({row.patient_id for row in rows}))
    names = {row.id: row.sort_name for row in session.execute(of)}
    return [
        AmendmentRecord(
            row.patient_id, row.asked_by, row.asked_on, row.what,
            referral_rows.row(session, row.referral_id).reference if row.referral_id else "", row.due_on,
            row.extended_why, row.accepted, row.decided_on, row.decided_by, row.basis, row.why, row.statement,
            tuple(ToldOf(str(one["who"]), date.fromisoformat(one["on"])) for one in row.told), row.recorded_by,
            names.get(row.patient_id, ""), row.referral_id or "", row.id, row.version,
        )
        for row in rows
    ]  # fmt: skip
