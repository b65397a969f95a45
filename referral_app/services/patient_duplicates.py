"""Patients who may be one person: looked for before one is entered, in imports, and beside each patient.

Candidates come from indexes alone (date of birth and its slips, last four of the phone, record number, name), never
from a look at every patient. Nobody is merged by this: a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.models.patient import NotSamePatient, Patient
from referral_app.services import events, patient_likeness, patient_search, patients
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.folding import fold
from referral_app.services.likeness import ENOUGH
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import actor, ask_scope, needs

_MOST = 2_000
"""So many candidates of one index are looked at."""
_READ = 40
"""So many who are alike by their columns are read whole."""


@dataclass(frozen=True)
class LikePatient:
    """A patient who looks like another, how much (60 to 100), and why in one sentence."""

    patient: PatientRecord
    score: int
    why: str
    sure: bool = False


@needs(Permission.SEE_PATIENTS)
def like(session: Session, values: Mapping[str, Any], besides: str = "", limit: int = 5) -> list[LikePatient]:
    """Return the patients who may be the person of an intake's patient group, the most alike first.

    Left out are the patient `besides`, and those of whom a person said that they are two.
    """
    if not given(values, "family_name"):
        return []
    left_out = apart_from(session, besides) | {besides}
    ids = [one for one in _candidates(session, values) if one not in left_out]
    found: list[LikePatient] = []
    for other in patients.several(session, ids[:_READ]):
        judged = patient_likeness.judge(values, other.values)
        if judged.score >= ENOUGH:
            why = patient_likeness.sentence(judged.reasons)
            found.append(
                LikePatient(other, judged.score, why, patient_likeness.is_sure(values, other.values))
            )
    return sorted(found, key=lambda one: (not one.sure, -one.score, one.patient.name, one.patient.id))[:limit]


@needs(Permission.WRITE)
def not_same(session: Session, one_id: str, other_id: str) -> None:
    """Remember that two patients are two people: nobody is asked about them again. Raises InvalidInput, NotFound."""
    if one_id == other_id:
        raise InvalidInput({"": "Choose two different patients."})
    for one in (one_id, other_id):
        row = session.get(Patient, one)
        if row is None:
            raise NotFound("This patient is not there any more.")
        ask_scope(session, row.practice_id, "patient", row.id)
    first, second = sorted((one_id, other_id))
    if session.get(NotSamePatient, (first, second)) is None:
        session.add(NotSamePatient(first_id=first, second_id=second, person=actor(session).name))
        session.flush()
        events.record(session, AuditAction.CHANGED, "patient", one_id, one_id, not_same=other_id)


@needs(Permission.WRITE)
def refuse_undecided(session: Session, values: Mapping[str, Any], apart: Collection[str] = ()) -> None:
    """Refuse to store a new patient while it is open whether they are one who is here already.

    `apart` are the ids of those of whom a person said that they are somebody else. Raises InvalidInput at the name.
    """
    open_still = [one for one in like(session, values) if one.patient.id not in apart]
    if open_still:
        who = open_still[0]
        more = f", and {len(open_still) - 1} more" if len(open_still) > 1 else ""
        raise InvalidInput({
            "patient.family_name": f"This may be {who.patient.spoken}, who is here already{more}. {who.why}. Use that "
            "patient, or say that they are two people."
        })  # fmt: skip


@needs(Permission.SEE_PATIENTS)
def apart_from(session: Session, patient_id: str) -> set[str]:
    """Return the ids of those of whom a person said that they are not this patient."""
    if not patient_id:
        return set()
    pair = NotSamePatient
    rows = session.execute(
        select(pair.first_id, pair.second_id).where(
            or_(pair.first_id == patient_id, pair.second_id == patient_id)
        )
    )
    return {second if first == patient_id else first for first, second in rows}


def _candidates(session: Session, values: Mapping[str, Any]) -> list[str]:
    """Return ids of patients whose columns are alike, the most alike first."""
    p = Patient
    columns = (
        p.id,
        p.family_name,
        p.given_name,
        p.date_of_birth,
        p.mrn,
        p.phone_last4,
        p.phone_alt_last4,
        p.folded,
    )
    scope = patient_search.mine(session), patient_search.current()
    found: dict[str, int] = {}
    for condition in _conditions(values):
        for row in session.execute(select(*columns).where(*scope, condition).limit(_MOST)):
            if row.id not in found:
                found[row.id] = _guess(values, row)
    return sorted((one for one, score in found.items() if score >= ENOUGH), key=lambda one: -found[one])


def _conditions(values: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    """Yield what indexes find: the same number, date of birth or name, and those that may be slips of them."""
    if mrn := str(given(values, "mrn") or "").strip():
        yield Patient.mrn.in_({mrn, mrn.upper(), mrn.lower()})
    if born := dates.stored(values.get("date_of_birth")):
        yield Patient.date_of_birth.in_(patient_likeness.days_like(born))
    if last4 := {number[-4:] for number in patient_likeness.numbers(values)}:
        yield or_(Patient.phone_last4.in_(last4), Patient.phone_alt_last4.in_(last4))
    family, first = (str(given(values, name) or "").strip() for name in ("family_name", "given_name"))
    if family and first:
        names = {one for pair in ((family, first), (first, family)) for one in _spellings(*pair)}
        yield Patient.sort_name.in_(names)


def _spellings(family: str, first: str) -> set[str]:
    name, plain = f"{family}, {first}", f"{fold(family)}, {fold(first)}"
    return {name, name.upper(), name.title(), plain.upper(), plain.title()}


def _guess(values: Mapping[str, Any], row: Any) -> int:
    """Return how alike a patient may be by columns alone: last four digits count as the whole number."""
    other: dict[str, Any] = {"family_name": row.family_name, "given_name": row.given_name, "mrn": row.mrn}
    if row.date_of_birth:
        other["date_of_birth"] = row.date_of_birth.isoformat()
    if (first := fold(str(given(values, "given_name") or ""))) and f" {first} " in f"{row.folded} ":
        other["preferred_name"] = first
    mine = {number[-4:] for number in patient_likeness.numbers(values)}
    shared = mine & {row.phone_last4, row.phone_alt_last4}
    judged = patient_likeness.judge(values, other)
    return judged.score + 40 * bool(shared) if judged.score else 0
