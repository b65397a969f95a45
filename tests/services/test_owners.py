"""Owners: whose a referral is, what comes next, when somebody looks again; the worklists follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from referral_app.choices import ReferralState, RequestStatus, StaffRole, Step
from referral_app.clinical import usual_steps
from referral_app.database import Database
from referral_app.jobs import demo
from referral_app.models.base import new_id
from referral_app.models.person import Person
from referral_app.models.referral import Referral
from referral_app.models.waiting import Waiting
from referral_app.services import owners, plans_of_many, tasks, versions
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.permissions import actor, nobody_yet
from tests.acting import as_role
from tests.services.conftest import Offices
from tests.services.test_requests import sent

TODAY = date.today()


def waits(world: Offices) -> set[tuple[Step, date, str]]:
    with world.db.read() as session:
        serial = session.scalars(select(Referral.serial).where(Referral.id == world.north.referral)).one()
        rows = session.scalars(select(Waiting).where(Waiting.serial == serial))
        return {(one.step, one.since, one.owner_id) for one in rows}


def test_a_noted_step_and_its_day_stand_until_another_is_noted(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        plan = owners.plan(session, name, "Call on Monday", TODAY + timedelta(3))
    assert (plan.next_step, plan.follow_up_on) == ("Call on Monday", TODAY + timedelta(3))
    assert (Step.FOLLOW_UP, TODAY + timedelta(3)) in {one[:2] for one in waits(offices)}
    with offices.db.begin() as session:
        assert owners.plan(session, name, "", None).next_step == "Confirm that the surgeon’s office has it"
    assert {one[0] for one in waits(offices)} == {Step.NO_RECEIPT}


def test_a_day_that_passed_and_a_stranger_are_refused(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        owners.plan(session, name, "", TODAY - timedelta(1))
    assert set(refused.value.fields) == {"follow_up_on"}
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        owners.plan(session, name, "", None, "nobody")
    assert set(refused.value.fields) == {"owner_id"}


def test_without_accounts_the_person_at_work_is_given_referrals_and_tasks_by_name(db: Database) -> None:
    """One person's own office, and the demonstration: nobody has an account, and Bettina is at work."""
    reference = demo.fill(db)
    db.act_as("", "Bettina Frontdesk", nobody_yet("Bettina Frontdesk"))
    with db.begin() as session:
        assert owners.people(session) == [(owners.SELF, "Bettina Frontdesk")]
        changed = plans_of_many.assign(session, [reference], owners.SELF)
        plan = owners.get(session, reference)
        assert (plan.owner_id, plan.owner) == ("", "Bettina Frontdesk")
        assert plans_of_many.assign(session, [reference], owners.SELF) == []
        assert owners.chosen(owners.people(session), plan.owner_id, plan.owner) == owners.SELF
        assert plans_of_many.put_back(session, changed) == 0
        assert owners.get(session, reference).owner == ""
        owners.assign(session, reference, owners.SELF)
        assert len(plans_of_many.assign(session, [reference], "")) == 1  # it was somebody's by name alone
        assert owners.get(session, reference).owner == ""
        task = tasks.begin(session, reference, tasks.Wish("Call the office", owner_id=owners.SELF))
        assert (task.owner_id, task.owner) == ("", "Bettina Frontdesk")


def test_with_accounts_nobody_is_meant_by_the_person_at_work(offices: Offices) -> None:
    staff = as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    offices.db.act_as(new_id(), staff.name, replace(staff, person_id=new_id()))
    with offices.db.begin() as session, pytest.raises(InvalidInput):
        owners.named(session, owners.SELF)


def test_what_waits_moves_to_its_new_owner(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        ben = new_id()
        session.add(Person(id=ben, login="ben", name="Ben", roles=[], active=True))
        session.flush()
        assert next(one for one, _ in owners.people(session)) == actor(session).person_id
        assert owners.assign(session, name, ben).owner == "Ben"
    assert {one[2] for one in waits(offices)} == {ben}


def test_a_referral_that_somebody_changed_meanwhile_is_looked_at_again(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        before = owners.get(session, name)
        owners.plan(session, name, "Call", None, version=before.version)
    with offices.db.begin() as session, pytest.raises(Conflict):
        owners.plan(session, name, "Write", None, version=before.version)


def test_the_version_that_was_read_is_found_again_after_a_plan(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        owners.plan(session, name, "Call", None)
        row = session.get_one(Referral, name)
        assert versions.since(session, name, row.version).base is not None


def test_each_place_has_a_usual_next_step() -> None:
    for status in RequestStatus:
        known = usual_steps.of(ReferralState.ANSWERED, status)
        assert known or status is RequestStatus.CANCELED
    assert usual_steps.of(ReferralState.CLOSED, RequestStatus.COMPLETED) == usual_steps.NOTHING
