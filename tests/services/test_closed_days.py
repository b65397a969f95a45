"""Closed days are of one location or of all, kept once, and taken out again."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.choices import StaffRole
from referral_app.services import closed_days, referrals
from referral_app.services.errors import Denied, InvalidInput, NotFound
from tests.acting import as_role
from tests.services.conftest import Offices

DAY = date(2027, 7, 2)


def _place(world: Offices) -> str:
    with world.db.read() as session:
        surgeon = referrals.surgeon_of(session, referrals.get(session, world.north.referral))
        return surgeon.placements[0].location.id


def test_a_closed_location_leaves_the_others_open(offices: Offices) -> None:
    place = _place(offices)
    with offices.db.begin() as session:
        made = closed_days.add(session, DAY, place, "Painting")
        assert closed_days.on(session, DAY, place) == made
        assert closed_days.on(session, DAY) is None
        assert closed_days.said(made) == f"{made.location} is closed on July 2, 2027: Painting."


def test_what_is_closed_everywhere_is_closed_at_each_place(offices: Offices) -> None:
    place = _place(offices)
    with offices.db.begin() as session:
        made = closed_days.add(session, DAY, why="Inventory.")
        assert closed_days.add(session, DAY, why="Twice") == made
        assert closed_days.find(session, DAY, DAY) == [made]
        assert closed_days.on(session, DAY, place) == made
        closed_days.remove(session, made.id)
        assert closed_days.on(session, DAY) is None
        with pytest.raises(NotFound):
            closed_days.remove(session, made.id)


def test_an_unknown_place_and_a_long_reason_are_refused(offices: Offices) -> None:
    with offices.db.begin() as session:
        with pytest.raises(InvalidInput, match="not in the directory"):
            closed_days.add(session, DAY, "nowhere")
        with pytest.raises(InvalidInput, match="at most"):
            closed_days.add(session, DAY, why="x" * 201)


def test_only_schedulers_and_administrators_change_them(offices: Offices) -> None:
    for role, may in ((StaffRole.OFFICE_STAFF, False), (StaffRole.SCHEDULER, True)):
        as_role(offices.db, role, practice_id=offices.north.practice)
        if may:
            with offices.db.begin() as session:
                assert closed_days.add(session, DAY)
        else:
            with pytest.raises(Denied), offices.db.begin() as session:
                closed_days.add(session, DAY)
