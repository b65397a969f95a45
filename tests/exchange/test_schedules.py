"""Schedules as other programs write them: usual names of columns in any order, cells of every kind."""

from __future__ import annotations

from datetime import date, time

import pytest

from referral_app.exchange.schedules import HEADINGS, Reader, problem


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["MRN", "Patient Name", "DOB", "Appt Time", "Visit Type"],
            ["mrn", "name", "date_of_birth", "time", "kind"],
        ),
        (
            ["Start Time", "Last Name", "First Name", "Birth Date"],
            ["time", "family_name", "given_name", "date_of_birth"],
        ),
        (["Appt Date", "Appointment Time", "Chart Number", "Reason"], ["day", "time", "mrn", "kind"]),
    ],
)
def test_usual_headings_are_known_in_any_order(headings: list[str], fields: list[str]) -> None:
    guessed = HEADINGS.guess(headings)
    assert [guessed[one] for one in headings] == fields
    assert HEADINGS.guess(headings[::-1]) == guessed
    assert problem(guessed) == ""


def test_without_number_and_name_a_schedule_cannot_be_matched() -> None:
    assert "Medical record number, Name" in problem({"When": "time"})


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("9:30 AM", time(9, 30)), ("14:05", time(14, 5)), ("09:30:00", time(9, 30)), ("0.395833333", time(9, 30)),
        ("11/30/2026 2:15 PM", time(14, 15)), ("9:30 AM - 10:00 AM", time(9, 30)), ("2026-11-30T08:00:00", time(8)),
    ],
)  # fmt: skip
def test_times_are_read_as_programs_write_them(cell: str, found: time) -> None:
    assert Reader(["Time"], {"Time": "time"}).read(2, [cell]).time == found


@pytest.mark.parametrize("cell", ["11/30/2026", "2026-11-30", "11/30/26", "2026-11-30 00:00:00"])
def test_days_are_read_with_two_digits_of_the_year_too(cell: str) -> None:
    assert Reader(["Date"], {"Date": "day"}).read(2, [cell]).day == date(2026, 11, 30)


def test_a_cell_that_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    mapping = {"N": "name", "D": "date_of_birth", "T": "time"}
    row = Reader(["N", "D", "T"], mapping).read(7, ["Quintero, Marisol", "13/45/1980", "soon"])
    assert row.name == "Quintero, Marisol"
    assert row.date_of_birth is None
    assert row.notes == (
        "Row 7: date of birth “13/45/1980” cannot be read.",
        "Row 7: time “soon” cannot be read.",
    )


def test_a_number_that_a_spreadsheet_rounded_is_not_taken() -> None:
    row = Reader(["MRN"], {"MRN": "mrn"}).read(2, ["1.23457E+11"])
    assert row.mrn == ""
    assert row.notes
