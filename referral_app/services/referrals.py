"""Referrals: beginning, saving as versions, signing, and what became of them; finding them is in `worklists`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Readiness, ReferralState
from referral_app.clinical import check, validation
from referral_app.clinical.fields import given, rows
from referral_app.models.base import new_id, now
from referral_app.models.patient import Patient
from referral_app.models.practice import Practice
from referral_app.models.referral import Draft, Referral, ReferralVersion, StateEvent
from referral_app.services import patients, practices, references, surgeons
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.folding import searchable
from referral_app.services.referral_records import (
    Event,
    Filter,
    Queue,
    ReferralRecord,
    ReferralRow,
    row_values,
)
from referral_app.services.surgeon_records import SurgeonRecord

__all__ = [
    "Event", "Filter", "Queue", "ReferralRecord", "ReferralRow",
    "cancel", "checked", "get", "history", "mark_answered", "mark_sent", "new_intake", "save", "sign",
]  # fmt: skip

UNKNOWN_SURGEON = check.Line(
    "missing.request.surgeon.unknown",
    "missing",
    "Request: the surgeon is not in the directory. Choose another, or import the directory.",
    "Surgeon directory",
    "request.surgeon",
)
CARRIED_OVER = ("diagnosis", "treatments", "injections", "imaging")
"""Groups that a patient's next referral begins with; counts, findings, allergies and flags are asked again."""


_OUR_PRACTICE = select(Practice.id).where(Practice.ours.is_(True))
_SAME_PERSON = select(Patient).where(
    Patient.sort_name == bindparam("name"), Patient.date_of_birth == bindparam("born")
)


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
        .where(Referral.patient_id == patient_id, Referral.number == ReferralVersion.number)
        .order_by(Referral.created.desc(), Referral.id)
        .limit(1)
    )
    return {} if last is None else {name: last.intake[name] for name in CARRIED_OVER if last.intake.get(name)}


def get(session: Session, name: str) -> ReferralRecord:
    """Return a referral by its id or reference number; raises NotFound, InvalidInput for a mistyped number."""
    row = _row(session, name)
    return _record(row, _current(session, row) or {})


def checked(session: Session, intake: dict[str, Any], today: date | None = None) -> check.Check:
    """Return the live check of an intake, the chosen surgeon's requirements included."""
    name = given(intake, "request.surgeon")
    surgeon = surgeons.find_by(session, name) if isinstance(name, str) else None
    found = check.check(intake, surgeon.requirements if surgeon else (), today)
    return found if surgeon or name is None else replace(found, missing=(UNKNOWN_SURGEON, *found.missing))


def save(
    session: Session,
    intake: dict[str, Any],
    who: str,
    *,
    referral_id: str = "",
    version: int = 0,
    patient_id: str = "",
    marks: frozenset[str] = frozenset(),
    draft_id: str = "",
) -> ReferralRecord:
    """Write an intake as the next version of a referral, new where `referral_id` is empty, and return it.

    The patient and coverage are written back to the patient, so that they are entered once; a change after signing
    voids the signature; the draft it came from is discarded. Raises InvalidInput for what cannot be read, Conflict
    when someone else saved since `version`.
    """
    if problems := validation.validate(intake):
        raise InvalidInput(problems)
    row = _row(session, referral_id) if referral_id else _new(session)
    if referral_id and version != row.version:
        raise Conflict("Someone else saved this referral in the meantime. Open it again; your draft is kept.")
    before = _current(session, row)
    intake = _without_void_signature(row, before, intake)
    if before != intake or frozenset(row.marks) != marks:
        _write(session, row, intake, who, patient_id)
        row.marks = sorted(marks)
        session.add(ReferralVersion(referral_id=row.id, number=row.number, intake=intake, saved_by=who))
    if draft_id:
        session.execute(delete(Draft).where(Draft.id == draft_id))
    session.flush()
    return _record(row, intake)


def sign(session: Session, name: str, signed_by: str, who: str) -> ReferralRecord:
    """Sign the current version; raises InvalidInput while an emergency is uncleared or no clinician is named.

    What is missing does not stop a signature: the letter lists it (contract section 2).
    """
    row = _row(session, name)
    if row.state is not ReferralState.DRAFT:
        raise InvalidInput({"": f"This referral is already {row.state.label.lower()}."})
    if not signed_by.strip():
        raise InvalidInput({"signature.signed_by": "Name the clinician who signs."})
    intake = _current(session, row) or {}
    if checked(session, intake).uncleared:
        raise InvalidInput(
            {"red_flags": "An emergency has not been cleared by a clinician. Nothing can be sent."}
        )
    prepared = given(intake, "signature.prepared_by") or who
    signature = {"prepared_by": prepared, "signed_by": signed_by, "signed_at": _stamp(now())}
    return save(
        session, {**intake, "signature": signature}, who,
        referral_id=row.id, version=row.version, patient_id=row.patient_id or "", marks=frozenset(row.marks),
    )  # fmt: skip


def mark_sent(session: Session, name: str, who: str, how: str) -> ReferralRecord:
    """Record that the letter left; raises InvalidInput unless it is signed and no emergency is uncleared."""
    row = _row(session, name)
    if row.state is not ReferralState.SIGNED:
        raise InvalidInput({"": "Only a signed referral can be sent."})
    if checked(session, _current(session, row) or {}).uncleared:
        raise InvalidInput(
            {"red_flags": "An emergency has not been cleared by a clinician. Nothing can be sent."}
        )
    row.sent_at = now()
    return _move(session, row, ReferralState.SENT, who, "Sent", how)


def mark_answered(session: Session, name: str, who: str, what: str) -> ReferralRecord:
    """Record the answer of the surgeon's office; raises InvalidInput for a referral that was not sent."""
    row = _row(session, name)
    if row.state is not ReferralState.SENT:
        raise InvalidInput({"": "Only a referral that was sent can be answered."})
    return _move(session, row, ReferralState.ANSWERED, who, "Answered", what)


def cancel(session: Session, name: str, who: str, why: str) -> ReferralRecord:
    """Cancel a referral with a reason; it stays in the store. Raises InvalidInput without a reason."""
    if not why.strip():
        raise InvalidInput({"why": "Enter why the referral is canceled."})
    return _move(session, _row(session, name), ReferralState.CANCELED, who, "Canceled", why)


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


def history(session: Session, name: str) -> list[Event]:
    """Return what happened to a referral, oldest first."""
    mine = (
        select(StateEvent)
        .where(StateEvent.referral_id == _row(session, name).id)
        .order_by(StateEvent.sequence)
    )
    return [Event(item.at, item.who, item.what, item.why) for item in session.scalars(mine)]


def _new(session: Session) -> Referral:
    practice_id = session.scalar(_OUR_PRACTICE)
    return Referral(
        id=new_id(), reference=references.make(), state=ReferralState.DRAFT, readiness=Readiness.INCOMPLETE,
        number=0, marks=[], practice_id=practice_id,
    )  # fmt: skip


def _row(session: Session, name: str) -> Referral:
    if len(name) < 30:
        try:
            name = references.read(name)
        except ValueError as error:
            raise InvalidInput({"reference": str(error)}) from error
        row = session.scalar(select(Referral).where(Referral.reference == name))
    else:
        row = session.get(Referral, name)
    if row is None:
        raise NotFound(f"There is no referral {name}." if len(name) < 30 else "This referral is not there.")
    return row


def _current(session: Session, row: Referral) -> dict[str, Any] | None:
    """Return the answers of the current version, None for a referral that has none yet."""
    if not row.number:
        return None
    mine = ReferralVersion.referral_id == row.id, ReferralVersion.number == row.number
    return session.scalars(select(ReferralVersion.intake).where(*mine)).one()


def _without_void_signature(
    row: Referral, before: dict[str, Any] | None, intake: dict[str, Any]
) -> dict[str, Any]:
    """Return the intake without its signature where answers changed after signing."""
    if before is None or row.state is ReferralState.DRAFT:
        return intake
    unsigned = [
        {name: value for name, value in part.items() if name != "signature"} for part in (before, intake)
    ]
    if unsigned[0] == unsigned[1]:
        return intake
    prepared = given(intake, "signature.prepared_by")
    return {**intake, "signature": {"prepared_by": prepared} if prepared else {}}


def _write(session: Session, row: Referral, intake: dict[str, Any], who: str, patient_id: str) -> None:
    """Fill the columns that lists and queues need, and record the event."""
    name = given(intake, "request.surgeon")
    surgeon = surgeons.known_as(session, name) if isinstance(name, str) else None
    result = check.open_points(intake)
    if surgeon is None and name is not None:
        result = replace(result, missing=(UNKNOWN_SURGEON, *result.missing))
    old = row.state if row.number else None
    row.patient_id = _patient(session, intake, patient_id or row.patient_id or "")
    values: dict[str, Any] = intake.get("patient") or {}
    row.number += 1
    row.patient_name = patients.sort_name(values)
    row.date_of_birth = str(given(values, "date_of_birth") or "")
    row.surgeon_id, row.surgeon_name = surgeon or (None, "")
    row.urgency = str(given(intake, "request.urgency") or "")
    row.readiness = _readiness(result)
    row.folded = searchable(row.patient_name, row.surgeon_name, row.reference.replace("-", ""))
    row.updated = now()
    row.signed_by, row.signed_at = _signature(intake)
    row.state = ReferralState.SIGNED if row.signed_at and not result.uncleared else ReferralState.DRAFT
    session.add(row)
    _append_event(session, row, who, _what_was_done(row, old))


def _what_was_done(row: Referral, old: ReferralState | None) -> str:
    if row.state is ReferralState.SIGNED:
        return f"Signed by {row.signed_by}"
    if old is None:
        return "Begun"
    return "Saved" if old is ReferralState.DRAFT else "Changed after signing; the signature is void"


def _append_event(session: Session, row: Referral, who: str, what: str, why: str = "") -> None:
    sequence = 1
    if row.version:
        last = select(func.max(StateEvent.sequence)).where(StateEvent.referral_id == row.id)
        with session.no_autoflush:
            sequence += session.scalar(last) or 0
    session.add(
        StateEvent(referral_id=row.id, sequence=sequence, who=who, state=row.state, what=what, why=why)
    )


def _move(
    session: Session, row: Referral, state: ReferralState, who: str, what: str, why: str
) -> ReferralRecord:
    row.state, row.updated = state, now()
    _append_event(session, row, who, what, why)
    session.flush()
    return _record(row, _current(session, row) or {})


def _readiness(result: check.Check) -> Readiness:
    if result.uncleared:
        return Readiness.EMERGENCY
    return Readiness.READY if result.ready_to_sign else Readiness.INCOMPLETE


def _signature(intake: dict[str, Any]) -> tuple[str, datetime | None]:
    by, at = given(intake, "signature.signed_by"), given(intake, "signature.signed_at")
    if not by or not at:
        return "", None
    return str(by), datetime.fromisoformat(str(at)).astimezone(UTC)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _patient(session: Session, intake: dict[str, Any], patient_id: str) -> str | None:
    """Write the intake's patient and coverage back to the patient, and return the patient's id."""
    values = intake.get("patient")
    if not isinstance(values, Mapping) or not given(intake, "patient.family_name"):
        return patient_id or None
    row = session.get(Patient, patient_id) if patient_id else _same_person(session, dict(values))  # pyright: ignore
    row = row or Patient(id=new_id())
    patients.write(row, dict(values), [dict(item) for item in rows(intake, "coverage")])  # pyright: ignore
    session.add(row)
    return row.id


def _same_person(session: Session, values: dict[str, Any]) -> Patient | None:
    """Return the one patient with exactly this name and date of birth."""
    name, born = patients.sort_name(values), given(values, "date_of_birth")
    if not born:
        return None
    found = session.scalars(_SAME_PERSON, {"name": name, "born": date.fromisoformat(str(born))}).all()
    return found[0] if len(found) == 1 else None


def _record(row: Referral, intake: dict[str, Any]) -> ReferralRecord:
    return ReferralRecord(
        **row_values(row),
        intake=intake,
        number=row.number,
        version=row.version,
        marks=frozenset(row.marks),
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        practice_id=row.practice_id or "",
    )
