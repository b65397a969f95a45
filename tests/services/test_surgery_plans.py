"""The surgeon's answers before an operation, what they begin from, and what a surgery packet still lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, ProcedureKind, StaffRole
from referral_app.services import appointments, referral_rows, referrals, surgeons, surgery_plans
from referral_app.services.appointments import Visit
from referral_app.services.errors import Conflict, Denied, InvalidInput
from referral_app.services.surgery_plans import PlanRecord
from tests.acting import as_role
from tests.services.conftest import Offices, complete

NOW = datetime(2027, 3, 1, 15, tzinfo=UTC)
DAY = datetime(2027, 3, 27, 7, 30)
ANSWERS: dict[str, Any] = {
    "fasting": "Nothing to eat after 11:00 PM on March 26.",
    "medications": "Take your blood pressure pill with a sip of water.",
    "ride": "Your sister drives you home.",
    "answered_by": "Priya, Dr. Keen's office",
}


def saved(world: Offices, **answers: str) -> PlanRecord:
    with world.db.begin() as session:
        plan = surgery_plans.get(session, world.north.referral)
        return surgery_plans.save(session, replace(plan, **(ANSWERS | answers)))


def missing(world: Offices, today: date = date(2027, 3, 1)) -> tuple[str, ...]:
    with world.db.read() as session:
        return surgery_plans.ready(session, world.north.reference, today)


def booked(world: Offices, **more: Any) -> None:
    with world.db.begin() as session:
        appointments.book(session, world.north.referral, Visit(AppointmentKind.SURGERY, DAY, **more), NOW)


def surgeon_id(session: Session, world: Offices) -> str:
    return referral_rows.row(session, world.north.referral).surgeon_id or ""


def test_a_plan_begins_with_the_operation_of_the_request_and_nothing_else(offices: Offices) -> None:
    with offices.db.read() as session:
        plan = surgery_plans.get(session, offices.north.reference)
        known = {one.name: one.kind for one in surgeons.procedures(session)}
    assert plan.operation == plan.offered[0]
    assert known[plan.operation] is ProcedureKind.OCCIPITAL_RELEASE
    assert ProcedureKind.DIAGNOSTIC_BLOCK not in {known[name] for name in plan.offered}
    assert len(plan.offered) == len(set(plan.offered)) > 1
    assert (plan.fasting, plan.medications, plan.ride, plan.aftercare, plan.version) == ("", "", "", "", 0)
    assert plan.surgeon


def test_answers_are_read_back_as_they_were_saved(offices: Offices) -> None:
    plan = saved(offices, aftercare=" Keep the cut dry.\nSleep with your head up. ")
    with offices.db.read() as session:
        assert surgery_plans.get(session, offices.north.referral) == plan
    assert plan.aftercare == "Keep the cut dry.\nSleep with your head up."
    assert (plan.version, plan.answered_by) == (1, ANSWERS["answered_by"])


def test_answers_without_who_gave_them_are_refused(offices: Offices) -> None:
    with pytest.raises(InvalidInput) as error:
        saved(offices, answered_by=" ")
    assert error.value.fields == {"answered_by": "Enter who at the surgeon’s office gave these answers."}


def test_an_answer_that_is_too_long_or_holds_hidden_characters_is_refused(offices: Offices) -> None:
    with pytest.raises(InvalidInput) as error:
        saved(offices, fasting="x" * 1001, ride="home\u202e", operation="a\nb")
    assert set(error.value.fields) == {"fasting", "ride", "operation"}


def test_a_lost_update_is_refused(offices: Offices) -> None:
    plan = saved(offices)
    with pytest.raises(Conflict), offices.db.begin() as session:
        surgery_plans.save(session, replace(plan, version=0))


def test_what_a_surgeon_usually_says_begins_the_next_plan_and_is_not_an_answer_yet(offices: Offices) -> None:
    with offices.db.begin() as session:
        plan = replace(surgery_plans.get(session, offices.south.referral), **ANSWERS)
        surgery_plans.save_as_usual(session, plan)
        begun = surgery_plans.get(session, offices.north.referral)
    assert (begun.fasting, begun.medications, begun.ride) == tuple(
        ANSWERS[name] for name in list(ANSWERS)[:3]
    )
    assert (begun.version, begun.answered_by) == (0, "")
    assert missing(offices) == (
        surgery_plans.NO_DAY, surgery_plans.NO_FASTING, surgery_plans.NO_MEDICATIONS, surgery_plans.NO_RIDE,
    )  # fmt: skip


def test_a_habit_needs_a_surgeon(offices: Offices) -> None:
    intake = complete("Nobody")
    del intake["request"]["surgeon"]
    with offices.db.begin() as session:
        alone = referrals.save(session, intake)
    with pytest.raises(InvalidInput, match="Choose a surgeon"), offices.db.begin() as session:
        surgery_plans.save_as_usual(session, surgery_plans.get(session, alone.id))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("fasting", surgery_plans.NO_FASTING), ("medications", surgery_plans.NO_MEDICATIONS),
        ("ride", surgery_plans.NO_RIDE),
    ],
)  # fmt: skip
def test_each_blank_that_is_not_filled_is_named(offices: Offices, name: str, sentence: str) -> None:
    booked(offices)
    saved(offices, **{name: ""})
    assert missing(offices) == (sentence,)


def test_aftercare_may_stay_empty(offices: Offices) -> None:
    booked(offices)
    saved(offices)
    assert missing(offices) == ()


def test_the_day_must_stand_and_be_today_or_later(offices: Offices) -> None:
    saved(offices)
    assert missing(offices) == (surgery_plans.NO_DAY,)
    booked(offices)
    assert missing(offices, DAY.date()) == ()
    assert missing(offices, DAY.date() + timedelta(days=1)) == (surgery_plans.NO_DAY,)
    with offices.db.begin() as session:
        (visit,) = appointments.of_referral(session, offices.north.referral)
        appointments.cancel(session, visit.id, "The patient is ill")
    assert missing(offices) == (surgery_plans.NO_DAY,)


def test_answers_of_a_surgeon_who_was_changed_since_do_not_count_until_they_are_saved_again(
    offices: Offices,
) -> None:
    saved(offices)
    with offices.db.begin() as session:
        record = referrals.get(session, offices.north.referral)
        request = {**record.intake["request"], "surgeon": "9000000023"}
        request.pop("location", None)
        referrals.save(
            session, {**record.intake, "request": request}, referral_id=record.id, version=record.version,
            patient_id=record.patient_id,
        )  # fmt: skip
    booked(offices)
    assert missing(offices) == (surgery_plans.ANOTHER_SURGEON,)
    saved(offices)
    assert missing(offices) == ()


def test_an_operation_that_is_booked_with_another_surgeon_is_said(offices: Offices) -> None:
    with offices.db.read() as session:
        other = surgeons.by_npi(session, "9000000023")
        mine = surgeons.get(session, surgeon_id(session, offices))
    booked(offices, surgeon_id=other.id)
    saved(offices)
    assert missing(offices) == (
        f"The operation is booked with {other.name} and the referral is to {mine.name}. "
        "Change the visit or the referral.",
    )


def test_under_18_there_is_no_surgery_packet(offices: Offices) -> None:
    intake = complete("Young")
    intake["patient"]["date_of_birth"] = "2012-05-05"
    with offices.db.begin() as session:
        young = referrals.save(session, intake)
        assert surgery_plans.ready(session, young.id, NOW.date()) == (surgery_plans.MINOR,)


def test_answers_of_another_practice_are_neither_seen_nor_changed(offices: Offices) -> None:
    plan = saved(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    for act in (surgery_plans.get, surgery_plans.ready):
        with pytest.raises(Denied), offices.db.read() as session:
            act(session, offices.north.referral)
    with pytest.raises(Denied), offices.db.begin() as session:
        surgery_plans.save(session, plan)
