"""Who sees to a referral, what comes next and by when; it is its sender's until somebody else takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates, usual_steps
from referral_app.models.base import now
from referral_app.models.person import Person
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services import events, referral_rows, referral_writing, waiting
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.permissions import actor, needs
from referral_app.services.referral_records import PLANNED

PASSED = "This day has passed. Enter today or a later day."
SELF = "self"
"""Stands for the person at work where no accounts exist: an owner is then a name alone, without an id."""


@dataclass(frozen=True)
class PlanRecord:
    """Whose a referral is, the next step, and the day on which somebody looks at it again.

    `noted` is the step that a person wrote, "" where `next_step` is the usual one.
    """

    owner_id: str
    owner: str
    next_step: str
    noted: str
    follow_up_on: date | None
    version: int


@needs(Permission.SEE_PATIENTS)
def get(session: Session, name: str) -> PlanRecord:
    """Return who sees to a referral, and what comes next; part of an opened referral."""
    row = referral_rows.row(session, name)
    return _record(row, waiting.latest(session, row.id))


@needs(Permission.WRITE)
def plan(
    session: Session,
    name: str,
    next_step: str,
    follow_up_on: date | None,
    owner_id: str | None = None,
    version: int = 0,
) -> PlanRecord:
    """Note what comes next for a referral, by when and, unless `owner_id` is None, whose it is; "" is nobody's.

    Raises InvalidInput by field (owner_id, follow_up_on), Conflict since `version`, NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    if version and version != row.version:
        raise Conflict("Someone else changed this referral in the meantime. Look at it again.")
    if follow_up_on is not None and follow_up_on < date.today() and follow_up_on != row.follow_up_on:
        raise InvalidInput({"follow_up_on": PASSED})
    if owner_id is not None:
        row.owner_id, row.owner = named(session, owner_id)
    row.next_step, row.follow_up_on = next_step.strip(), follow_up_on
    return _followed(session, row)


@needs(Permission.WRITE)
def assign(session: Session, name: str, owner_id: str) -> PlanRecord:
    """Give a referral to somebody, "" to nobody; raises InvalidInput by "owner_id", NotFound, Denied."""
    row = referral_rows.row(session, name)
    row.owner_id, row.owner = named(session, owner_id)
    return _followed(session, row)


@needs(Permission.WRITE)
def put_back(session: Session, name: str, earlier: PlanRecord) -> PlanRecord:
    """Plan a referral as it was, also for a day that has passed or somebody who left; part of taking an act back."""
    row = referral_rows.row(session, name)
    row.owner_id, row.owner = earlier.owner_id, earlier.owner
    row.next_step, row.follow_up_on = earlier.noted, earlier.follow_up_on
    return _followed(session, row)


@needs(Permission.SEE_PATIENTS)
def people(session: Session) -> list[tuple[str, str]]:
    """Return id and name of who may see to a referral, the person who acts first, as SELF without an account."""
    who = actor(session)
    wanted = select(Person.id, Person.name).where(Person.active, Person.id != who.person_id)
    if not who.sees_every_practice:
        wanted = wanted.where(
            or_(Person.practice_id == (who.practice_id or None), Person.practice_id.is_(None))
        )
    others = session.execute(wanted.order_by(Person.name)).all()
    own = [(who.person_id or SELF, who.name)] if who.name else []
    return [*own, *((one.id, one.name) for one in others)]


def chosen(people_here: list[tuple[str, str]], owner_id: str, owner: str) -> str:
    """Return which of `people` an owner is: their id, or SELF for a name alone; "" for nobody or another name."""
    return owner_id or (SELF if (SELF, owner) in people_here else "")


@needs(Permission.SEE_PATIENTS)
def named(session: Session, person_id: str) -> tuple[str, str]:
    """Return id and name of one of `people`, "" and the name for SELF, "" and "" for nobody.

    Raises InvalidInput by "owner_id".
    """
    if not person_id:
        return "", ""
    found = dict(people(session)).get(person_id)
    if found is None:
        raise InvalidInput({"owner_id": "Choose somebody who works here."})
    return "" if person_id == SELF else person_id, found


def _followed(session: Session, row: Referral) -> PlanRecord:
    row.updated = now()
    by = f"by {dates.say(row.follow_up_on)}" if row.follow_up_on else ""
    parts = (row.next_step, by, f"for {row.owner}" if row.owner else "for nobody")
    referral_writing.append_event(session, row, PLANNED, ", ".join(part for part in parts if part))
    session.flush()
    waiting.follow(session, row)
    events.record(
        session, AuditAction.CHANGED, "referral", row.id, row.patient_id, reference=row.reference,
        fields=["owner", "next_step", "follow_up_on"],
    )  # fmt: skip
    return _record(row, waiting.latest(session, row.id))


def _record(row: Referral, request: Request | None) -> PlanRecord:
    usual = usual_steps.of(
        row.state, request.status if request else None, request.information_owed if request else False,
        request is not None and request.undelivered is not None, request.visit_on if request else None,
    )  # fmt: skip
    return PlanRecord(
        row.owner_id, row.owner, row.next_step or usual, row.next_step, row.follow_up_on, row.version
    )
