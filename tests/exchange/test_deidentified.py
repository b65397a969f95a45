"""De-identified rows keep intervals and lose who they are about; small cells of the summary are left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from referral_app.choices import RequestStatus
from referral_app.exchange import deidentified
from referral_app.exchange.deidentified import HEADINGS, LEFT_OUT, Sheet
from referral_app.services.quality_records import Source

SENT = date(2026, 3, 27)
ONE = Source(
    "patient-1", date(1961, 5, 4), "21287-1234", "female", "routine", "7.0", True, "imaging", 87.5,
    {"signed_on": SENT - timedelta(days=1), "sent_on": SENT, "seen_on": SENT + timedelta(days=40)},
)  # fmt: skip


def cell(row: tuple[str, ...], name: str) -> str:
    return row[HEADINGS.index(name)]


def test_days_of_a_patient_are_moved_alike_so_that_intervals_stay_and_no_day_does() -> None:
    for _ in range(40):
        sheet = Sheet()
        first, again = sheet.row(ONE), sheet.row(replace(ONE, days={"sent_on": SENT + timedelta(days=9)}))
        sent, seen = (date.fromisoformat(cell(first, f"{name}_shifted")) for name in ("sent_on", "seen_on"))
        assert (seen - sent).days == 40
        assert 0 < abs((sent - SENT).days) <= deidentified.FARTHEST
        assert (date.fromisoformat(cell(again, "sent_on_shifted")) - sent).days == 9
        assert cell(first, "key") != cell(again, "key")


def test_patients_are_moved_apart_and_two_exports_too() -> None:
    sheet = Sheet()
    moved = {cell(sheet.row(replace(ONE, patient=f"patient-{n}")), "sent_on_shifted") for n in range(50)}
    assert len(moved) > 10
    assert len({cell(Sheet().row(ONE), "sent_on_shifted") for _ in range(50)}) > 10


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("21287-1234", "212"),
        ("03601", "000"),
        ("89301", "000"),
        ("89401", "894"),
        ("", ""),
        ("K1A 0B1", ""),
        ("02", ""),
    ],
)
def test_a_zip_code_keeps_three_digits_and_areas_of_few_people_none(code: str, kept: str) -> None:
    assert deidentified.zip3(code) == kept


@pytest.mark.parametrize(
    ("born", "said"),
    [(date(1936, 3, 28), "89"), (date(1936, 3, 27), "90+"), (date(1920, 1, 1), "90+"), (None, "")],
)
def test_ages_from_90_on_are_one_group(born: date | None, said: str) -> None:
    assert deidentified.age(born, SENT) == said


def _statuses(sheet: Sheet) -> dict[str, str]:
    """Return the numbers of the summary by the code of a state; the words beside it are its own."""
    found: dict[str, str] = {}
    for table, value, number in sheet.summary():
        if table == "status":
            code, _, words = value.partition(" ")
            assert words == RequestStatus(code).label
            found[code] = number
    return found


def test_codes_stand_beside_their_words() -> None:
    row = Sheet().row(replace(ONE, status="5.1.2"))
    assert (cell(row, "status"), cell(row, "status_words")) == ("5.1.2", "Patient did not come")
    assert deidentified.status_words("9.9") == ""


def test_small_cells_are_left_out_and_never_one_alone() -> None:
    sheet = Sheet()
    for status, times in (("7.0", 30), ("4.0", 12), ("6.0", 10)):
        for _ in range(times):
            sheet.row(replace(ONE, status=status))
    found = _statuses(sheet)
    assert found == {"7.0": "30", "4.0": LEFT_OUT, "6.0": LEFT_OUT}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({"7.0": 30, "4.0": 1, "6.0": 1}, {"7.0": LEFT_OUT, "4.0": LEFT_OUT, "6.0": LEFT_OUT}),
        (
            {"7.0": 30, "2.0": 12, "4.0": 2, "6.0": 3},
            {"7.0": "30", "2.0": LEFT_OUT, "4.0": LEFT_OUT, "6.0": LEFT_OUT},
        ),
        ({"7.0": 30, "4.0": 6, "6.0": 5}, {"7.0": "30", "4.0": LEFT_OUT, "6.0": LEFT_OUT}),
        ({"7.0": 30, "4.0": 11}, {"7.0": "30", "4.0": "11"}),
        ({"7.0": 3}, {"7.0": LEFT_OUT}),
    ],
)
def test_what_is_left_out_cannot_be_told_from_the_total(
    numbers: dict[str, int], shown: dict[str, str]
) -> None:
    sheet = Sheet()
    for status, times in numbers.items():
        for _ in range(times):
            sheet.row(replace(ONE, status=status))
    assert _statuses(sheet) == shown


def test_what_a_spreadsheet_would_run_is_made_harmless() -> None:
    sheet, file = Sheet(), BytesIO()
    deidentified.write_csv(file, [sheet.row(replace(ONE, sex="=1+1"))])
    assert ",'=1+1," in file.getvalue().decode("utf-8-sig")
