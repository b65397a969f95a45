"""What a surgeon wants of one person before and after an operation, and what is still missing for the packet about it.

How long before an operation nobody eats, and which medicine is stopped, is for the surgeon and the anesthesia team
alone (reference/clinical.md section 6): the program proposes nothing but what this surgeon usually answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AuditAction, Permission, ProcedureKind
from referral_app.clinical import texts
from referral_app.clinical.fields import as_list, given
from referral_app.models.base import now
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.models.surgery import SurgeryHabit, SurgeryPlan
from referral_app.services import appointments, events, printing, referral_rows, surgeons
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import SurgeonRecord

LONGEST = 1000
"""The most characters of an answer: it is printed large, on one page with the others."""
ANSWERS = ("fasting", "medications", "ride", "aftercare")

NO_DAY = "Book the day of the operation."
NO_FASTING = "Fill in when to stop eating and drinking."
NO_MEDICATIONS = "Fill in what to do with medications."
NO_RIDE = "Fill in the ride home."
MINOR = (
    "The patient is under 18. The surgery packet is written for adults: talk it through with the patient and the legal "
    "representative instead."
)
ANOTHER_SURGEON = "These answers are of another surgeon. Ask the surgeon’s office, and save them again."
BOOKED_ELSEWHERE = (
    "The operation is booked with {} and the referral is to {}. Change the visit or the referral."
)


@dataclass(frozen=True)
class PlanRecord:
    """The answers for one referral; `version` is 0 where none is saved yet and they are what the surgeon usually says.

    `offered` are the operations that can be meant: those of the request, then the others of the surgeon.
    """

    reference: str
    surgeon: str = ""
    operation: str = ""
    fasting: str = ""
    medications: str = ""
    ride: str = ""
    aftercare: str = ""
    answered_by: str = ""
    version: int = 0
    offered: tuple[str, ...] = ()

    @property
    def blanks(self) -> Iterator[str]:
        """Yield the sentences on what a surgery packet lacks of these answers."""
        for answer, sentence in (
            (self.fasting, NO_FASTING), (self.medications, NO_MEDICATIONS), (self.ride, NO_RIDE),
        ):  # fmt: skip
            if not answer:
                yield sentence


@needs(Permission.SEE_PATIENTS)
def get(session: Session, reference: str) -> PlanRecord:
    """Return the answers for a referral that is open, or what its surgeon usually says; raises NotFound, Denied."""
    row = referral_rows.row(session, reference)
    intake = referral_rows.current(session, row) or {}
    surgeon, stored = _surgeon(session, row, intake), _plan(session, row)
    wanted, others = _operations(session, surgeon, intake)
    offered = (*wanted, *others)
    if stored is not None:
        return _record(row, stored, surgeon, offered)
    habit = session.get(SurgeryHabit, surgeon.id) if surgeon else None
    usual = {name: getattr(habit, name) for name in ANSWERS} if habit else {}
    operation, name = wanted[0] if wanted else "", surgeon.name if surgeon else ""
    return PlanRecord(row.reference, name, operation, **usual, offered=offered)


@needs(Permission.SEND)
def save(session: Session, plan: PlanRecord) -> PlanRecord:
    """Write the answers of a surgeon for a referral, and return them.

    Raises InvalidInput by field (answered_by where answers are given and nobody gave them), Conflict where somebody
    saved others since `plan.version`.
    """
    row = referral_rows.row(session, plan.reference)
    if problems := _problems(plan):
        raise InvalidInput(problems)
    stored = _plan(session, row)
    if (stored.version if stored else 0) != plan.version:
        raise Conflict("Someone else saved the surgeon’s answers in the meantime. Open them again.")
    action = AuditAction.CREATED if stored is None else AuditAction.CHANGED
    stored = stored or SurgeryPlan(referral_id=row.id)
    for name in ("operation", *ANSWERS, "answered_by"):
        setattr(stored, name, getattr(plan, name).strip())
    # Saving the same answers again confirms them: the time moves, and with it whose answers they are.
    stored.updated = now()
    session.add(stored)
    session.flush()
    events.record(session, action, "surgery_plan", stored.id, row.patient_id, reference=row.reference)
    intake = referral_rows.current(session, row) or {}
    return _record(row, stored, _surgeon(session, row, intake), plan.offered)


@needs(Permission.SEND)
def save_as_usual(session: Session, plan: PlanRecord) -> None:
    """Keep the answers as what the referral's surgeon usually says, from which later plans begin.

    Raises InvalidInput where the referral has no surgeon.
    """
    row = referral_rows.row(session, plan.reference)
    surgeon = _surgeon(session, row, referral_rows.current(session, row) or {})
    if surgeon is None:
        raise InvalidInput({"": "Choose a surgeon in the referral first."})
    if problems := _problems(plan):
        raise InvalidInput(problems)
    habit = session.get(SurgeryHabit, surgeon.id) or SurgeryHabit(surgeon_id=surgeon.id)
    for name in ANSWERS:
        setattr(habit, name, getattr(plan, name).strip())
    session.add(habit)
    session.flush()
    events.record(session, AuditAction.CHANGED, "surgery_habit", surgeon.id)


@needs(Permission.SEE_PATIENTS)
def ready(
    session: Session, reference: str, today: date | None = None, surgery: AppointmentRecord | None = None
) -> tuple[str, ...]:
    """Return what is missing before a surgery packet can be printed, one sentence each; nothing where nothing is.

    `surgery` is the operation that it is for, None is the next one.
    Rule: issue 6 (a surgery date that stands, and the surgeon's blanks filled); adults alone (contract section 2).
    """
    if printing.is_minor(session, reference, today):
        return (MINOR,)
    row = referral_rows.row(session, reference)
    intake = referral_rows.current(session, row) or {}
    stored, surgeon = _plan(session, row), _surgeon(session, row, intake)
    visit = surgery or appointments.next_of(session, reference, AppointmentKind.SURGERY, today)
    stands = visit is not None and visit.is_booked and visit.day >= (today or date.today())
    missing = [] if stands else [NO_DAY]
    if visit is not None and surgeon is not None and visit.surgeon_id != surgeon.id:
        missing.append(BOOKED_ELSEWHERE.format(visit.surgeon, surgeon.name))
    plan = _record(row, stored, surgeon, ()) if stored else PlanRecord(row.reference)
    missing += plan.blanks
    if stored is not None and surgeon is not None and _asked_another(session, row, stored, surgeon):
        missing.append(ANOTHER_SURGEON)
    return tuple(missing)


def _plan(session: Session, row: Referral) -> SurgeryPlan | None:
    return session.scalar(select(SurgeryPlan).where(SurgeryPlan.referral_id == row.id))


def _record(
    row: Referral, stored: SurgeryPlan, surgeon: SurgeonRecord | None, offered: tuple[str, ...]
) -> PlanRecord:
    answers = {name: getattr(stored, name) for name in ("operation", *ANSWERS, "answered_by", "version")}
    return PlanRecord(row.reference, surgeon.name if surgeon else "", **answers, offered=offered)


def _problems(plan: PlanRecord) -> dict[str, str]:
    found = {
        name: texts.problem(getattr(plan, name), LONGEST, lines=name in ANSWERS)
        for name in ("operation", *ANSWERS, "answered_by")
    }
    answered = any(getattr(plan, name).strip() for name in ANSWERS)
    if answered and not plan.answered_by.strip():
        found["answered_by"] = "Enter who at the surgeon’s office gave these answers."
    return {name: said for name, said in found.items() if said}


def _surgeon(session: Session, row: Referral, intake: dict[str, Any]) -> SurgeonRecord | None:
    name = row.surgeon_id or given(intake, "request.surgeon")
    return surgeons.find_by(session, name) if isinstance(name, str) else None


def _operations(
    session: Session, surgeon: SurgeonRecord | None, intake: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """Return the operations that the request asks for, and the others of the surgeon; a diagnostic block is none."""
    asked = as_list(given(intake, "request.procedures"))
    wanted = [one for one in surgeons.procedures(session) if one.id in asked or one.code in asked]
    others = [one for one in (surgeon.procedures if surgeon else ()) if one not in wanted]
    names = [
        [one.name for one in listed if one.kind is not ProcedureKind.DIAGNOSTIC_BLOCK]
        for listed in (wanted, others)
    ]
    return names[0], names[1]


def _asked_another(session: Session, row: Referral, stored: SurgeryPlan, surgeon: SurgeonRecord) -> bool:
    """Tell whether the referral asked another surgeon when the answers were saved: they are not this one's then."""
    version = (
        select(ReferralVersion.intake)
        .where(ReferralVersion.referral_id == row.id, ReferralVersion.saved_at <= stored.updated)
        .order_by(ReferralVersion.number.desc())
        .limit(1)
    )
    then = session.scalar(version)
    name = given(referral_rows.answers(then), "request.surgeon") if then else None
    if not isinstance(name, str):
        return False
    known = surgeons.known_as(session, name)
    return known is not None and known[0] != surgeon.id
