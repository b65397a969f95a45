"""Worklists: counts and pages say the same, each office sees its own, and what was made anew is what was kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from referral_app.choices import RequestAct as Act
from referral_app.choices import StaffRole, Step
from referral_app.clinical import dates
from referral_app.models.person import Person
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.services import (
    departures,
    morning_sheets,
    owners,
    plans_of_many,
    referrals,
    requests,
    signing,
    surgeons,
    tasks,
    waiting,
    waiting_lists,
    waiting_making,
    whereabouts,
    worklist_rules,
    worklists,
)
from referral_app.services.departures import Agreement
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor
from referral_app.services.requests import Happened
from referral_app.services.waiting_lists import ALL, MINE, OFFICE, Which
from referral_app.services.worklist_rules import USUAL
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()


def sent(world: Offices, *names: str) -> None:
    with world.db.begin() as session:
        for name in names or (world.north.referral,):
            referrals.sign(session, name, "Rosa Ortiz, MD")
            referrals.mark_sent(session, name, "Mail")


def pile(world: Offices, step: Step, whose: str = ALL, today: date = TODAY) -> tuple[int, int]:
    with world.db.read() as session:
        found = waiting_lists.counts(session, whose, today)[step]
        for due_only, number in ((False, found.all), (True, found.due)):
            which = Which(step, whose, due_only)
            assert waiting_lists.count(session, which, today) == number
            assert len(waiting_lists.find(session, which, today=today)) == number
        return found.due, found.all


def test_a_letter_without_an_acknowledgment_is_due_after_three_business_days(offices: Offices) -> None:
    sent(offices)
    due = USUAL[Step.NO_RECEIPT].due(TODAY)
    assert pile(offices, Step.NO_RECEIPT, today=due - timedelta(1)) == (0, 1)
    assert pile(offices, Step.NO_RECEIPT, today=due) == (1, 1)
    with offices.db.read() as session:
        (row,) = waiting_lists.find(session, Which(Step.NO_RECEIPT))
        whose = actor(session).name
    assert (row.since, row.due, row.reference) == (TODAY, due, offices.north.reference)
    assert (row.owner, row.next_step) == (whose, "Confirm that the surgeon’s office has it")
    assert row.patient.startswith("Northfield")


def test_an_edited_rule_changes_what_is_due_and_no_row(offices: Offices) -> None:
    sent(offices)
    assert pile(offices, Step.NO_RECEIPT) == (0, 1)
    with offices.db.begin() as session:
        worklist_rules.save(session, [replace(USUAL[Step.NO_RECEIPT], days=0, urgent_days=0, business=False)])
    assert pile(offices, Step.NO_RECEIPT) == (1, 1)
    with offices.db.begin() as session:
        worklist_rules.save(session, [replace(USUAL[Step.NO_RECEIPT], shown=False)])
    with offices.db.read() as session:
        assert Step.NO_RECEIPT not in waiting_lists.counts(session)


def test_a_visit_ahead_is_no_visit_that_passed(offices: Offices) -> None:
    sent(offices)
    day = TODAY + timedelta(5)
    with offices.db.begin() as session:
        requests.enter(session, offices.north.referral, Happened(Act.SCHEDULE, TODAY))
        request = session.scalars(select(Request)).one()
        request.visit_on = day
        session.flush()
        waiting.follow(session, session.get_one(Referral, offices.north.referral), request)
    assert pile(offices, Step.NO_OUTCOME) == (0, 0)
    assert pile(offices, Step.NO_OUTCOME, today=day) == (0, 0)  # it may be under way
    assert pile(offices, Step.NO_OUTCOME, today=day + timedelta(1)) == (1, 1)
    with offices.db.begin() as session:
        rule = replace(USUAL[Step.NO_OUTCOME], days=3, urgent_days=0)
        worklist_rules.save(session, [rule])
    assert pile(offices, Step.NO_OUTCOME, today=day + timedelta(1)) == (
        0,
        1,
    )  # passed, with time to ask after it
    assert pile(offices, Step.NO_OUTCOME, today=day + timedelta(3)) == (1, 1)
    with offices.db.begin() as session:
        worklist_rules.save(session, [replace(rule, days=0)])
    assert pile(offices, Step.NO_OUTCOME, today=day) == (1, 1)  # a rule that asks on the day itself
    with offices.db.read() as session:
        assert waiting_lists.counts(session)[Step.NO_OUTCOME].oldest is None


def test_a_visit_ahead_is_told_to_the_patient_wherever_the_next_step_stands(offices: Offices) -> None:
    sent(offices)
    name = offices.north.referral
    with offices.db.begin() as session:
        requests.enter(session, name, Happened(Act.SCHEDULE, TODAY))
    told = f"Tell the patient: visit on {dates.say(TODAY + timedelta(5))}"
    for ahead, said in ((5, told), (-1, "Ask how the visit went")):
        with offices.db.begin() as session:
            session.scalars(select(Request)).one().visit_on = TODAY + timedelta(ahead)
            owners.plan(session, name, "", TODAY)
        with offices.db.read() as session:
            (row,) = waiting_lists.find(session, Which(Step.FOLLOW_UP))
            sheet = morning_sheets.read(session)
            assert (row.next_step, owners.get(session, name).next_step) == (said, said)
            assert whereabouts.find(session, [name])[name].next_step == said
        assert {one.next_step for pile in sheet.piles for one in pile.rows if one.id == name} == {said}


def test_home_and_worklists_count_from_the_same_day(offices: Offices) -> None:
    """Whatever is done to a referral later, it waits since its signature, and then since it was sent."""
    name, signed, day = offices.north.referral, TODAY - timedelta(40), TODAY - timedelta(12)
    for key, step, since in (("signed", Step.TO_SEND, signed), ("sent", Step.NO_RECEIPT, day)):
        with offices.db.begin() as session:
            if key == "signed":
                referrals.sign(session, name, "Rosa Ortiz, MD")
                row = session.get_one(Referral, name)
                row.signed_at = datetime.combine(signed, time(12)).astimezone()
                waiting.follow(session, row)
            else:
                referrals.mark_sent(session, name, "Mail")
                request = session.scalars(select(Request)).one()
                request.sent_on = day
                waiting.follow(session, session.get_one(Referral, name), request)
        with offices.db.read() as session:
            queues = {one.key: one.oldest for one in worklists.aged(session, worklists.queues(session))}
            assert queues[key] == waiting_lists.counts(session)[step].oldest == since


def test_mine_my_offices_and_all(offices: Offices) -> None:
    with offices.db.begin() as session:
        person = Person(
            name="Kim Vale", login="kim", roles=["office_staff"], practice_id=offices.north.practice
        )
        session.add(person)
        session.flush()
        whose = person.id
        owners.assign(session, offices.north.referral, whose)
    assert pile(offices, Step.DRAFT) == (0, 2)
    kim = as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Kim Vale")
    assert [pile(offices, Step.DRAFT, one)[1] for one in (MINE, OFFICE, ALL)] == [0, 1, 1]
    offices.db.act_as(whose, kim.name, replace(kim, person_id=whose))
    assert [pile(offices, Step.DRAFT, one)[1] for one in (MINE, OFFICE, ALL)] == [1, 1, 1]
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice, name="Lee South")
    with offices.db.read() as session:
        (row,) = waiting_lists.find(session, Which(Step.DRAFT))
    assert row.reference == offices.south.reference


def test_information_that_is_owed_says_what_is_asked_for(offices: Offices) -> None:
    sent(offices)
    with offices.db.begin() as session:
        requests.owe_information(session, offices.north.referral, True)
        wish = tasks.Wish("The report of the neck MRI", tasks.TaskKind.INFORMATION)
        tasks.begin(session, offices.north.referral, wish)
    with offices.db.read() as session:
        (row,) = waiting_lists.find(session, Which(Step.INFORMATION))
    assert row.reason == "The report of the neck MRI"


def test_pages_follow_each_other_in_every_order(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    for few in (waiting_lists.FEW, 1):
        monkeypatch.setattr(waiting_lists, "FEW", few)
        for sort in waiting_lists.SORTS:
            for descending in (False, True):
                which = Which(Step.DRAFT, sort=sort, descending=descending)
                with offices.db.read() as session:
                    whole = [one.id for one in waiting_lists.find(session, which)]
                    pages = [one.id for at in (0, 1, 2) for one in waiting_lists.find(session, which, 1, at)]
                    names = [one.patient for one in waiting_lists.find(session, which)]
                assert whole == pages
                assert len(whole) == 2
                if sort == "patient":
                    assert names == sorted(names, reverse=descending)


def test_many_are_given_to_somebody_and_taken_back(offices: Offices) -> None:
    names = [offices.north.referral, offices.south.referral]
    with offices.db.begin() as session:
        person = Person(name="Kim Vale", login="kim", roles=["office_staff"])
        session.add(person)
        session.flush()
        changed = plans_of_many.assign(session, names, person.id)
        assert plans_of_many.assign(session, names, person.id) == []
        assert [owners.get(session, one).owner for one in names] == ["Kim Vale", "Kim Vale"]
    with offices.db.begin() as session:
        owners.plan(session, names[1], "Call them", None)
        assert plans_of_many.put_back(session, changed) == 1
        assert [owners.get(session, one).owner for one in names] == ["", "Kim Vale"]


def test_many_are_looked_at_on_a_day_and_taken_back(offices: Offices) -> None:
    names = [offices.north.referral, offices.south.referral]
    with offices.db.begin() as session:
        owners.plan(session, names[0], "Call the patient", None)
        changed = plans_of_many.follow_up(session, names, TODAY)
    assert pile(offices, Step.FOLLOW_UP) == (2, 2)
    with offices.db.read() as session:
        rows = {one.id: one.next_step for one in waiting_lists.find(session, Which(Step.FOLLOW_UP))}
    assert rows[names[0]] == "Call the patient"
    with offices.db.begin() as session:
        assert plans_of_many.put_back(session, changed) == 0
    assert pile(offices, Step.FOLLOW_UP) == (0, 0)


def test_a_day_that_passed_none_and_too_many_are_refused_and_nothing_changes(offices: Offices) -> None:
    names = [offices.north.referral, offices.south.referral]
    for bad, on in ((names, TODAY - timedelta(1)), ([], TODAY), (["x"] * 201, TODAY)):
        with pytest.raises(InvalidInput), offices.db.begin() as session:
            plans_of_many.follow_up(session, bad, on)
    with pytest.raises(InvalidInput), offices.db.begin() as session:
        plans_of_many.assign(session, names, "nobody who works here")
    assert pile(offices, Step.FOLLOW_UP) == (0, 0)


def test_what_was_typed_and_never_saved_is_counted_for_its_person(offices: Offices) -> None:
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Office North")
    with offices.db.read() as session:
        assert waiting_lists.unsaved(session).all == 1
        assert waiting_lists.unsaved(session).due == 0
        assert waiting_lists.unsaved(session, TODAY + timedelta(7)).due == 1


def test_worklists_are_made_anew_as_they_were_kept(offices: Offices) -> None:
    sent(offices)
    before = contents(offices)
    with offices.db.begin() as session:
        session.execute(delete(Waiting))
        session.execute(update(WaitingCount).values(number=7))
        assert not waiting_making.is_made(session)
        assert not waiting_making.holds(session)
    with offices.db.begin() as session:
        waiting_making.make(session)
        assert waiting_making.is_made(session)
        assert waiting_making.holds(session)
    assert contents(offices) == before


def contents(world: Offices) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    columns = "step", "since", "urgent", "owner_id", "practice_id"
    with world.db.read() as session:
        rows = select(*(getattr(Waiting, name) for name in (*columns, "serial")))
        counts = select(*(getattr(WaitingCount, name) for name in (*columns, "number")))
        return sorted(map(tuple, session.execute(rows))), sorted(map(tuple, session.execute(counts)))


@pytest.mark.parametrize("seed", range(3))
def test_counts_equal_rows_and_rows_equal_what_is_made_anew_after_random_acts(
    offices: Offices, seed: int
) -> None:
    chance = random.Random(seed)
    with offices.db.begin() as session:
        people = [Person(name=f"Kim {one}", login=f"kim{one}", roles=["office_staff"]) for one in range(3)]
        session.add_all(people)
        session.flush()
        ids = [one.id for one in people]
    done = 0
    for _ in range(80):
        name = chance.choice((offices.north.referral, offices.south.referral))
        try:
            with offices.db.begin() as session:
                act(session, chance, name, ids)
            done += 1
        except InvalidInput:
            pass
    assert done > 10
    kept = contents(offices)
    with offices.db.read() as session:
        assert waiting_making.holds(session)
    with offices.db.begin() as session:
        waiting_making.make(session)
    assert contents(offices) == kept
    assert 0 not in [one[-1] for one in kept[1]]


def act(session: Session, chance: random.Random, name: str, people: list[str]) -> None:
    """Do something with a referral that somebody might do."""
    acts: list[Callable[[], object]] = [
        lambda: signing.hand_over(session, name),
        lambda: signing.give_back(session, name, "The side is missing"),
        lambda: referrals.sign(session, name, "Rosa Ortiz, MD"),
        lambda: referrals.mark_sent(session, name, "Mail"),
        lambda: referrals.mark_sent(session, name, "Mail"),
        *[lambda: requests.enter(session, name, Happened(chance.choice(list(Act)), TODAY, "It is so"))] * 4,
        lambda: taken_back(session, name),
        lambda: requests.tell_patient(session, name, TODAY),
        lambda: requests.take_back_told(session, name, "Another patient"),
        lambda: requests.hold(session, name, chance.random() < 0.5, "The patient travels"),
        lambda: requests.owe_information(session, name, chance.random() < 0.5),
        lambda: owners.assign(session, name, chance.choice(["", *people])),
        lambda: owners.plan(session, name, "Look", chance.choice([None, TODAY, TODAY + timedelta(3)])),
        lambda: saved(session, chance, name),
        lambda: redirected(session, chance, name),
    ]
    if chance.random() < 0.03:
        referrals.cancel(session, name, "The patient wishes so")
    chance.choice(acts)()


def taken_back(session: Session, name: str) -> None:
    steps = requests.steps(session, name)
    requests.undo(session, name, steps[-1].entry if steps else "", "A wrong click")


def saved(session: Session, chance: random.Random, name: str) -> None:
    record = referrals.get(session, name)
    intake = deepcopy(record.intake)
    intake["request"]["urgency"] = chance.choice(["routine", "urgent"])
    referrals.save(session, intake, referral_id=name, version=record.version, patient_id=record.patient_id)


def redirected(session: Session, chance: random.Random, name: str) -> None:
    other = surgeons.by_npi(session, chance.choice(["9000000023", "9000000015"])).id
    version = referrals.get(session, name).version
    departures.redirect(session, name, version, other, Agreement("Rosa Ortiz", TODAY), "On leave")
