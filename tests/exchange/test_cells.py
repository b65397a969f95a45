"""Cells of a CSV table."""

from __future__ import annotations

import csv

import pytest

from referral_app.exchange import cells


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert cells.harmless(cell) == f"'{cell}"
    assert cells.as_meant(cells.harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Ann", "1+1", "a=b", "(410) 555-0142"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert cells.harmless(cell) == cell
    assert cells.as_meant(cell) == cell


def test_a_table_reads_back_with_quotes_and_lines() -> None:
    rows = [["a", "b"], ['say "hi", Ann', "two\nlines"]]
    assert list(csv.reader(cells.table(rows).splitlines(keepends=True))) == rows


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    "text", ["", "a" * 32_767, "a" * 32_768, "\U0001f600" * 40_000, "a" + "\U0001f600" * 16_384]
)
def test_a_text_is_cut_into_pieces_that_fit_into_a_cell_and_nothing_is_lost(text: str) -> None:
    found = cells.pieces(text)
    assert "".join(found) == text
    assert all(units(piece) <= cells.LONGEST for piece in found)
    assert len(found) == max(1, -(-units(text) // cells.LONGEST))


def test_what_is_too_long_goes_on_below_in_its_column() -> None:
    assert list(cells.fitting(["x", "a" * 32_768, ""])) == [("x", "a" * 32_767, ""), ("", "a", "")]
