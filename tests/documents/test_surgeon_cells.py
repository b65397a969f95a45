"""What lists and sheets say of a surgeon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from referral_app.choices import Accepting
from referral_app.documents import surgeon_cells
from referral_app.services.surgeon_records import LocationRecord, Placement
from tests.documents.directory_people import BARE, FULL, PRINTED


def test_the_surgeons_own_numbers_stand_before_those_of_the_place() -> None:
    at = LocationRecord(phone="410-555-0100", fax="410-555-0101")
    assert surgeon_cells.numbers(Placement(at, "410-555-0110")) == ("(410) 555-0110", "(410) 555-0101")
    assert surgeon_cells.numbers(Placement(LocationRecord())) == ("", "")


def test_a_place_without_numbers_says_so() -> None:
    said = surgeon_cells.where(Placement(LocationRecord(name="Pier", city="Towson", state="MD", zip="21204")))
    assert said == "<b>Pier</b><br/>Towson, MD 21204<br/>No phone is entered<br/>No fax is entered"


@pytest.mark.parametrize(("low", "high", "says"), [
    (None, None, ""), (18, None, "Ages 18 and older"), (None, 17, "Ages 0 to 17"), (10, 21, "Ages 10 to 21"),
])  # fmt: skip
def test_ages_are_said_as_far_as_they_are_known(low: int | None, high: int | None, says: str) -> None:
    assert surgeon_cells.ages(replace(BARE, age_min=low, age_max=high)) == says


def test_what_is_over_is_not_said_on_a_later_day() -> None:
    over = replace(
        FULL, accepting_from=date(2026, 11, 1), away_from=date(2026, 1, 1), away_to=date(2026, 2, 1)
    )
    assert list(surgeon_cells.coming_and_going(over, PRINTED)) == []
    assert list(surgeon_cells.coming_and_going(over)) == [
        "New patients from November 1, 2026", "Away from January 1, 2026 to February 1, 2026",
    ]  # fmt: skip


def test_whether_new_patients_are_taken_is_said_for_the_day() -> None:
    assert surgeon_cells.accepting(FULL, PRINTED) == "Accepting new patients"
    assert surgeon_cells.accepting(replace(FULL, last_day=date(2026, 1, 1)), PRINTED) == "Not accepting now"
    assert surgeon_cells.accepting(replace(FULL, accepting=Accepting.NO), PRINTED) == "Not accepting"


def test_an_entry_that_was_taken_out_or_invented_is_marked() -> None:
    assert surgeon_cells.marks(BARE) == ()
    assert surgeon_cells.marks(FULL) == (surgeon_cells.INVENTED,)
    assert surgeon_cells.marks(replace(BARE, archived=True)) == (surgeon_cells.ARCHIVED,)
    assert surgeon_cells.marks(replace(FULL, archived=True)) == (
        surgeon_cells.ARCHIVED,
        surgeon_cells.INVENTED,
    )
