"""Referrals: beginning, saving as versions, signing, and what became of them; finding them is in `worklists`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, Readiness, ReferralState
from referral_app.clinical import check, dates, safety, validation
from referral_app.clinical.fields import given
from referral_app.models.base import new_id, now
from referral_app.models.referral import Draft, Referral, StateEvent
from referral_app.services import (
    appointments,
    attachments,
    carried_over,
    center_requirements,
    code_lists,
    events,
    patients,
    practices,
    references,
    referral_rows,
    referral_words,
    referral_writing,
    requests,
    signatures,
    sketch_ratings,
    surgeons,
    thresholds,
)
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.permissions import actor, ask_patients, in_scope, needs, refuse
from referral_app.services.referral_records import (
    Event,
    Filter,
    Queue,
    ReferralRecord,
    ReferralRow,
)
from referral_app.services.referral_writing import UNKNOWN_SURGEON, add_version, move, note, write
from referral_app.services.surgeon_records import SurgeonRecord

__all__ = [
    "Event", "Filter", "Queue", "ReferralRecord", "ReferralRow",
    "cancel", "checked", "get", "history", "mark_sent", "new_intake", "safety_of", "save", "sign",
]  # fmt: skip

UNCLEARED = {"red_flags": "An emergency has not been cleared by a clinician. Nothing can be sent."}


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
        for name, value in carried_over.latest(session, patient_id).values.items():
            intake[name] = value | intake[name] if name in intake else value
    return {name: value for name, value in intake.items() if value}


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
def checked(
    session: Session, intake: dict[str, Any], today: date | None = None, surgeon: SurgeonRecord | None = None
) -> check.Check:
    """Return the live check of an intake, with what the chosen surgeon's office, or the Center for all, asks for.

    `surgeon` is that surgeon where the caller read the entry already.
    """
    name = given(intake, "request.surgeon")
    surgeon = surgeon or (surgeons.find_by(session, name) if isinstance(name, str) else None)
    limits = thresholds.for_surgeon(session, surgeon)
    asked, codes = center_requirements.for_surgeon(session, surgeon), code_lists.known(session)
    found = check.check(intake, asked, today, limits, codes)
    return found if surgeon or name is None else replace(found, missing=(UNKNOWN_SURGEON, *found.missing))


@needs(Permission.WRITE)
def save(
    session: Session,
    intake: dict[str, Any],
    *,
    referral_id: str = "",
    version: int = 0,
    patient_id: str = "",
    patient_version: int = 0,
    marks: frozenset[str] = frozenset(),
    draft_id: str = "",
    why: str = "",
) -> ReferralRecord:
    """Write an intake as the next version of a referral, new where `referral_id` is empty, and return it.

    The patient and coverage are written back to the patient, so that they are entered once; a change after signing
    voids the signature, and one that came along counts only where the person who acts may give it; the draft it came
    from is discarded; `patient_version` is that of the patient `patient_id` when a new referral was begun, so that old
    answers overwrite nothing newer; `why` stands in its history. Raises InvalidInput for what cannot be read, by "why"
    where what was sent is first changed without a reason; Conflict when someone else saved since `version`.
    """
    if problems := validation.validate(intake, codes=code_lists.known(session)):
        raise InvalidInput(problems)
    ask_patients(session)
    row = _as_read(session, referral_id, version) if referral_id else _new(session)
    before = referral_rows.current(session, row)
    marked = frozenset(row.marks) != marks
    intake = sketch_ratings.kept(session, before, intake)
    intake = _without_void_signature(session, before, intake, marked)
    if before != intake or marked:
        _ask_why(row, why)
        write(session, row, intake, patient_id, why, patient_version)
        add_version(session, row, intake, marks)
        _note_save(session, row, before, intake)
    _note_reversals(session, row, before, draft_id, intake)
    if draft_id:
        session.execute(delete(Draft).where(Draft.id == draft_id, _mine(session)))
    session.flush()
    attachments.follow(session, draft_id, row.id, intake)
    return referral_rows.record(row, intake)


@needs(Permission.SIGN)
def sign(session: Session, name: str, signed_by: str, version: int = 0) -> ReferralRecord:
    """Sign the current version; raises InvalidInput while an emergency is uncleared or no clinician is named.

    What is missing does not stop a signature: the letter lists it (contract section 2). `version` is the lock version
    that the clinician read; raises Conflict where somebody did something else with the referral since. Who is logged in
    signs in their own name: raises Denied for another's.
    """
    row = referral_rows.row(session, name)
    ask_unsigned(row)
    ask_version(row, version)
    if not signed_by.strip():
        raise InvalidInput({"signature.signed_by": "Name the clinician who signs."})
    if not signatures.is_own(actor(session), signed_by):
        refuse(session, "You can sign in your own name only.", "another's signature", "referral", row.id)
    intake = referral_rows.current(session, row) or {}
    if checked(session, intake).uncleared:
        raise InvalidInput(UNCLEARED)
    prepared = given(intake, "signature.prepared_by") or row.asked_by or actor(session).name
    signature = {"prepared_by": prepared, "signed_by": signed_by, "signed_at": signatures.stamp(now())}
    intake = {**intake, "signature": signature}
    if problems := validation.validate(intake, codes=code_lists.known(session)):
        raise InvalidInput(problems)
    write(session, row, intake, row.patient_id or "", "")
    add_version(session, row, intake, frozenset(row.marks))
    note(session, AuditAction.SIGNED, row)
    session.flush()
    return referral_rows.record(row, intake)


def ask_version(row: Referral, version: int) -> None:
    """Refuse to act on what somebody changed since it was read; raises Conflict. 0 asks nothing."""
    if version and version != row.version:
        raise Conflict("Someone else changed this referral in the meantime. Open it again and look at it.")


def ask_unsigned(row: Referral) -> None:
    """Refuse what is signed or over; a correction of what was sent is signed anew."""
    corrected = row.sent_number is not None and row.number != row.sent_number
    waits = corrected and row.signed_at is None and row.state not in referral_writing.OVER
    if row.state is not ReferralState.DRAFT and not waits:
        raise InvalidInput({"": f"This referral is already {row.state.label.lower()}."})


@needs(Permission.SEND)
def mark_sent(session: Session, name: str, how: str, version: int = 0, **details: Any) -> ReferralRecord:
    """Record that the letter left; raises InvalidInput where it is not signed or an emergency is not cleared.

    `version` is the lock version of the letter that left; raises Conflict where there is another signed one by now.
    `details` stand in the audit.
    """
    row = referral_rows.row(session, name)
    ask_version(row, version)
    if row.state is not ReferralState.SIGNED:
        raise InvalidInput({"": "Only a signed referral can be sent."})
    if checked(session, referral_rows.current(session, row) or {}).uncleared:
        raise InvalidInput(UNCLEARED)
    at = now()
    row.sent_at, row.sent_number = at, row.number
    state = requests.begin(session, row, at.astimezone().date())
    note(session, AuditAction.SENT, row, **details)
    moved = move(session, row, state, referral_writing.SENT, how)
    requests.ask_those_before(session, row, at.astimezone().date())
    return moved


@needs(Permission.SEND)
def cancel(session: Session, name: str, why: str) -> ReferralRecord:
    """Cancel a referral with a reason; it stays in the store.

    An office that has it is to be asked to cancel too, and a task asks whether it confirmed. Raises InvalidInput
    without a reason.
    """
    if not why.strip():
        raise InvalidInput({"why": "Enter why the referral is canceled."})
    row = referral_rows.row(session, name)
    note(session, AuditAction.CANCELED, row)
    requests.ask_to_cancel(session, row, why)  # also of a surgeon who has it while another one is chosen
    appointments.release(session, row.id, f"The referral was canceled: {why.strip()}")
    referral_writing.forget_hand_over(row)
    return move(session, row, ReferralState.CANCELED, referral_writing.CANCELED, why)


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


def _as_read(session: Session, referral_id: str, version: int) -> Referral:
    """Return the referral that is saved; raises Conflict where someone else saved it since `version`."""
    row = referral_rows.row(session, referral_id)
    if version != row.version:
        raise Conflict("Someone else saved this referral in the meantime. Open it again; your draft is kept.")
    return row


def _new(session: Session) -> Referral:
    return Referral(
        id=new_id(), serial=referral_words.next_serial(session), reference=references.unused(session),
        state=ReferralState.DRAFT, readiness=Readiness.INCOMPLETE,
        number=0, marks=[], practice_id=practices.of_actor(session),
    )  # fmt: skip


def _without_void_signature(
    session: Session, before: dict[str, Any] | None, intake: dict[str, Any], marked: bool
) -> dict[str, Any]:
    """Return the intake without a signature of other answers, or a new one that the person who acts may not give.

    What is ticked for the letter, and who prepared it, was read by who signed: a change of it voids the signature too.
    """
    was, who = signatures.of(before or {}), actor(session)
    by = "signature.prepared_by"
    changed = signatures.without(before or {}) != signatures.without(intake) or marked
    changed = changed or given(before or {}, by) != given(intake, by)
    signer, at = signatures.of(intake)
    is_new = at is not None and (signer, at) != was
    may = not is_new or (who.may(Permission.SIGN) and signatures.is_own(who, signer))
    if may and not (was[1] and changed):
        return intake
    prepared = given(intake, by)
    return {**intake, "signature": {"prepared_by": prepared} if prepared else {}}


def _ask_why(row: Referral, why: str) -> None:
    """Refuse the first change of what was sent without a reason: the surgeon's office has the other version."""
    if row.number and row.number == row.sent_number and not why.strip():
        on = f" on {dates.say(row.sent_at.astimezone().date())}" if row.sent_at else ""
        raise InvalidInput({"why": f"Enter why what was sent{on} is corrected."})


def _mine(session: Session) -> ColumnElement[bool]:
    """Return the condition of drafts that a save may end: of practices in view, and the person's own."""
    return in_scope(session, Draft.practice_id) | (Draft.person == actor(session).name)


def _note_save(
    session: Session, row: Referral, before: dict[str, Any] | None, intake: dict[str, Any]
) -> None:
    """Note a save with the names of what changed, and a signature that came along."""
    if before is None:
        note(session, AuditAction.CREATED, row)
    else:
        changed = [
            name for name in sorted(before.keys() | intake.keys()) if before.get(name) != intake.get(name)
        ]
        note(session, AuditAction.CHANGED, row, fields=changed or ["marks"])
    if row.signed_at and signatures.of(intake) != signatures.of(before or {}):
        note(session, AuditAction.SIGNED, row)


def _note_reversals(
    session: Session, row: Referral, before: dict[str, Any] | None, draft_id: str, intake: dict[str, Any]
) -> None:
    """Note each Yes to a red flag that stood in the version before, or in the draft as it was kept last."""
    draft = session.scalar(select(Draft).where(Draft.id == draft_id, _mine(session)))
    stood = (before or {}, draft.intake if draft else {})
    if flags := list(dict.fromkeys(name for one in stood for name in safety.taken_back(one, intake))):
        note(session, AuditAction.FLAG_REVERSED, row, flags=flags)
