"""The check digit of an NPI."""

from __future__ import annotations

import pytest

from referral_app.clinical import npi


@pytest.mark.parametrize("text", ["1234567893", "9000000015", "9000000213"])
def test_takes_a_right_check_digit(text: str) -> None:
    assert npi.valid(text)
    assert npi.problem(text) == ""


def test_finds_every_single_mistyped_digit() -> None:
    for place in range(10):
        for digit in "0123456789":
            wrong = "1234567893"[:place] + digit + "1234567893"[place + 1 :]
            assert npi.valid(wrong) == (wrong == "1234567893")
    assert npi.problem("1234567890") == "Check this NPI: one of its digits is mistyped."


@pytest.mark.parametrize(
    "text", ["", "123456789", "12345678933", "123456789a", "\uff11234567893", "²234567893", " 234567893"]
)
def test_asks_for_ten_digits(text: str) -> None:
    assert not npi.valid(text)
    assert npi.problem(text) == "Type the ten digits of the NPI."
