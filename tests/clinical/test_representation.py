"""Who acts for a patient, before and after the eighteenth birthday."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from referral_app.clinical import representation

MOTHER = {"name": "Ana Quintero", "relation": "mother"}
BORN = "2008-03-27"


def patient(born: str = BORN, **more: Any) -> dict[str, Any]:
    return {"family_name": "Quintero", "date_of_birth": born, "legal_representative": MOTHER} | more


def test_a_minor_is_represented_up_to_the_day_before_the_birthday() -> None:
    day = date(2026, 3, 26)
    assert representation.banner(patient(), day) == "Under 18, represented by Ana Quintero (mother)"
    assert representation.who_may_ask(patient(), day) == (
        "This patient is under 18. Ana Quintero (mother) may ask, and gets the copies."
    )


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2029, 3, 26)])
def test_from_the_birthday_on_the_patient_asks_and_it_is_said_for_three_years(day: date) -> None:
    said = "Turned 18 on March 27, 2026: the representative's rights have ended"
    assert representation.banner(patient(), day) == said
    assert representation.who_may_ask(patient(), day).startswith(f"{said}. The patient asks")


def test_later_whoever_is_named_acts_for_an_adult() -> None:
    day = date(2029, 3, 27)
    assert representation.banner(patient(), day) == "Represented by Ana Quintero (mother)"
    assert "look at the papers" in representation.who_may_ask(patient(), day)


def test_a_minor_without_a_representative_is_said_and_an_adult_without_one_is_not() -> None:
    nobody = patient(legal_representative={})
    assert "no legal representative on file" in representation.banner(nobody, date(2020, 1, 1))
    assert "not on file yet" in representation.who_may_ask(nobody, date(2020, 1, 1))
    assert representation.banner(nobody, date(2027, 1, 1)) == ""
    assert representation.who_may_ask(nobody, date(2027, 1, 1)) == ""


def test_who_was_born_on_february_29_turns_on_march_1() -> None:
    leap = patient("2008-02-29")
    assert representation.is_minor(leap, date(2026, 2, 28))
    assert "Turned 18 on March 1, 2026" in representation.banner(leap, date(2026, 3, 1))


@pytest.mark.parametrize("born", ["", "soon", None, 5])
def test_without_a_date_of_birth_nobody_is_called_a_minor(born: Any) -> None:
    assert representation.banner(patient(born), date(2026, 1, 1)) == "Represented by Ana Quintero (mother)"
