"""Two patients are compared as people enter them: slips, nicknames, new last names; some things speak against it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from referral_app.services import patient_likeness
from referral_app.services.likeness import ENOUGH

MARIA: dict[str, Any] = {
    "family_name": "Quintero", "given_name": "Marisol", "date_of_birth": "1984-06-02", "phone": "(410) 555-0142",
}  # fmt: skip


def other(**values: Any) -> dict[str, Any]:
    return {**MARIA, "phone": "443-555-0199", **values}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "Same name and date of birth"),
        ({"date_of_birth": "1984-02-06"}, "Same name; day and month of birth are swapped"),
        ({"date_of_birth": "1984-06-12"}, "Same name; the date of birth differs by one digit"),
        ({"date_of_birth": "1948-06-02"}, "Same name; the date of birth differs by one digit"),
        ({"given_name": "Quintero", "family_name": "Marisol"}, "first and last name are swapped"),
        ({"family_name": "Quintero-Vega"}, "one has a second last name"),
        ({"family_name": "Vega"}, "Same date of birth; the last names differ"),
        ({"given_name": "Marysol"}, "the first name differs by one letter"),
        ({"given_name": "Mari Sol"}, "the first name is written in another way"),
        ({"family_name": "Quintera"}, "the last name differs by one letter"),
        (
            {"date_of_birth": "1950-01-01", "phone": "4105550142"},
            "Same name and phone; another date of birth",
        ),
        ({"date_of_birth": None, "phone": None}, "Same name"),
        (
            {"family_name": "Ortiz", "given_name": "Ann", "mrn": "A-1"},
            "Same date of birth and MRN; the names differ",
        ),
    ],
)
def test_who_may_be_one_person_is_said_with_why(values: dict[str, Any], why: str) -> None:
    mine = {**MARIA, "mrn": "a1"} if "mrn" in values else MARIA
    judged = patient_likeness.judge(mine, other(**values))
    assert judged.score >= ENOUGH
    assert why in patient_likeness.sentence(judged.reasons)


@pytest.mark.parametrize(
    ("one", "two"), [("William", "Bill"), ("Elizabeth", "Beth"), ("Jose", "Pepe"), ("Robert J", "Bob")]
)
def test_nicknames_are_known(one: str, two: str) -> None:
    judged = patient_likeness.judge({**MARIA, "given_name": one}, other(given_name=two))
    assert "short for the other" in patient_likeness.sentence(judged.reasons)


@pytest.mark.parametrize(
    "values",
    [
        {"given_name": "Rosa"},  # a twin
        {"given_name": "Rosa", "phone": MARIA["phone"]},  # a twin at home
        {"date_of_birth": "1950-01-01"},  # a namesake
        {"family_name": "Vega", "date_of_birth": "1990-01-01"},
        {"family_name": "Ortiz", "given_name": "Ann", "phone": MARIA["phone"]},
    ],
)
def test_relatives_and_namesakes_are_no_duplicates(values: dict[str, Any]) -> None:
    assert patient_likeness.judge(MARIA, other(**values)).score < ENOUGH


def test_another_record_number_or_sex_speaks_against_it() -> None:
    whole = patient_likeness.judge(MARIA, other()).score
    assert patient_likeness.judge({**MARIA, "mrn": "1"}, other(mrn="2")).score < whole
    assert patient_likeness.judge({**MARIA, "sex": "male"}, other(sex="female")).score < whole


def test_sure_is_only_what_has_a_number_in_common() -> None:
    assert patient_likeness.is_sure(MARIA, {**MARIA, "phone": "410.555.0142"})
    assert not patient_likeness.is_sure(MARIA, other())
    assert not patient_likeness.is_sure({**MARIA, "mrn": "1"}, {**MARIA, "mrn": "2"})
    assert not patient_likeness.is_sure({**MARIA, "suffix": "Jr."}, {**MARIA, "suffix": "Sr."})


def test_the_dates_that_a_birthday_may_be_a_slip_of_hold_day_and_month_swapped() -> None:
    found = patient_likeness.days_like(date(1984, 6, 2))
    assert {date(1984, 6, 2), date(1984, 2, 6), date(1948, 6, 2), date(1984, 6, 12)} <= set(found)
    assert len(found) < 80
