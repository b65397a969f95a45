"""Times of day are read as offices type them; a half of the day that could be either is asked."""

from __future__ import annotations

from datetime import time

import pytest

from referral_app.clinical import clock


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30 AM", time(9, 30)), ("9:30am", time(9, 30)), ("9.30 a.m.", time(9, 30)), ("930 am", time(9, 30)),
        ("9 AM", time(9)), ("12 pm", time(12)), ("12:15 AM", time(0, 15)), ("7:05 pm", time(19, 5)),
        ("9:30", time(9, 30)), ("1145", time(11, 45)), ("12", time(12)), ("noon", time(12)), ("14:30", time(14, 30)),
        ("07:15", time(7, 15)), ("00:00", time(0)),
    ],
)  # fmt: skip
def test_a_time_is_read(typed: str, meant: time) -> None:
    assert clock.read(typed) == meant


@pytest.mark.parametrize("typed", ["2:30", "7", "6:59", "1"])
def test_an_hour_that_could_be_morning_or_evening_is_asked(typed: str) -> None:
    with pytest.raises(ValueError, match="Add AM or PM"):
        clock.read(typed)


@pytest.mark.parametrize(
    "typed", ["", "soon", "9:60 AM", "25:00", "14:30 PM", "0 am", "9:3", "9:30 AM tomorrow"]
)
def test_what_is_no_time_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        clock.read(typed)


@pytest.mark.parametrize(
    ("moment", "said"),
    [(time(0, 5), "12:05 AM"), (time(9), "9:00 AM"), (time(12), "12:00 PM"), (time(19, 30), "7:30 PM")],
)
def test_a_time_is_said_and_read_back(moment: time, said: str) -> None:
    assert clock.say(moment) == said
    assert clock.read(said) == moment
