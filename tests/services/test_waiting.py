"""What waits is written with each change of a referral, and the counts are always those of the rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from referral_app.choices import RequestAct as Act
from referral_app.choices import Step, TaskKind
from referral_app.models.referral import Referral
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.models.work import Task
from referral_app.services import owners, referrals, requests, signing, tasks, waiting, waiting_making
from referral_app.services.requests import Happened
from referral_app.services.tasks import Wish
from tests.services.conftest import Offices

TODAY = date.today()


def steps(world: Offices) -> list[str]:
    with world.db.read() as session:
        number = session.scalars(select(Referral.serial).where(Referral.id == world.north.referral)).one()
        return sorted(session.scalars(select(Waiting.step).where(Waiting.serial == number)))


def since(world: Offices, step: Step) -> date:
    with world.db.read() as session:
        number = session.scalars(select(Referral.serial).where(Referral.id == world.north.referral)).one()
        return session.scalars(
            select(Waiting.since).where(Waiting.serial == number, Waiting.step == step)
        ).one()


def counts_are_true(world: Offices) -> bool:
    with world.db.read() as session:
        rows = Counter(
            (one.step, one.since, one.urgent, one.owner_id, one.practice_id)
            for one in session.scalars(select(Waiting))
        )
        told = {
            (one.step, one.since, one.urgent, one.owner_id, one.practice_id): one.number
            for one in session.scalars(select(WaitingCount))
            if one.number and one.since != waiting.TOTAL
        }
    return rows == Counter(told)


def test_each_change_moves_a_referral_to_the_step_where_it_waits(offices: Offices) -> None:
    name = offices.north.referral
    assert steps(offices) == [Step.DRAFT]
    with offices.db.begin() as session:
        signing.hand_over(session, name)
    assert steps(offices) == [Step.TO_SIGN]
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
    assert steps(offices) == [Step.TO_SEND]
    with offices.db.begin() as session:
        referrals.mark_sent(session, name, "Mail")
    assert steps(offices) == [Step.NO_RECEIPT]
    for act, step in (
        (Act.ACCEPT, Step.NO_VISIT), (Act.SCHEDULE, Step.NO_OUTCOME), (Act.INTERIM_NOTE, Step.NO_NOTE),
        (Act.OUTCOME, Step.NOT_TOLD),
    ):  # fmt: skip
        with offices.db.begin() as session:
            requests.enter(session, name, Happened(act, TODAY))
        assert steps(offices) == [step]
        assert counts_are_true(offices)
    with offices.db.begin() as session:
        requests.tell_patient(session, name, TODAY)
    assert steps(offices) == []
    assert counts_are_true(offices)


def test_information_that_is_owed_stands_beside_the_step(offices: Offices) -> None:
    name = offices.north.referral
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
        requests.owe_information(session, name, True)
    assert steps(offices) == sorted([Step.INFORMATION, Step.NO_RECEIPT])
    with offices.db.begin() as session:
        requests.hold(session, name, True, "The patient travels")
    assert steps(offices) == [Step.FOLLOW_UP]
    assert counts_are_true(offices)


def test_what_is_owed_waits_since_it_was_asked_for_whatever_else_is_recorded(offices: Offices) -> None:
    name, first, second = offices.north.referral, TODAY - timedelta(days=9), TODAY - timedelta(days=4)
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
        requests.owe_information(session, name, True)
        for what, day in (("MRI", first), ("Diary", second)):
            made = tasks.begin(session, name, Wish(what, TaskKind.INFORMATION))
            at = datetime.combine(day, time(12)).astimezone()
            session.get_one(Task, made.id).created = at
    with offices.db.begin() as session:
        requests.enter(session, name, Happened(Act.ACCEPT, TODAY))
    assert since(offices, Step.INFORMATION) == first
    with offices.db.begin() as session:
        mri = next(one for one in tasks.of_referral(session, name) if one.what == "MRI")
        tasks.done(session, mri.id, "Sent")
    assert since(offices, Step.INFORMATION) == second
    with offices.db.begin() as session:
        waiting_making.make(session)
    assert since(offices, Step.INFORMATION) == second
    assert counts_are_true(offices)


def test_nobody_owes_information_to_who_declined(offices: Offices) -> None:
    name = offices.north.referral
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
        requests.owe_information(session, name, True)
        requests.enter(session, name, Happened(Act.DECLINE, TODAY, "Not in their region"))
        assert owners.get(session, name).next_step == "Ask the next surgeon, or tell the patient"
    assert steps(offices) == [Step.NOT_TOLD]
    with offices.db.begin() as session:  # a wrong click: it is owed again
        requests.undo(session, name, requests.steps(session, name)[-1].entry, "Another patient's sheet")
    assert steps(offices) == sorted([Step.INFORMATION, Step.NO_RECEIPT])
    assert counts_are_true(offices)


def test_what_rests_is_followed_up_all_the_same_and_its_end_ends_the_rest(offices: Offices) -> None:
    name = offices.north.referral
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
        requests.hold(session, name, True, "The patient travels")
        day = owners.get(session, name).follow_up_on
        assert day is not None
        assert 30 <= (day - TODAY).days <= 34
        owners.plan(session, name, "", None)  # the day is taken out again
    assert steps(offices) == [Step.FOLLOW_UP]
    with offices.db.begin() as session:
        ended = requests.enter(session, name, Happened(Act.DECLINE, TODAY, "Not in their region"))
    assert not ended.on_hold
    assert steps(offices) == [Step.NOT_TOLD]
    assert counts_are_true(offices)


def test_a_day_that_was_set_stays_when_a_referral_rests(offices: Offices) -> None:
    name, day = offices.north.referral, TODAY + timedelta(days=100)
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
        owners.plan(session, name, "Call in spring", day)
        requests.hold(session, name, True, "The patient travels")
        assert owners.get(session, name).follow_up_on == day
