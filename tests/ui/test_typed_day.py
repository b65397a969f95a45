"""Days are said at once while they are typed, and read or refused in one way."""

from __future__ import annotations

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from referral_app.clinical import dates
from referral_app.ui import typed_day
from referral_app.ui.fields import Field
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets.inputs import LineEdit


def test_a_day_of_the_week_is_said_as_its_date_at_once(qtbot: QtBot) -> None:
    line = LineEdit("day", chars=20)
    block = Field("Day", line)
    qtbot.addWidget(block)
    Echo(block, dates.read_coming, "Such as 3/27/2027")
    assert "Such as 3/27/2027" in line.accessibleDescription()
    tomorrow = date.today() + timedelta(1)
    qtbot.keyClicks(line, f"{tomorrow:%A}")
    assert f"{tomorrow:%A}, {dates.say(tomorrow)}" in line.accessibleDescription()
    qtbot.keyClicks(line, "x")
    assert "Such as 3/27/2027" in line.accessibleDescription()


def test_an_empty_day_is_left_out_or_asked_for() -> None:
    problems: dict[str, str] = {}
    assert typed_day.read(" ", "due", problems, as_=dates.read_coming) is None
    assert problems == {}
    assert typed_day.read("", "on", problems, as_=dates.read_happened, empty="Enter the day.") is None
    assert typed_day.read("soon", "due", problems, as_=dates.read_coming) is None
    assert problems["on"] == "Enter the day."
    assert "month, day and year" in problems["due"]
    assert typed_day.read("yesterday", "on", {}, as_=dates.read_happened) == date.today() - timedelta(1)


def test_a_time_behind_a_day_is_told_from_a_slip() -> None:
    for text in ("Thursday 9 am", "Thursday, 9:30", "thu at noon", "3/27/2199 2 PM", "tomorrow at 9"):
        assert typed_day.has_time(text, dates.read_coming), text
    for text in ("Thursday", "3/27", "9 am", "soon 9 am", "March 27, 2199", "Thursday morning", "at", ""):
        assert not typed_day.has_time(text, dates.read_coming), text
