"""What a day of the calendar says of its visits, and the days of the week, where there is much or little room."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui.calendar.day_drawing import lines_of
from referral_app.ui.calendar.day_grid import DAYS, DayGrid

VISITS = [
    AppointmentRecord(
        id=name, reference="", referral_id="", patient_id="", patient=name, date_of_birth=date(1980, 5, 2),
        surgeon_id="", surgeon="Marguerite Keen, MD", location_id="", location="", kind=AppointmentKind.CONSULT,
        start=datetime(2027, 12, 14, hour, 15), time_zone="", arrive_minutes_before=15, interpreter_booked=False,
        status=AppointmentStatus.SCHEDULED, note="", version=1,
    )
    for hour, name in ((9, "Castellanos, Beatriz"), (13, "Park, Min-jun"))
]  # fmt: skip


@pytest.mark.usefixtures("qapp")
def test_a_day_says_time_and_name_where_both_have_room() -> None:
    assert lines_of(VISITS, 400, 3) == [("9:15a Castellanos",), ("1:15p Park",)]


@pytest.mark.usefixtures("qapp")
def test_a_narrow_day_says_the_names_whole_rather_than_the_times() -> None:
    assert lines_of(VISITS, 70, 3) == [("Castellanos",), ("Park",)]


@pytest.mark.usefixtures("qapp")
def test_a_narrow_day_that_is_high_says_both_in_two_lines() -> None:
    assert lines_of(VISITS, 70, 12) == [("9:15a", "Castellanos"), ("1:15p", "Park")]


@pytest.mark.parametrize(("width", "shown"), [(1000, "Wednesday"), (400, "Wed")])
def test_no_day_of_the_week_is_cut(qtbot: QtBot, width: int, shown: str) -> None:
    grid = DayGrid()
    qtbot.addWidget(grid)
    grid.resize(width, 500)
    grid.show()
    assert grid.days.headerData(3, Qt.Orientation.Horizontal) == shown
    spoken = grid.days.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == DAYS[3]
