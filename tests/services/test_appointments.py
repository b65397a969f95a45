"""Visits are booked, changed and canceled; what cannot be is refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from referral_app.choices import AppointmentKind, AppointmentStatus, StaffRole
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.models.base import new_id
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import appointments, referral_rows, referrals, surgeons
from referral_app.services.appointments import AppointmentRecord, Visit
from referral_app.services.errors import Conflict, Denied, InvalidInput
from tests.acting import as_role
from tests.services.conftest import Offices, complete

Act = Callable[[Session], Any]

NOW = datetime(2027, 3, 1, 15, tzinfo=UTC)
DAY = datetime(2027, 3, 27, 9, 30)
CONSULT = Visit(AppointmentKind.CONSULT, DAY)


def booked(world: Offices, visit: Visit = CONSULT, referral: str = "") -> AppointmentRecord:
    with world.db.begin() as session:
        return appointments.book(session, referral or world.north.referral, visit, NOW)


def refused(world: Offices, visit: Visit, referral: str = "") -> dict[str, str]:
    with pytest.raises(InvalidInput) as error:
        booked(world, visit, referral)
    return error.value.fields


def place_of(session: Session, world: Offices) -> str:
    return (
        surgeons.get(session, referral_rows.row(session, world.north.referral).surgeon_id or "")
        .placements[0]
        .location.id
    )


def test_a_visit_is_read_back_as_it_was_booked(offices: Offices) -> None:
    with offices.db.read() as session:
        location = place_of(session, offices)
    visit = replace(
        CONSULT,
        location_id=location,
        arrive_minutes_before=30,
        interpreter_booked=True,
        note=" Bring the MRI ",
    )
    made = booked(offices, visit)
    with offices.db.read() as session:
        assert appointments.of_referral(session, offices.north.reference) == [made]
    assert made.start.replace(tzinfo=None) == DAY
    assert made.time_zone == "America/New_York"
    assert made.arrive_by.replace(tzinfo=None) == datetime(2027, 3, 27, 9)
    assert (made.patient, made.reference) == ("Northfield, Invented", offices.north.reference)
    assert made.surgeon
    assert made.location
    assert (made.note, made.interpreter_booked, made.is_booked) == ("Bring the MRI", True, True)


def test_without_a_location_the_clock_is_that_of_this_computer(offices: Offices) -> None:
    made = booked(offices)
    assert (made.location, made.time_zone) == ("", "")
    assert made.start == DAY.astimezone()


def test_a_visit_in_the_past_is_refused(offices: Offices) -> None:
    assert "has passed" in refused(offices, replace(CONSULT, start=datetime(2027, 2, 1, 9)))["start"]


def test_a_visit_before_the_date_of_the_referral_is_refused(offices: Offices) -> None:
    written = date.fromisoformat(complete("North")["referrer"]["date"])
    that_day = datetime.combine(written, time(8))
    early = that_day - timedelta(days=2)
    for days, said in (
        (1, f"The referral is of {dates.say(written)}. Enter that day or a later one."),
        (0, ""),
    ):
        visit = replace(CONSULT, start=that_day - timedelta(days=days))
        with offices.db.begin() as session:
            if said:
                with pytest.raises(InvalidInput) as error:
                    appointments.book(session, offices.north.referral, visit, early.astimezone())
                assert error.value.fields == {"start": said}
            else:
                assert appointments.book(session, offices.north.referral, visit, early.astimezone())


def test_a_visit_with_no_surgeon_is_refused(offices: Offices) -> None:
    intake = complete("Nobody")
    del intake["request"]["surgeon"]
    with offices.db.begin() as session:
        alone = referrals.save(session, intake)
    assert refused(offices, CONSULT, alone.id) == {"surgeon_id": "Choose a surgeon in the referral first."}


def test_a_location_of_another_surgeon_is_refused(offices: Offices) -> None:
    assert (
        "is not at this location" in refused(offices, replace(CONSULT, location_id=new_id()))["location_id"]
    )


def test_a_second_consultation_is_refused_until_the_first_is_canceled(offices: Offices) -> None:
    first = booked(offices, replace(CONSULT, note="Bring the MRI"))
    again = replace(CONSULT, start=DAY + timedelta(days=7))
    assert refused(offices, again) == {
        "kind": "A consultation is booked already, on March 27, 2027. Change or cancel that one."
    }
    with offices.db.begin() as session:
        gone = appointments.cancel(session, first.id, "The patient is ill")
    assert (gone.status, gone.why, gone.note) == (
        AppointmentStatus.CANCELED,
        "The patient is ill",
        "Bring the MRI",
    )
    assert booked(offices, again).is_booked
    assert booked(offices, Visit(AppointmentKind.FOLLOW_UP, DAY + timedelta(days=30))).is_booked


def test_a_patient_is_in_no_two_places_at_once(offices: Offices) -> None:
    booked(offices)
    assert "another visit then" in refused(offices, Visit(AppointmentKind.SURGERY, DAY))["start"]


@pytest.mark.parametrize("minutes", [-1, 241])
def test_minutes_out_of_range_are_refused(offices: Offices, minutes: int) -> None:
    assert refused(offices, replace(CONSULT, arrive_minutes_before=minutes)) == {
        "arrive_minutes_before": "Enter minutes from 0 to 240."
    }


def test_a_canceled_referral_takes_no_visit(offices: Offices) -> None:
    with offices.db.begin() as session:
        referrals.cancel(session, offices.north.referral, "Moved away")
    assert refused(offices, CONSULT) == {"": "This referral is canceled."}


def test_a_change_moves_the_visit_and_a_lost_update_is_refused(offices: Offices) -> None:
    made = booked(offices)
    later = replace(CONSULT, start=DAY + timedelta(hours=2))
    with offices.db.begin() as session:
        moved = appointments.change(session, made.id, later, made.version, NOW)
    assert moved.start == made.start + timedelta(hours=2)
    with pytest.raises(Conflict), offices.db.begin() as session:
        appointments.change(session, made.id, CONSULT, made.version, NOW)


def test_a_note_can_be_changed_after_the_hour_has_passed(offices: Offices) -> None:
    made = booked(offices)
    with offices.db.begin() as session:
        noted = appointments.change(
            session, made.id, replace(CONSULT, note="Came late"), moment=NOW + timedelta(days=60)
        )
    assert noted.note == "Came late"


def test_a_visit_at_a_place_that_the_surgeon_left_can_still_be_changed(offices: Offices) -> None:
    with offices.db.read() as session:
        location = place_of(session, offices)
    made = booked(offices, replace(CONSULT, location_id=location))
    with offices.db.begin() as session:
        surgeon = surgeons.get(session, made.surgeon_id)
        left = [one for one in surgeon.placements if one.location.id != location]
        surgeons.save(session, replace(surgeon, placements=tuple(left)))
    with offices.db.begin() as session:
        visit = replace(CONSULT, location_id=location, note="Ask where")
        kept = appointments.change(session, made.id, visit, moment=NOW)
    assert (kept.location_id, kept.time_zone, kept.start) == (location, made.time_zone, made.start)
    again = replace(CONSULT, location_id=location)
    assert "is not at this location" in refused(offices, again, offices.south.referral)["location_id"]


def test_a_visit_is_canceled_once_and_with_a_reason(offices: Offices) -> None:
    made = booked(offices)
    with pytest.raises(InvalidInput, match="Enter why"), offices.db.begin() as session:
        appointments.cancel(session, made.id, " ")
    with offices.db.begin() as session:
        appointments.cancel(session, made.id, "Moved")
    acts: tuple[Act, ...] = (
        lambda s: appointments.cancel(s, made.id, "Moved"),
        lambda s: appointments.change(s, made.id, CONSULT),
    )
    for act in acts:
        with pytest.raises(InvalidInput, match="already canceled"), offices.db.begin() as session:
            act(session)


def test_the_next_visit_is_the_first_one_that_stands(offices: Offices) -> None:
    surgery = AppointmentKind.SURGERY
    first, second = (booked(offices, Visit(surgery, DAY + timedelta(days=days))) for days in (0, 10))
    with offices.db.read() as session:
        for today, found in (
            (DAY.date(), first),
            (DAY.date() + timedelta(days=1), second),
            (date(2028, 1, 1), None),
        ):
            assert appointments.next_of(session, offices.north.reference, surgery, today) == found
        assert (
            appointments.next_of(session, offices.north.reference, AppointmentKind.CONSULT, NOW.date())
            is None
        )


def test_a_day_lists_its_visits_in_order_of_time_without_canceled_ones(offices: Offices) -> None:
    late = booked(offices, replace(CONSULT, start=DAY.replace(hour=16)))
    early = booked(offices, replace(CONSULT, start=DAY.replace(hour=8)), offices.south.referral)
    booked(offices, Visit(AppointmentKind.FOLLOW_UP, DAY + timedelta(days=1)))
    with offices.db.read() as session:
        assert appointments.on_day(session, DAY.date()) == [early, late]
    with offices.db.begin() as session:
        gone = appointments.cancel(session, late.id, "Ill")
    with offices.db.read() as session:
        assert appointments.on_day(session, DAY.date()) == [early]
        assert appointments.on_day(session, DAY.date(), canceled=True) == [early, gone]


def test_visits_of_another_practice_are_not_seen_changed_or_listed(offices: Offices) -> None:
    made = booked(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with offices.db.read() as session:
        assert appointments.on_day(session, DAY.date()) == []
    acts: tuple[Act, ...] = (
        lambda s: appointments.of_referral(s, offices.north.referral),
        lambda s: appointments.book(s, offices.north.referral, CONSULT, NOW),
        lambda s: appointments.change(s, made.id, CONSULT),
        lambda s: appointments.cancel(s, made.id, "Moved"),
    )
    for act in acts:
        with pytest.raises(Denied), offices.db.begin() as session:
            act(session)


def test_a_day_of_a_thousand_visits_is_one_question(offices: Offices) -> None:
    _fill_a_day(offices.db, 1000)
    asked: list[str] = []
    with offices.db.read() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *values: asked.append(str(values[2])))
        found = appointments.on_day(session, DAY.date())
    assert len(found) == 1000
    assert found == sorted(found, key=lambda one: one.start)
    assert len([one for one in asked if "appointment" in one]) == 1


def _fill_a_day(db: Database, count: int) -> None:
    with db.begin() as session:
        row = session.query(Referral).first()
        assert row is not None
        session.add_all(
            Appointment(
                referral_id=row.id, surgeon_id=row.surgeon_id, status=AppointmentStatus.SCHEDULED,
                start=(DAY.replace(hour=8) + timedelta(seconds=27 * (number * 7919 % count))).astimezone(),
            )
            for number in range(count)
        )  # fmt: skip
