"""A request follows the table: entered as paper comes, skipped steps inferred, nothing twice, a wrong click undone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from referral_app.choices import ReferralState, StaffRole
from referral_app.choices import RequestAct as Act
from referral_app.choices import RequestStatus as Status
from referral_app.models.request import Request
from referral_app.models.surgeon import Surgeon
from referral_app.services import referrals, requests, tasks
from referral_app.services.errors import Conflict, Denied, InvalidInput
from referral_app.services.requests import Happened, RequestRecord
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()


def sent(world: Offices) -> str:
    name = world.north.referral
    with world.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
    return name


def enter(world: Offices, act: Act, on: date = TODAY, version: int = 0, **parts: str) -> RequestRecord:
    with world.db.begin() as session:
        return requests.enter(session, world.north.referral, Happened(act, on, **parts), version)


def shown(world: Offices) -> list[tuple[str, str, bool]]:
    with world.db.read() as session:
        return [
            (str(one.act), str(one.after), one.inferred)
            for one in requests.steps(session, world.north.referral)
            if one.undone_at is None
        ]


def state(world: Offices) -> ReferralState:
    with world.db.read() as session:
        return referrals.get(session, world.north.referral).state


def test_what_is_sent_begins_a_request_that_waits_for_its_receipt(offices: Offices) -> None:
    name = sent(offices)
    with offices.db.read() as session:
        one = requests.current(session, name)
    assert one is not None
    assert (one.number, one.status, one.sent_on, state(offices)) == (
        1,
        Status.SENT,
        TODAY,
        ReferralState.SENT,
    )


def test_skipped_steps_are_filled_in_and_told_apart(offices: Offices) -> None:
    sent(offices)
    assert enter(offices, Act.OUTCOME, note="Blocks first").status is Status.COMPLETED
    assert shown(offices) == [("receive", "2.0", True), ("accept", "3.0", True), ("outcome", "7.0", False)]
    assert state(offices) is ReferralState.ANSWERED


def test_a_wrong_click_is_undone_with_its_inferred_steps_and_stays_in_the_history(offices: Offices) -> None:
    name = sent(offices)
    enter(offices, Act.ACCEPT)
    enter(offices, Act.NO_SHOW)
    with offices.db.read() as session:
        entry = requests.steps(session, name)[-1].entry
    with offices.db.begin() as session:
        with pytest.raises(InvalidInput, match="why"):
            requests.undo(session, name, entry, " ")
        back = requests.undo(session, name, entry, "Wrong patient's sheet")
    assert back.status is Status.ACCEPTED
    assert [act for act, _, _ in shown(offices)] == ["receive", "accept"]
    with offices.db.read() as session:
        assert [one.undone_why for one in requests.steps(session, name)][-2:] == ["Wrong patient's sheet"] * 2
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="entered last"):
        requests.undo(session, name, entry, "Again")


def test_undoing_all_of_it_leaves_what_was_sent(offices: Offices) -> None:
    name = sent(offices)
    enter(offices, Act.DECLINE, why="Not in their region")
    with offices.db.read() as session:
        entry = requests.steps(session, name)[-1].entry
    with offices.db.begin() as session:
        back = requests.undo(session, name, entry, "Another referral")
    assert (back.status, back.reason, back.ended_on, state(offices)) == (
        Status.SENT,
        "",
        None,
        ReferralState.SENT,
    )


def test_two_people_with_the_same_sheet_enter_it_once(offices: Offices) -> None:
    sent(offices)
    first = enter(offices, Act.ACCEPT)
    assert enter(offices, Act.ACCEPT).version == first.version
    assert len(shown(offices)) == 2
    with pytest.raises(Conflict):
        enter(offices, Act.SCHEDULE, version=first.version - 1)


@pytest.mark.parametrize(
    ("act", "on", "why", "field"),
    [
        (Act.DECLINE, TODAY, "", "why"),
        (Act.ACCEPT, TODAY - timedelta(days=1), "", "on"),
        (Act.ACCEPT, TODAY + timedelta(days=1), "", "on"),
        (Act.CONFIRM_CANCEL, TODAY, "", "act"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    offices: Offices, act: Act, on: date, why: str, field: str
) -> None:
    sent(offices)
    with pytest.raises(InvalidInput) as refused:
        enter(offices, act, on, why=why)
    assert set(refused.value.fields) == {field}
    assert shown(offices) == []


def test_nothing_is_entered_after_the_end_or_before_it_was_sent(offices: Offices) -> None:
    with pytest.raises(InvalidInput, match="not sent yet"):
        enter(offices, Act.ACCEPT)
    sent(offices)
    enter(offices, Act.OUTCOME)
    with pytest.raises(InvalidInput, match="This request is over"):
        enter(offices, Act.ACCEPT)


def test_the_patient_who_was_told_closes_what_is_over(offices: Offices) -> None:
    name = sent(offices)
    enter(offices, Act.OUTCOME)
    with offices.db.begin() as session:
        requests.tell_patient(session, name, TODAY)
    assert state(offices) is ReferralState.CLOSED


def test_nobody_is_told_a_plan_before_there_is_one(offices: Offices) -> None:
    name = sent(offices)
    enter(offices, Act.ACCEPT)
    with pytest.raises(InvalidInput, match="not over"), offices.db.begin() as session:
        requests.tell_patient(session, name, TODAY)
    enter(offices, Act.OUTCOME)
    assert state(offices) is ReferralState.ANSWERED


def test_an_outcome_taken_back_takes_back_that_the_patient_was_told_it(offices: Offices) -> None:
    name = sent(offices)
    enter(offices, Act.OUTCOME, note="Surgery")
    with offices.db.begin() as session:
        requests.tell_patient(session, name, TODAY)
        back = requests.undo(
            session, name, requests.steps(session, name)[-1].entry, "Another patient's sheet"
        )
    assert (back.told_on, state(offices)) == (None, ReferralState.SENT)
    enter(offices, Act.OUTCOME, note="No surgery")
    assert state(offices) is ReferralState.ANSWERED  # the patient does not know this plan


def to_another(world: Offices, name: str) -> None:
    with world.db.begin() as session:
        before = referrals.get(session, name)
        other = next(one for one in session.scalars(select(Surgeon.id)) if one != before.surgeon_id)
        intake = {**before.intake, "request": {**before.intake["request"], "surgeon": other}}
        intake.pop("signature")
        referrals.save(
            session,
            intake,
            referral_id=name,
            version=before.version,
            patient_id=before.patient_id,
            why="Sooner",
        )


def test_a_sheet_of_before_it_was_sent_again_answers_the_first_sending(offices: Offices) -> None:
    name, first, answered = sent(offices), TODAY - timedelta(days=9), TODAY - timedelta(days=4)
    with offices.db.begin() as session:
        row = session.scalars(select(Request).where(Request.referral_id == name)).one()
        row.created, row.sent_on = datetime.combine(first, time(12)).astimezone(), TODAY  # sent again today
    with pytest.raises(InvalidInput, match="was sent on"):
        enter(offices, Act.ACCEPT, first - timedelta(days=1))
    after = enter(offices, Act.ACCEPT, answered)
    assert (after.sent_on, after.first_sent_on) == (first, first)
    assert shown(offices)[-1][0] == "accept"


@pytest.mark.parametrize("canceled", [True, False])
def test_a_surgeon_who_still_has_it_is_asked_to_cancel_and_a_task_asks_whether_that_was_confirmed(
    offices: Offices, canceled: bool
) -> None:
    name = sent(offices)
    enter(offices, Act.ACCEPT)
    to_another(offices, name)
    with offices.db.begin() as session:
        if canceled:
            referrals.cancel(session, name, "The patient moved away")
        else:
            referrals.sign(session, name, "Rosa Ortiz, MD")
            referrals.mark_sent(session, name, "Mail")
    with offices.db.read() as session:
        first = requests.find(session, name)[-1]
        assert first.status is Status.CANCEL_ASKED
        (task,) = tasks.of_referral(session, name)
        assert task.what == requests.CONFIRMED.format(first.surgeon)


def test_a_confirmed_cancellation_cancels_the_referral(offices: Offices) -> None:
    sent(offices)
    enter(offices, Act.ASK_CANCEL, why="Moved away")
    assert enter(offices, Act.CONFIRM_CANCEL).reason == "Moved away"
    assert state(offices) is ReferralState.CANCELED


def test_another_practice_enters_nothing(offices: Offices) -> None:
    sent(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with pytest.raises(Denied):
        enter(offices, Act.ACCEPT)
