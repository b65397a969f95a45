"""Lists of practice systems: headings guessed, cells read in the forms that they come in."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.exchange import patient_cells, patient_columns, patient_table


def read(**cells: str) -> tuple[dict[str, Any], list[dict[str, Any]], str, tuple[str, ...]]:
    headings = list(cells)
    told, sentence = patient_table.Reader(headings, patient_columns.HEADINGS.guess(headings)).read(
        2, list(cells.values())
    )
    return told.values, told.coverage, sentence, told.left_out


def test_headings_of_other_programs_are_known() -> None:
    found = patient_columns.HEADINGS.guess(
        ["Patient Last Name", "First", "DOB", "Gender", "Chart #", "Cell Phone", "Shoe size"]
    )
    assert set(found.values()) == {"family_name", "given_name", "date_of_birth", "sex", "mrn", "phone"}
    assert "Shoe size" not in found
    assert patient_columns.HEADINGS.problem({"DOB": "date_of_birth"}).startswith(
        "No column is matched to Last name"
    )
    assert "Two columns" in patient_columns.HEADINGS.problem({"a": "family_name", "b": "family_name"})


def test_our_own_name_of_a_field_wins_over_what_other_programs_call_it() -> None:
    headings = ["Patient", "ID", "MRN", "Last name", "First name"]
    assert patient_columns.HEADINGS.guess(headings) == {
        "MRN": "mrn", "Last name": "family_name", "First name": "given_name",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("6/21/1984", "1984-06-21"), ("1984-06-21", "1984-06-21"), ("06211984", "1984-06-21"), ("19840621", "1984-06-21"),
     ("1984-06-21 00:00:00", "1984-06-21"), ("6/21/1984 12:00:00 AM", "1984-06-21"), ("June 21, 1984", "1984-06-21")],
)  # fmt: skip
def test_dates_are_read_in_us_and_iso_form(typed: str, stored: str) -> None:
    assert patient_cells.day(typed) == stored


@pytest.mark.parametrize("typed", ["6/21/84", "21/6/1984", "soon", "1/1/2999", "2/30/1984", "0"])
def test_a_date_that_can_be_read_in_two_ways_or_none_refuses_its_row(typed: str) -> None:
    assert "Row 2, column DOB" in read(Last="Example", First="Ana", DOB=typed)[2]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("English", "en"), ("spa", "es"), ("en-US", "en"), ("ES", "es"), ("Español", "es"), ("Mandarin", "zh")],
)
def test_languages_are_read_as_words_and_codes(typed: str, code: str) -> None:
    assert patient_cells.language(typed) == code


@pytest.mark.parametrize(
    ("typed", "value"), [("F", "female"), ("Male", "male"), ("X", "other"), ("m", "male")]
)
def test_words_for_sex_are_read(typed: str, value: str) -> None:
    assert patient_cells.sex(typed) == value


def test_a_whole_row_is_read() -> None:
    values, coverage, sentence, left_out = read(
        Name="QUINTERO, MARISOL ANA", DOB="6/21/1984", Sex="F", MRN="A-1", Phone="410-555-0142", ZIP="2128",
        City="Baltimore", State="md", Language="Spanish", Insurance="Example Health", Policy="M-1", Email="n/a",
    )  # fmt: skip
    assert (sentence, left_out) == ("", ())
    assert (values["family_name"], values["given_name"], values["middle_name"]) == (
        "Quintero",
        "Marisol",
        "Ana",
    )
    assert values["address"] == {"zip": "02128", "city": "Baltimore", "state": "MD"}
    assert coverage == [{"kind": "primary", "payer": "Example Health", "member_id": "M-1"}]
    assert "email" not in values


@pytest.mark.parametrize(
    ("typed", "state"),
    [("md", "MD"), ("Maryland", "MD"), ("NEW YORK", "NY"), ("Puerto Rico", "PR"), ("AE", "AE")],
)
def test_states_are_read_as_letters_and_names(typed: str, state: str) -> None:
    assert patient_cells.state(typed) == state


@pytest.mark.parametrize("typed", ["Ontario", "XX", "M.D"])
def test_what_is_no_state_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="is no state of the United States"):
        patient_cells.state(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("21287", "21287"),
        ("2128", "02128"),
        ("601", "00601"),
        ("6010001", "00601-0001"),
        ("21280001", "02128-0001"),
    ],
)
def test_a_zip_code_gets_back_the_zeros_that_a_spreadsheet_took(typed: str, code: str) -> None:
    assert patient_cells.zip_code(typed) == code


def test_a_bad_cell_is_left_out_and_named_and_the_row_stays() -> None:
    values, _, sentence, left_out = read(
        Last="Example", First="Ana", Phone="12", Language="Klingon", Sex="qq"
    )
    assert sentence == ""
    assert values == {"family_name": "Example", "given_name": "Ana"}
    assert len(left_out) == 3


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Ana Example", ("Example", "Ana")),
        ("Ana B. Example Jr.", ("Example", "Ana")),
        ("Example, Ana", ("Example", "Ana")),
    ],
)
def test_whole_names_are_taken_apart(whole: str, parts: tuple[str, str]) -> None:
    values = read(Name=whole)[0]
    assert (values["family_name"], values["given_name"]) == parts


def test_hidden_characters_and_other_scripts_are_no_names() -> None:
    assert read(Last="Exam\u202eple\x00")[0]["family_name"] == "Example"
    assert "Latin" in read(Last="Пример")[2]
    assert read(Last=" ")[2] == "Row 2: there is no last name."


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "+cmd|calc"])
def test_a_formula_is_no_name(cell: str) -> None:
    with pytest.raises(ValueError, match="is a formula and no name"):
        patient_cells.name(cell)


def test_a_record_number_that_a_spreadsheet_rounded_is_left_out() -> None:
    with pytest.raises(ValueError, match="was rounded by a spreadsheet"):
        patient_cells.number("1.00E+05")
    assert patient_cells.number("000123") == "000123"
