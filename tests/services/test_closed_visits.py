"""Visits on closed days are found and marked until they are moved; nothing is moved by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from referral_app.choices import AppointmentKind, StaffRole
from referral_app.services import appointments, closed_days, closed_visits, referrals
from referral_app.services.appointments import Visit
from referral_app.services.errors import InvalidInput
from tests.acting import as_role
from tests.services.conftest import Offices

DAY = date.today() + timedelta(days=60)
DAY += timedelta(days=(2 - DAY.weekday()) % 7)  # a Wednesday


def _book(
    offices: Offices, name: str, day: date = DAY, hour: int = 10, at_place: bool = True
) -> tuple[str, str]:
    with offices.db.begin() as session:
        surgeon = referrals.surgeon_of(session, referrals.get(session, name))
        place = surgeon.placements[0].location.id if at_place else ""
        visit = Visit(AppointmentKind.FOLLOW_UP, datetime(day.year, day.month, day.day, hour), place)
        return appointments.book(session, name, visit).id, place


def test_a_visit_at_a_place_that_closes_is_found_until_it_is_moved(offices: Offices) -> None:
    made, place = _book(offices, offices.north.referral)
    with offices.db.begin() as session:
        closed = closed_days.add(session, DAY, place, "Painting")
        found = closed_visits.find(session, [closed])
        assert [one.id for one in found] == [made]
        assert found[0].closed == closed_days.said(closed)
        assert found[0].is_booked
        visit = Visit(found[0].kind, datetime(DAY.year, DAY.month, DAY.day, 10) + timedelta(days=1), place)
        appointments.change(session, made, visit, version=found[0].version)
        assert closed_visits.find(session, [closed]) == []


def test_a_place_that_closes_marks_its_own_visits_and_no_canceled_or_passed_ones(offices: Offices) -> None:
    here, place = _book(offices, offices.north.referral)
    nowhere, _ = _book(offices, offices.north.referral, hour=12, at_place=False)
    gone, _ = _book(offices, offices.north.referral, hour=14)
    with offices.db.begin() as session:
        appointments.cancel(session, gone, "The patient: away")
        closed = closed_days.add(session, DAY, place)
        assert [one.id for one in closed_visits.find(session, [closed])] == [here]
        whole = closed_days.add(session, DAY)
        assert {one.id for one in closed_visits.find(session, [whole])} == {here, nowhere}
        later = datetime.combine(DAY, datetime.max.time(), UTC) + timedelta(days=1)
        assert closed_visits.find(session, [whole], later) == []


def test_visits_of_another_practice_are_not_told(offices: Offices) -> None:
    _book(offices, offices.south.referral)
    mine, _ = _book(offices, offices.north.referral)
    with offices.db.begin() as session:
        whole = closed_days.add(session, DAY)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.read() as session:
        assert [one.id for one in closed_visits.find(session, [whole])] == [mine]


def test_days_are_closed_from_one_to_another_and_no_more_than_two_months(offices: Offices) -> None:
    with offices.db.begin() as session:
        made = closed_days.add_range(session, DAY, DAY + timedelta(days=2), why="Moving")
        assert [one.day for one in made] == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]
        with pytest.raises(InvalidInput, match="or a later day"):
            closed_days.add_range(session, DAY, DAY - timedelta(days=1))
        with pytest.raises(InvalidInput, match="At most 62 days"):
            closed_days.add_range(session, DAY, DAY + timedelta(days=62))
        assert len(closed_days.add_range(session, DAY, DAY + timedelta(days=61))) == 62
