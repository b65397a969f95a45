"""Referrals: beginning, saving as versions, signing, and what became of them; finding them is in `worklists`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, delete, func, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, Readiness, ReferralState
from referral_app.clinical import check, red_flags, validation
from referral_app.clinical.fields import given, rows
from referral_app.models.base import new_id, now
from referral_app.models.patient import Patient
from referral_app.models.referral import Draft, Referral, ReferralVersion, StateEvent
from referral_app.services import (
    center_requirements,
    events,
    patients,
    practices,
    references,
    referral_rows,
    referral_words,
    signatures,
    surgeons,
)
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.folding import searchable
from referral_app.services.permissions import actor, ask_patients, ask_scope, in_scope, needs
from referral_app.services.referral_records import (
    Event,
    Filter,
    Queue,
    ReferralRecord,
    ReferralRow,
)
from referral_app.services.surgeon_records import SurgeonRecord

__all__ = [
    "Event", "Filter", "Queue", "ReferralRecord", "ReferralRow",
    "cancel", "checked", "get", "history", "mark_answered", "mark_sent", "new_intake", "safety_of", "save", "sign",
]  # fmt: skip

UNKNOWN_SURGEON = check.Line(
    "missing.request.surgeon.unknown",
    "missing",
    "Request: the surgeon is not in the directory. Choose another, or import the directory.",
    "Surgeon directory",
    "request.surgeon",
)
UNCLEARED = {"red_flags": "An emergency has not been cleared by a clinician. Nothing can be sent."}
CARRIED_OVER = ("diagnosis", "treatments", "injections", "imaging")
"""Groups that a patient's next referral begins with; counts, findings, allergies and flags are asked again."""


_SAME_PERSON = select(Patient).where(
    Patient.sort_name == bindparam("name"),
    Patient.date_of_birth == bindparam("born"),
    or_(
        Patient.practice_id.is_not_distinct_from(bindparam("practice")),
        and_(bindparam("own_office", type_=Boolean), Patient.practice_id.is_(None)),
    ),
)


@needs(Permission.WRITE)
def new_intake(
    session: Session, patient_id: str = "", surgeon_id: str = "", provider_id: str = ""
) -> dict[str, Any]:
    """Return an intake with all that office, directory and the patient's last referral already know."""
    practice = practices.ours(session)
    active = practice.providers if practice else ()
    chosen = [item for item in active if item.id == provider_id] or list(
        active[:1] if len(active) == 1 else ()
    )
    intake: dict[str, Any] = {
        "referrer": practices.referrer(practice, chosen[0] if chosen else None)
        | {"date": date.today().isoformat()}
    }
    if surgeon_id:
        intake["request"] = {"surgeon": surgeon_id}
    if patient_id:
        patient = patients.get(session, patient_id)
        intake |= {"patient": patient.values, "coverage": patient.coverage}
        intake |= _carried_over(session, patient_id)
    return {name: value for name, value in intake.items() if value}


def _carried_over(session: Session, patient_id: str) -> dict[str, Any]:
    last = session.scalar(
        select(ReferralVersion)
        .join(Referral, Referral.id == ReferralVersion.referral_id)
        .where(
            Referral.patient_id == patient_id,
            Referral.number == ReferralVersion.number,
            in_scope(session, Referral.practice_id),
        )
        .order_by(Referral.created.desc(), Referral.id)
        .limit(1)
    )
    return {} if last is None else {name: last.intake[name] for name in CARRIED_OVER if last.intake.get(name)}


@needs(Permission.SEE_PATIENTS)
def get(session: Session, name: str) -> ReferralRecord:
    """Return a referral that somebody opens, by its id or reference number.

    Raises NotFound, InvalidInput for a mistyped number, Denied for another practice's.
    """
    row = referral_rows.row(session, name)
    events.record(session, AuditAction.OPENED, "referral", row.id, row.patient_id, reference=row.reference)
    return referral_rows.record(row, referral_rows.current(session, row) or {})


@needs(Permission.SEE_PATIENTS)
def safety_of(session: Session, name: str) -> dict[str, Any]:
    """Return a referral's safety answers, which stand with the patient; the opening of the patient is what is noted."""
    intake = referral_rows.current(session, referral_rows.row(session, name)) or {}
    safety = intake.get("safety")
    return dict(safety) if isinstance(safety, Mapping) else {}  # pyright: ignore


@needs(Permission.SEE_DIRECTORY)
def checked(session: Session, intake: dict[str, Any], today: date | None = None) -> check.Check:
    """Return the live check of an intake, with what the chosen surgeon's office, or the Center for all, asks for."""
    name = given(intake, "request.surgeon")
    surgeon = surgeons.find_by(session, name) if isinstance(name, str) else None
    found = check.check(intake, center_requirements.for_surgeon(session, surgeon), today)
    return found if surgeon or name is None else replace(found, missing=(UNKNOWN_SURGEON, *found.missing))


@needs(Permission.WRITE)
def save(
    session: Session,
    intake: dict[str, Any],
    *,
    referral_id: str = "",
    version: int = 0,
    patient_id: str = "",
    marks: frozenset[str] = frozenset(),
    draft_id: str = "",
    why: str = "",
) -> ReferralRecord:
    """Write an intake as the next version of a referral, new where `referral_id` is empty, and return it.

    The patient and coverage are written back to the patient, so that they are entered once; a change after signing
    voids the signature, and one that came along counts only where the person who acts may sign; the draft it came from
    is discarded; `why` stands in its history. Raises InvalidInput for what cannot be read, Conflict when someone else
    saved since `version`.
    """
    if problems := validation.validate(intake):
        raise InvalidInput(problems)
    ask_patients(session)
    row = referral_rows.row(session, referral_id) if referral_id else _new(session)
    if referral_id and version != row.version:
        raise Conflict("Someone else saved this referral in the meantime. Open it again; your draft is kept.")
    before = referral_rows.current(session, row)
    intake = _without_void_signature(session, row, before, intake)
    if before != intake or frozenset(row.marks) != marks:
        _write(session, row, intake, patient_id, why)
        _add_version(session, row, intake, marks)
        _note_save(session, row, before, intake)
    if draft_id:
        session.execute(delete(Draft).where(Draft.id == draft_id, _mine(session)))
    session.flush()
    return referral_rows.record(row, intake)


@needs(Permission.SIGN)
def sign(session: Session, name: str, signed_by: str) -> ReferralRecord:
    """Sign the current version; raises InvalidInput while an emergency is uncleared or no clinician is named.

    What is missing does not stop a signature: the letter lists it (contract section 2).
    """
    row = referral_rows.row(session, name)
    if row.state is not ReferralState.DRAFT:
        raise InvalidInput({"": f"This referral is already {row.state.label.lower()}."})
    if not signed_by.strip():
        raise InvalidInput({"signature.signed_by": "Name the clinician who signs."})
    intake = referral_rows.current(session, row) or {}
    if checked(session, intake).uncleared:
        raise InvalidInput(UNCLEARED)
    prepared = given(intake, "signature.prepared_by") or actor(session).name
    signature = {"prepared_by": prepared, "signed_by": signed_by, "signed_at": signatures.stamp(now())}
    intake = {**intake, "signature": signature}
    if problems := validation.validate(intake):
        raise InvalidInput(problems)
    _write(session, row, intake, row.patient_id or "", "")
    _add_version(session, row, intake, frozenset(row.marks))
    _note(session, AuditAction.SIGNED, row)
    session.flush()
    return referral_rows.record(row, intake)


@needs(Permission.SEND)
def mark_sent(session: Session, name: str, how: str, **details: Any) -> ReferralRecord:
    """Record that the letter left; raises InvalidInput where it is not signed or an emergency is not cleared.

    `details` stand in the audit.
    """
    row = referral_rows.row(session, name)
    if row.state is not ReferralState.SIGNED:
        raise InvalidInput({"": "Only a signed referral can be sent."})
    if checked(session, referral_rows.current(session, row) or {}).uncleared:
        raise InvalidInput(UNCLEARED)
    row.sent_at = now()
    _note(session, AuditAction.SENT, row, **details)
    return _move(session, row, ReferralState.SENT, "Sent", how)


@needs(Permission.SEND)
def mark_answered(session: Session, name: str, what: str) -> ReferralRecord:
    """Record the answer of the surgeon's office; raises InvalidInput for a referral that was not sent."""
    row = referral_rows.row(session, name)
    if row.state is not ReferralState.SENT:
        raise InvalidInput({"": "Only a referral that was sent can be answered."})
    _note(session, AuditAction.ANSWERED, row)
    return _move(session, row, ReferralState.ANSWERED, "Answered", what)


@needs(Permission.SEND)
def cancel(session: Session, name: str, why: str) -> ReferralRecord:
    """Cancel a referral with a reason; it stays in the store. Raises InvalidInput without a reason."""
    if not why.strip():
        raise InvalidInput({"why": "Enter why the referral is canceled."})
    row = referral_rows.row(session, name)
    _note(session, AuditAction.CANCELED, row)
    return _move(session, row, ReferralState.CANCELED, "Canceled", why)


@needs(Permission.SEE_DIRECTORY)
def surgeon_of(session: Session, referral: ReferralRecord) -> SurgeonRecord:
    """Return the surgeon that a referral asks, also one who came into the directory after it was saved.

    Raises InvalidInput where none is chosen or the directory does not know the one that is.
    """
    name = referral.surgeon_id or given(referral.intake, "request.surgeon")
    if not isinstance(name, str):
        raise InvalidInput({"request.surgeon": "Choose a surgeon first."})
    surgeon = surgeons.find_by(session, name)
    if surgeon is None:
        raise InvalidInput({"request.surgeon": UNKNOWN_SURGEON.text})
    return surgeon


@needs(Permission.SEE_PATIENTS)
def history(session: Session, name: str) -> list[Event]:
    """Return what happened to a referral that is open, oldest first."""
    mine = (
        select(StateEvent)
        .where(StateEvent.referral_id == referral_rows.row(session, name).id)
        .order_by(StateEvent.sequence)
    )
    return [Event(item.at, item.who, item.what, item.why) for item in session.scalars(mine)]


def _new(session: Session) -> Referral:
    return Referral(
        id=new_id(), serial=referral_words.next_serial(session), reference=references.make(),
        state=ReferralState.DRAFT, readiness=Readiness.INCOMPLETE,
        number=0, marks=[], practice_id=practices.of_actor(session),
    )  # fmt: skip


def _without_void_signature(
    session: Session, row: Referral, before: dict[str, Any] | None, intake: dict[str, Any]
) -> dict[str, Any]:
    """Return the intake without a signature of other answers, or one that the person who acts may not give."""
    stored = signatures.without(before or {})
    changed = (
        before is not None and row.state is not ReferralState.DRAFT and stored != signatures.without(intake)
    )
    new = signatures.of(intake)[1] and signatures.of(intake) != signatures.of(before or {})
    if not changed and (not new or actor(session).may(Permission.SIGN)):
        return intake
    prepared = given(intake, "signature.prepared_by")
    return {**intake, "signature": {"prepared_by": prepared} if prepared else {}}


def _mine(session: Session) -> ColumnElement[bool]:
    """Return the condition of drafts that a save may end: of practices in view, and the person's own."""
    return in_scope(session, Draft.practice_id) | (Draft.person == actor(session).name)


def _add_version(session: Session, row: Referral, intake: dict[str, Any], marks: frozenset[str]) -> None:
    row.marks = sorted(marks)
    session.add(
        ReferralVersion(referral_id=row.id, number=row.number, intake=intake, saved_by=actor(session).name)
    )


def _note_save(
    session: Session, row: Referral, before: dict[str, Any] | None, intake: dict[str, Any]
) -> None:
    """Note a save with the names of what changed, a signature that came along, and each Yes that was taken back."""
    if before is None:
        _note(session, AuditAction.CREATED, row)
    else:
        changed = [
            name for name in sorted(before.keys() | intake.keys()) if before.get(name) != intake.get(name)
        ]
        _note(session, AuditAction.CHANGED, row, fields=changed or ["marks"])
    if row.signed_at and signatures.of(intake) != signatures.of(before or {}):
        _note(session, AuditAction.SIGNED, row)
    if reversed_flags := red_flags.taken_back(before or {}, intake):
        _note(session, AuditAction.FLAG_REVERSED, row, flags=reversed_flags)


def _note(session: Session, action: AuditAction, row: Referral, **details: Any) -> None:
    known = {"reference": row.reference, "version": row.number}
    events.record(session, action, "referral", row.id, row.patient_id, **known, **details)


def _write(session: Session, row: Referral, intake: dict[str, Any], patient_id: str, why: str) -> None:
    """Fill the columns that lists and queues need, and record the event."""
    name = given(intake, "request.surgeon")
    surgeon = surgeons.known_as(session, name) if isinstance(name, str) else None
    result = check.open_points(intake)
    if surgeon is None and name is not None:
        result = replace(result, missing=(UNKNOWN_SURGEON, *result.missing))
    old = row.state if row.number else None
    row.patient_id = _patient(session, row, intake, patient_id or row.patient_id or "")
    values: dict[str, Any] = intake.get("patient") or {}
    row.number += 1
    row.patient_name = patients.sort_name(values)
    row.date_of_birth = str(given(values, "date_of_birth") or "")
    row.surgeon_id, row.surgeon_name = surgeon or (None, "")
    row.urgency = str(given(intake, "request.urgency") or "")
    row.readiness = _readiness(result)
    row.folded = searchable(row.patient_name, row.surgeon_name, row.reference.replace("-", ""))
    referral_words.write(session, row.serial, row.folded)
    row.updated = now()
    row.signed_by, row.signed_at = signatures.of(intake)
    row.state = ReferralState.SIGNED if row.signed_at and not result.uncleared else ReferralState.DRAFT
    session.add(row)
    _append_event(session, row, _what_was_done(row, old), why)


def _what_was_done(row: Referral, old: ReferralState | None) -> str:
    if row.state is ReferralState.SIGNED:
        return f"Signed by {row.signed_by}"
    if old is None:
        return "Begun"
    return "Saved" if old is ReferralState.DRAFT else "Changed after signing; the signature is void"


def _append_event(session: Session, row: Referral, what: str, why: str = "") -> None:
    sequence = 1
    if row.version:
        last = select(func.max(StateEvent.sequence)).where(StateEvent.referral_id == row.id)
        with session.no_autoflush:
            sequence += session.scalar(last) or 0
    who = actor(session).name
    session.add(
        StateEvent(referral_id=row.id, sequence=sequence, who=who, state=row.state, what=what, why=why)
    )


def _move(session: Session, row: Referral, state: ReferralState, what: str, why: str) -> ReferralRecord:
    row.state, row.updated = state, now()
    _append_event(session, row, what, why)
    session.flush()
    return referral_rows.record(row, referral_rows.current(session, row) or {})


def _readiness(result: check.Check) -> Readiness:
    if result.uncleared:
        return Readiness.EMERGENCY
    return Readiness.READY if result.ready_to_sign else Readiness.INCOMPLETE


def _patient(session: Session, row: Referral, intake: dict[str, Any], patient_id: str) -> str | None:
    """Write the intake's patient and coverage back to the patient, and return the patient's id."""
    found = session.get(Patient, patient_id) if patient_id else None
    if found is not None:
        ask_scope(session, found.practice_id, "patient", found.id)
    values = intake.get("patient")
    if not isinstance(values, Mapping) or not given(intake, "patient.family_name"):
        return patient_id or None
    if not patient_id:
        found = _same_person(session, row.practice_id, dict(values))  # pyright: ignore
    found = found or Patient(id=new_id(), practice_id=row.practice_id)
    if found.practice_id is None:
        found.practice_id = row.practice_id
    patients.write(found, dict(values), [dict(item) for item in rows(intake, "coverage")])  # pyright: ignore
    session.add(found)
    return found.id


def _same_person(session: Session, practice_id: str | None, values: dict[str, Any]) -> Patient | None:
    """Return the one patient of a practice with exactly this name and date of birth."""
    name, born = patients.sort_name(values), given(values, "date_of_birth")
    if not born:
        return None
    own_office = actor(session).own_office
    wanted = {
        "name": name, "born": date.fromisoformat(str(born)), "practice": practice_id, "own_office": own_office,
    }  # fmt: skip
    found = session.scalars(_SAME_PERSON, wanted).all()
    return found[0] if len(found) == 1 else None
