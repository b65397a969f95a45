"""Writing a referral: its columns, its next version, its history; for the services that change it, who ask first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Boolean, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Readiness, ReferralState
from referral_app.clinical import check, dates
from referral_app.clinical.fields import answered, as_dict, given, rows, unavailable
from referral_app.models.base import new_id, now
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral, ReferralVersion, StateEvent
from referral_app.services import (
    events,
    patient_likeness,
    patients,
    referral_rows,
    referral_words,
    signatures,
    surgeons,
    thresholds,
    waiting,
)
from referral_app.services.folding import searchable
from referral_app.services.permissions import actor, ask_scope
from referral_app.services.referral_records import (
    ANSWERED,
    CANCELED,
    HELD,
    NOT_TOLD,
    PLANNED,
    RECORDED,
    RESUMED,
    SENT,
    TAKEN_BACK,
    TOLD,
    ReferralRecord,
)

UNKNOWN_SURGEON = check.Line(
    "missing.request.surgeon.unknown",
    "missing",
    "Request: the surgeon is not in the directory. Choose another, or import the directory.",
    "Surgeon directory",
    "request.surgeon",
)
HANDED_OVER, RETURNED = "Handed to a clinician to sign", "Returned by the clinician"
MOVES = frozenset({
    SENT, ANSWERED, CANCELED, HANDED_OVER, RETURNED, TOLD, NOT_TOLD, RECORDED, TAKEN_BACK, HELD, RESUMED, PLANNED,
})  # fmt: skip
"""What an event says that wrote no version; every other event of a history wrote one."""
OVER = (ReferralState.CLOSED, ReferralState.CANCELED)

_SAME_PERSON = select(Patient).where(
    Patient.sort_name == bindparam("name"),
    Patient.date_of_birth == bindparam("born"),
    Patient.merged_into_id.is_(None),
    or_(
        Patient.practice_id.is_not_distinct_from(bindparam("practice")),
        and_(bindparam("own_office", type_=Boolean), Patient.practice_id.is_(None)),
    ),
)


def write(
    session: Session,
    row: Referral,
    intake: dict[str, Any],
    patient_id: str,
    why: str,
    patient_version: int = 0,
) -> None:
    """Fill the columns that lists and queues need, and append the event; the version itself is added after it.

    `patient_version` is that of the patient whom a new referral was begun with.
    """
    name = given(intake, "request.surgeon")
    surgeon = surgeons.known_as(session, name) if isinstance(name, str) else None
    result = check.open_points(intake, thresholds=thresholds.for_surgeon(session, None))
    if surgeon is None and name is not None:
        result = replace(result, missing=(UNKNOWN_SURGEON, *result.missing))
    old, said = row.state if row.number else None, ""
    if _goes_elsewhere(session, row, intake, surgeon):
        row.sent_number, said = None, "Changed to another surgeon, to whom nothing was sent yet"
    elif row.sent_number is not None and row.number == row.sent_number:
        said = f"Correction of what was sent{_on(row)}"
    row.patient_id = _patient(session, row, intake, patient_id or row.patient_id or "", patient_version)
    _fill(session, row, intake, surgeon)
    row.readiness = readiness(result)
    row.signed_by, row.signed_at = signatures.of(intake)
    row.state = _state(session, row, result.uncleared)
    _follow_hand_over(session, row)
    session.add(row)
    append_event(session, row, _what_was_done(row, old, said), why)
    waiting.follow(session, row)


def _fill(session: Session, row: Referral, intake: dict[str, Any], surgeon: tuple[str, str] | None) -> None:
    values: dict[str, Any] = intake.get("patient") or {}
    row.number += 1
    row.patient_name = patients.sort_name(values)
    row.date_of_birth = str(given(values, "date_of_birth") or "")
    row.surgeon_id, row.surgeon_name = surgeon or (None, "")
    row.urgency = str(given(intake, "request.urgency") or "")
    row.folded = searchable(row.patient_name, row.surgeon_name, row.reference.replace("-", ""))
    referral_words.write(session, row.serial, row.folded)
    row.updated = now()


def _goes_elsewhere(
    session: Session, row: Referral, intake: dict[str, Any], surgeon: tuple[str, str] | None
) -> bool:
    """Tell whether a referral that was sent asks another surgeon from now on; an entry that was merged is the same."""
    if row.sent_number is None or (surgeon[0] if surgeon else None) == row.surgeon_id:
        return False
    before = referral_rows.current(session, row) or {}
    return given(before, "request.surgeon") != given(intake, "request.surgeon")


def _on(row: Referral) -> str:
    return f" on {dates.say(row.sent_at.astimezone().date())}" if row.sent_at else ""


def _state(session: Session, row: Referral, uncleared: bool) -> ReferralState:
    """Return the state of answers just written: a correction stays where what was sent is until it is signed."""
    if row.signed_at and not uncleared:
        return ReferralState.SIGNED
    return where_it_is(session, row) if row.sent_number is not None else ReferralState.DRAFT


def where_it_is(session: Session, row: Referral) -> ReferralState:
    """Return where the request stands that was sent last."""
    with session.no_autoflush:
        return waiting.state_of(waiting.latest(session, row.id))


def _follow_hand_over(session: Session, row: Referral) -> None:
    """A signature ends the waiting for one; a correction of what was sent waits for one from its first save."""
    if row.state is ReferralState.SIGNED:
        forget_hand_over(row)
    elif row.sent_number is not None and row.asked_at is None:
        row.asked_at, row.asked_by = now(), actor(session).name


def forget_hand_over(row: Referral) -> None:
    """Wait for no signature any more."""
    row.asked_at, row.asked_by = None, ""
    row.returned_at, row.returned_by, row.returned_why = None, "", ""


def _what_was_done(row: Referral, old: ReferralState | None, said: str) -> str:
    if said:
        return said
    if row.state is ReferralState.SIGNED:
        return f"Signed by {row.signed_by}"
    if old is None:
        return "Begun"
    if old in OVER:
        return f"Taken up again after it was {old.label.lower()}"
    return "Changed after signing; the signature is void" if old is ReferralState.SIGNED else "Saved"


def add_version(session: Session, row: Referral, intake: dict[str, Any], marks: frozenset[str]) -> None:
    """Add what was written as the version that is current from now on."""
    row.marks = sorted(marks)
    stored = referral_rows.kept(intake, marks)
    session.add(
        ReferralVersion(referral_id=row.id, number=row.number, intake=stored, saved_by=actor(session).name)
    )


def append_event(session: Session, row: Referral, what: str, why: str = "") -> None:
    """Append to the history that a person did something; see MOVES."""
    sequence = 1
    if row.version:
        last = select(func.max(StateEvent.sequence)).where(StateEvent.referral_id == row.id)
        with session.no_autoflush:
            sequence += session.scalar(last) or 0
    who = actor(session).name
    session.add(
        StateEvent(referral_id=row.id, sequence=sequence, who=who, state=row.state, what=what, why=why)
    )


def move(session: Session, row: Referral, state: ReferralState, what: str, why: str) -> ReferralRecord:
    """Move a referral on without a new version, and return it."""
    row.state, row.updated = state, now()
    append_event(session, row, what, why)
    session.flush()
    waiting.follow(session, row)
    return referral_rows.record(row, referral_rows.current(session, row) or {})


def note(session: Session, action: AuditAction, row: Referral, **details: Any) -> None:
    """Note for the audit what is done with a referral."""
    known = {"reference": row.reference, "version": row.number}
    events.record(session, action, "referral", row.id, row.patient_id, **known, **details)


def readiness(result: check.Check) -> Readiness:
    """Return how a referral stands in lists by its check."""
    if result.uncleared:
        return Readiness.EMERGENCY
    return Readiness.READY if result.ready_to_sign else Readiness.INCOMPLETE


def _patient(
    session: Session, row: Referral, intake: dict[str, Any], patient_id: str, patient_version: int
) -> str | None:
    """Write the intake's patient and coverage back to the patient, and return the patient's id.

    Of a referral that was saved before, only what changed since goes back: an old referral that is corrected, or one
    that came with a merged patient, must not bring an old name or address back. For a new one see `_known_better`.
    """
    seen = patient_id, patient_version
    patient_id = patients.current_id(session, patient_id) if patient_id else ""
    found = session.get(Patient, patient_id) if patient_id else None
    if found is not None:
        ask_scope(session, found.practice_id, "patient", found.id)
    values = intake.get("patient")
    if not isinstance(values, Mapping) or not given(intake, "patient.family_name"):
        return patient_id or None
    if not patient_id:
        found = _same_person(session, row.practice_id, dict(values))  # pyright: ignore
    is_known = found is not None and row.number and row.patient_id
    found = found or Patient(id=new_id(), practice_id=row.practice_id)
    if found.practice_id is None:
        found.practice_id = row.practice_id
    group: dict[str, Any] = dict(values)  # pyright: ignore
    coverage: list[dict[str, Any]] = [dict(item) for item in rows(intake, "coverage")]
    if is_known:
        before = referral_rows.current(session, row) or {}
        group = _changes_taken(found.details, as_dict(before.get("patient")), group)
        if coverage == [dict(item) for item in rows(before, "coverage")]:
            coverage = [item.details for item in found.coverage]
    elif found.version:
        group, coverage = _known_better(found, group, coverage, seen)
    patients.write(session, found, group, coverage)
    session.add(found)
    return found.id


def _known_better(
    found: Patient, group: dict[str, Any], coverage: list[dict[str, Any]], seen: tuple[str, int]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a new referral writes back to a patient who is on file: nothing that it was not begun with goes.

    Begun with the patient as they still are, it counts whole. Was the patient changed since, or is it not known with
    which state it was begun, it fills in what is empty. Nobody was chosen: what was typed counts, the rest stays.
    """
    stored, patient_id = found.details, seen[0]
    if patient_id and seen == (found.id, found.version):
        return group, coverage
    kept, typed = (
        {name: value for name, value in one.items() if answered(value) and unavailable(value) is None}
        for one in (stored, group)
    )
    held = [item.details for item in found.coverage]
    if patient_id:
        return {**group, **kept}, held or coverage
    return {**group, **stored, **typed}, coverage or held


def _changes_taken(
    now: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a patient's values as they are `now` with what a referral changed from `before` to `after`.

    Of an address or a person that became another one since, nothing is taken: a part would bring the old one back.
    """
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    changed -= {name for name in changed if isinstance(now.get(name), dict) and now[name] != before.get(name)}
    kept = {name: value for name, value in now.items() if name not in changed}
    return kept | {name: after[name] for name in after if name in changed}


def _same_person(session: Session, practice_id: str | None, values: dict[str, Any]) -> Patient | None:
    """Return the one patient of a practice who is this person beyond doubt.

    Name and date of birth are exactly the same, and so is the phone or the record number (`patient_likeness.is_sure`):
    two people of one name and birthday are met in every large practice, and a wrong record is worse than a second one.
    """
    name, born = patients.sort_name(values), given(values, "date_of_birth")
    if not born:
        return None
    own_office = actor(session).own_office
    wanted = {
        "name": name, "born": date.fromisoformat(str(born)), "practice": practice_id, "own_office": own_office,
    }  # fmt: skip
    found = session.scalars(_SAME_PERSON, wanted).all()
    return found[0] if len(found) == 1 and patient_likeness.is_sure(values, found[0].details) else None
