"""The tables of the reports as files: what is shown, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from referral_app.exchange import report_table
from referral_app.services.report_records import Part, Report

EVIL = '=HYPERLINK("http://x.example")'
REPORT = Report(
    "completion", "Completion", "Sent in 2026",
    (
        Part("Declined [all]", None, ("Reason", "Requests"), ((EVIL, "1,204"), ("Plan", "3"))),
        Part("Declined [all]", None, ("Reason", "Requests"), ()),
    ),
)  # fmt: skip


def test_a_csv_file_holds_each_table_with_its_title_and_runs_nothing() -> None:
    file = BytesIO()
    assert report_table.write_csv(file, [REPORT]) == 2
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["Declined [all]"]
    assert rows[3:6] == [["Reason", "Requests"], [f"'{EVIL}", "1,204"], ["Plan", "3"]]


def test_a_workbook_holds_reasons_with_characters_that_no_workbook_can_hold() -> None:
    odd = Part(
        "Declined", None, ("Reason", "Requests"), (("Moved\x0b away\ufffe\uffff \ud800\U0001f600", "1"),)
    )
    file = BytesIO()
    assert report_table.write_xlsx(file, [Report("completion", "Completion", "Sent in 2026", (odd,))]) == 1
    values = [cell.value for row in load_workbook(file).worksheets[0].iter_rows() for cell in row]
    assert "Moved away \U0001f600" in values


def test_a_workbook_has_a_sheet_for_each_table_numbers_as_numbers_and_no_formula() -> None:
    file = BytesIO()
    assert report_table.write_xlsx(file, [REPORT]) == 2
    book = load_workbook(file)
    assert len(book.sheetnames) == len({one.lower() for one in book.sheetnames}) == 2
    first = book.worksheets[0]
    cells = [cell for row in first.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert EVIL in [cell.value for cell in cells]
    assert 1204 in [cell.value for cell in cells]


def test_a_reason_that_is_too_long_for_a_cell_goes_on_in_the_rows_below() -> None:
    reason = "".join(f"word{at} " for at in range(12_000)) + "\U0001f600 end"
    part = Part("Declined", None, ("Reason", "Requests"), ((reason, "1,204"), ("Plan", "3")))
    file = BytesIO()
    report_table.write_xlsx(file, [Report("completion", "Completion", "Sent in 2026", (part,))])
    rows = [[cell.value for cell in row] for row in load_workbook(file).worksheets[0].iter_rows(min_row=5)]
    assert "".join(str(row[0]) for row in rows[:-1]) == reason
    assert [row[1] for row in rows] == [1204, None, None, None, 3]
