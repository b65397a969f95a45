"""Tasks: opened once, given to somebody, done with a word; mine, my office's, all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import ReplyKind, StaffRole, Step, TaskKind
from referral_app.models.person import Person
from referral_app.models.work import Task
from referral_app.services import (
    morning_sheets,
    owners,
    referrals,
    replies,
    requests,
    tasks,
    waiting_lists,
    waiting_making,
)
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.replies import Reply
from referral_app.services.tasks import TaskRecord, Wish
from referral_app.services.waiting_lists import Which
from tests.acting import as_role
from tests.services.conftest import EVERYTHING, Offices
from tests.services.test_requests import sent

TODAY = date.today()


def begun(world: Offices, what: str = "Call the office", **parts: object) -> TaskRecord:
    with world.db.begin() as session:
        return tasks.begin(session, world.north.referral, Wish(what, **parts))  # type: ignore[arg-type]


def test_a_task_is_opened_once_while_it_is_open(offices: Offices) -> None:
    first = begun(offices)
    assert begun(offices).id == first.id
    with offices.db.begin() as session:
        tasks.done(session, first.id, "Called")
    assert begun(offices).id != first.id
    with pytest.raises(InvalidInput, match="what is to be done"):
        begun(offices, " ")


def test_the_first_due_stands_on_top_and_those_without_a_date_last(offices: Offices) -> None:
    for what, due in (("Later", TODAY + timedelta(9)), ("Some day", None), ("Now", TODAY)):
        begun(offices, what, due=due)
    with offices.db.read() as session:
        assert [one.what for one in tasks.find(session)] == ["Now", "Later", "Some day"]


def test_mine_my_offices_and_all_are_told_apart(offices: Offices) -> None:
    who = as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Ann")
    with offices.db.begin() as session:
        session.add(Person(id=who.person_id, login="ann", name="Ann", roles=[], active=True))
    begun(offices, "Mine", owner_id=who.person_id)
    begun(offices, "Somebody’s")
    with offices.db.read() as session:
        assert [one.what for one in tasks.find(session, tasks.MINE)] == ["Mine"]
        assert {one.what for one in tasks.find(session, tasks.OFFICE)} == {"Mine", "Somebody’s"}
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice, name="Ben")
    with offices.db.read() as session:
        assert tasks.find(session, tasks.ALL) == []
    as_role(offices.db, *EVERYTHING)
    with offices.db.read() as session:
        assert len(tasks.find(session, tasks.ALL)) == 2


def test_tasks_stay_ones_own_under_a_new_name(offices: Offices) -> None:
    who = as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Ann Vale")
    with offices.db.begin() as session:
        session.add(Person(id=who.person_id, login="ann", name="Ann Vale", roles=[], active=True))
    begun(offices, "Mine", owner_id=who.person_id)
    offices.db.act_as(who.person_id, "Ann Ortiz", replace(who, name="Ann Ortiz"))
    with offices.db.read() as session:
        assert [one.what for one in tasks.find(session, tasks.MINE)] == ["Mine"]


def test_a_task_is_done_once_and_with_a_word(offices: Offices) -> None:
    made = begun(offices)
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        tasks.done(session, made.id, " ")
    assert set(refused.value.fields) == {"how"}
    with offices.db.begin() as session:
        after = tasks.done(session, made.id, "Called", made.version)
    assert (after.is_open, after.done_by, after.done_how) == (False, "Rosa Ortiz", "Called")
    with (
        offices.db.begin() as session,
        pytest.raises(InvalidInput, match="done already by Rosa Ortiz: Called"),
    ):
        tasks.done(session, made.id, "Called again")
    with offices.db.begin() as session, pytest.raises(NotFound):
        tasks.done(session, "00000000-0000-4000-8000-0000000000ee", "Called")


def test_a_task_that_somebody_changed_meanwhile_is_looked_at_again(offices: Offices) -> None:
    made = begun(offices)
    with offices.db.begin() as session:
        changed = tasks.change(session, made.id, "", TODAY, made.version)
    assert (changed.due, changed.owner) == (TODAY, "")
    with offices.db.begin() as session, pytest.raises(Conflict):
        tasks.change(session, made.id, "", None, made.version)
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="who works here"):
        tasks.change(session, made.id, "nobody", None)


def test_the_last_information_that_is_given_ends_what_is_owed(offices: Offices) -> None:
    name = sent(offices)
    made = [begun(offices, what, kind=TaskKind.INFORMATION) for what in ("MRI", "Blood thinner")]
    with offices.db.begin() as session:
        requests.owe_information(session, name, True)
    for task, owed in zip(made, (True, False), strict=True):
        with offices.db.begin() as session:
            tasks.done(session, task.id, "Faxed")
            found = requests.current(session, name)
        assert found is not None
        assert found.information_owed is owed


def test_an_office_gives_a_task_to_nobody_of_another_office(offices: Offices) -> None:
    with offices.db.begin() as session:
        ben = Person(login="ben", name="Ben", roles=[], active=True, practice_id=offices.south.practice)
        session.add(ben)
        session.flush()
        ben_id = ben.id
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Ann")
    with pytest.raises(InvalidInput) as refused:
        begun(offices, owner_id=ben_id)
    assert set(refused.value.fields) == {"owner_id"}
    as_role(offices.db, *EVERYTHING)
    assert begun(offices, owner_id=ben_id).owner == "Ben"


def test_a_day_that_has_passed_is_refused_and_one_that_passed_since_may_stay(offices: Offices) -> None:
    for due in (TODAY - timedelta(1), TODAY - timedelta(400)):
        with pytest.raises(InvalidInput) as refused:
            begun(offices, due=due)
        assert refused.value.fields == {"due": owners.PASSED}
    task = begun(offices, due=TODAY)
    with pytest.raises(InvalidInput, match="has passed"), offices.db.begin() as session:
        tasks.change(session, task.id, "", TODAY - timedelta(1))
    with offices.db.begin() as session:
        session.get_one(Task, task.id).due = TODAY - timedelta(3)
    with offices.db.begin() as session:
        assert tasks.change(session, task.id, "", TODAY - timedelta(3)).due == TODAY - timedelta(3)


def test_what_is_overdue_is_in_the_worklist_and_on_the_morning_sheet_until_it_is_done(
    offices: Offices,
) -> None:
    name, due = sent(offices), TODAY + timedelta(2)
    task = begun(offices, "Send the disc", due=due)
    begun(offices, "Some day")

    def listed(day: date) -> list[tuple[str, date, str]]:
        with offices.db.read() as session:
            sheet = morning_sheets.read(session, day=day)
            rows = [one for pile in sheet.piles if pile.step is Step.FOLLOW_UP for one in pile.rows]
            assert waiting_lists.count(session, Which(Step.FOLLOW_UP, due_only=True), day) == len(rows)
        return [(one.id, one.due, one.reason) for one in rows]

    assert listed(due - timedelta(1)) == []
    assert listed(due) == listed(due + timedelta(9)) == [(name, due, "Send the disc")]
    with offices.db.begin() as session:
        waiting_making.make(session)
    assert listed(due) == [(name, due, "Send the disc")]
    with offices.db.begin() as session:
        owners.plan(session, name, "Call", TODAY + timedelta(1))
    assert [one[1] for one in listed(due)] == [TODAY + timedelta(1)], "the first of the two days"
    with offices.db.begin() as session:
        owners.plan(session, name, "", None)
        tasks.change(session, task.id, "", due + timedelta(5))
    assert listed(due) == []
    with offices.db.begin() as session:
        tasks.done(session, task.id, "Sent")
    assert listed(due + timedelta(9)) == []


def test_what_was_asked_for_by_a_day_is_followed_up_until_it_is_sent_again(offices: Offices) -> None:
    name, due = sent(offices), TODAY + timedelta(1)
    with offices.db.begin() as session:
        asked = Reply(ReplyKind.INFORMATION, TODAY, "The MRI", due=due)
        replies.record(session, name, asked)
    with offices.db.read() as session:
        (row,) = waiting_lists.find(session, Which(Step.FOLLOW_UP))
    assert (row.id, row.due, row.reason) == (name, due, "The MRI")
    with pytest.raises(InvalidInput, match="has passed"), offices.db.begin() as session:
        replies.record(session, name, replace(asked, words="The note", due=TODAY - timedelta(1)))
    with offices.db.begin() as session:
        before = referrals.get(session, name)
        changed = before.intake | {"goals": {**before.intake["goals"], "patient_goal": "To work again"}}
        whose = before.patient_id
        referrals.save(
            session, changed, referral_id=name, version=before.version, patient_id=whose, why="Asked"
        )
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
    with offices.db.read() as session:
        assert waiting_lists.find(session, Which(Step.FOLLOW_UP)) == []
