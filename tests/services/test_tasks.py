"""Tasks: opened once, given to somebody, done with a word; mine, my office's, all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import StaffRole, TaskKind
from referral_app.models.person import Person
from referral_app.services import requests, tasks
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.tasks import TaskRecord, Wish
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
