"""“Where is my referral?”: by name, date of birth or four digits, in one look."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from referral_app.choices import ReplyKind, StaffRole
from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.models.work import Task
from referral_app.services import owners, patients, referrals, replies, requests, search, tasks, whereabouts
from referral_app.services.replies import Reply
from referral_app.services.search import Hit
from tests.acting import as_role
from tests.services.conftest import Offices
from tests.services.test_requests import sent

TODAY = date.today()


def hits(world: Offices, text: str) -> list[Hit]:
    with world.db.read() as session:
        return [one for one in search.anything(session, text) if one.kind != "surgeon"]


@pytest.mark.parametrize("by", ["name", "born", "digits"])
def test_open_referrals_are_found_by_whose_they_are_and_those_that_are_over_or_of_others_not(
    offices: Offices, by: str
) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        values = patients.get(session, offices.north.patient).values
    text = {
        "name": "Northfield",
        "born": str(given(values, "date_of_birth")),
        "digits": str(values["phone"])[-4:],
    }[by]

    def offered() -> list[str]:
        with offices.db.read() as session:
            return [one.id for one in search.open_referrals(session, text)]

    assert offered()[0] == name, "what was sent comes first"
    with offices.db.begin() as session:
        referrals.cancel(session, name, "Feels better")
    assert name not in offered()
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    assert offices.north.referral not in offered()


@pytest.mark.parametrize("by", ["name", "born", "digits"])
def test_the_answer_stands_below_the_patient(offices: Offices, by: str) -> None:
    name = sent(offices)
    with offices.db.begin() as session:
        owners.plan(session, name, "Call again", TODAY)
        values = patients.get(session, offices.north.patient).values
        surgeon = referrals.get(session, name).surgeon
    text = {
        "name": "Northfield",
        "born": str(given(values, "date_of_birth")),
        "digits": str(values["phone"])[-4:],
    }[by]
    found = hits(offices, text)
    at = next(number for number, one in enumerate(found) if one.id == offices.north.patient)
    below = found[at + 1]
    said = dates.say(TODAY)
    assert (below.kind, below.id, below.below) == ("referral", name, True)
    assert below.detail == (
        f"Sent, not acknowledged since {said} · {surgeon} · sees to it: Rosa Ortiz · next: Call again by {said}"
    )
    assert [one.id for one in found].count(name) == 1


def test_each_step_says_where_it_is(offices: Offices) -> None:
    def where() -> str:
        with offices.db.read() as session:
            return whereabouts.find(session, [offices.north.referral])[offices.north.referral].where

    assert where().startswith("Draft")
    name = sent(offices)
    assert where() == "Sent, not acknowledged"
    with offices.db.begin() as session:
        replies.record(session, name, Reply(ReplyKind.INFORMATION, TODAY, "MRI"))
    assert where() == "Received; information asked for"
    with offices.db.begin() as session:
        requests.hold(session, name, True, "The patient travels")
    assert where() == "On hold: The patient travels"
    with offices.db.begin() as session:
        requests.hold(session, name, False, "Back")
        replies.record(session, name, Reply(ReplyKind.OUTCOME, TODAY, "No surgery"))
        requests.tell_patient(session, name, TODAY)
        place = whereabouts.find(session, [name])[name]
    assert (place.where, place.since, place.is_open) == ("Closed", TODAY, False)


def test_information_is_asked_for_since_it_was_asked_for(offices: Offices) -> None:
    name, day = sent(offices), TODAY - timedelta(days=9)
    with offices.db.begin() as session:
        replies.record(session, name, Reply(ReplyKind.INFORMATION, TODAY, "MRI"))
        (task,) = tasks.of_referral(session, name)
        session.get_one(Task, task.id).created = datetime.combine(day, time(12)).astimezone()
        replies.record(session, name, Reply(ReplyKind.ACCEPTED, TODAY))
    with offices.db.read() as session:
        place = whereabouts.find(session, [name])[name]
    assert (place.where, place.since) == ("Accepted; information asked for", day)


def test_another_practice_learns_nothing(offices: Offices) -> None:
    sent(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    assert hits(offices, "Northfield") == []
    with offices.db.read() as session:
        assert whereabouts.of_patients(session, [offices.north.patient]) == {}
