"""Phone numbers, checked by form alone and said in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.clinical import phones


@pytest.mark.parametrize(
    ("text", "said", "digits"),
    [
        ("410-555-0142", "(410) 555-0142", "4105550142"),
        ("(410) 555-0142 x12", "(410) 555-0142 ext. 12", "4105550142"),
        ("+1 410 555 0142", "(410) 555-0142", "4105550142"),
        ("1.410.555.0199 ext 7", "(410) 555-0199 ext. 7", "4105550199"),
        ("+44 20 7946 0958", "+44 20 7946 0958", "442079460958"),
    ],
)
def test_takes_numbers_in_any_form(text: str, said: str, digits: str) -> None:
    assert phones.problem(text) == ""
    assert phones.say(text) == said
    assert phones.digits(text) == digits


@pytest.mark.parametrize("text", ["5550", "555-0142", "", "call me", "410-555-01422", "1" * 5000])
def test_asks_for_the_area_code_and_keeps_what_was_typed(text: str) -> None:
    assert phones.problem(text) == "Type the phone number with its area code, such as 410-555-0142."
    assert phones.problem(text, "fax") == "Type the fax number with its area code, such as 410-555-0142."
    assert phones.say(text) == text


@pytest.mark.parametrize("last", [100, 142, 199])
def test_takes_the_fictional_numbers(last: int) -> None:
    assert phones.problem(f"202-555-0{last}") == ""


@given(st.text(max_size=80))
def test_never_fails(text: str) -> None:
    phones.problem(text)
    phones.say(text)
    phones.digits(text)
