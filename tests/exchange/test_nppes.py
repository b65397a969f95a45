"""One provider of the monthly file as a surgeon of the directory."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.exchange import nppes
from referral_app.services.import_records import Refused, Told
from tests import nppes_files

AT = "Provider Business Practice Location Address"
STREET = "Provider First Line Business Practice Location Address"


def read(
    chosen: nppes.Wanted | None = None, **cells: str
) -> tuple[Told | None, list[Refused], dict[str, int]]:
    """Read one provider."""
    reader = nppes.Reader(nppes_files.HEADINGS, chosen or nppes.Wanted())
    return (*reader.read(7, nppes_files.row(1, **cells)), reader.skipped.counts)


def values(**cells: str) -> dict[str, Any]:
    """Return what is told of a provider."""
    told, refused, _ = read(**cells)
    assert not refused
    assert told is not None
    return told.values


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("KEEN", "Keen"), ("O'BRIEN", "O'Brien"), ("MCLEAN", "McLean"), ("SMITH-JONES", "Smith-Jones"),
        ("DE LA CRUZ", "De La Cruz"), ("van Dyke", "van Dyke"), ("MC", "Mc"),
    ],
)  # fmt: skip
def test_names_in_capitals_are_written_as_people_write_them(given: str, shown: str) -> None:
    assert values(**{nppes.LAST: given})["family_name"] == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [("M.D.", "MD"), ("M.D., PH.D.", "MD, PhD"), ("MD/PHD", "MD, PhD"), ("D.O. AND M.P.H.", "DO, MPH")],
)
def test_credentials_become_degrees(given: str, shown: str) -> None:
    assert values(**{nppes.CREDENTIAL: given})["degrees"] == shown


def test_the_primary_specialty_is_named_in_plain_words_and_others_by_their_code() -> None:
    cells = {
        "Healthcare Provider Taxonomy Code_2": "2084N0400X", "Healthcare Provider Primary Taxonomy Switch_2": "Y",
        "Healthcare Provider Primary Taxonomy Switch_1": "N",
    }  # fmt: skip
    assert values(**cells)["specialty"] == "Neurology"
    assert (
        values(**{"Healthcare Provider Taxonomy Code_1": "363LF0000X"})["specialty"] == "Taxonomy 363LF0000X"
    )


def test_streets_keep_their_directions() -> None:
    told, _, _ = read(**{STREET: "100 N MAIN ST NE STE 200", f"{AT} City Name": "ST. LOUIS PARK"})
    assert told is not None
    location = told.places[0].location
    assert (location["line1"], location["city"]) == ("100 N Main St NE Ste 200", "St. Louis Park")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({nppes.NPI: "9900000010"}, "Row 7, column NPI: 9900000010: Check this NPI"),
        ({nppes.LAST: ""}, "Row 7, column Provider Last Name (Legal Name): it is empty."),
        ({f"{AT} Postal Code": "00000"}, f"Row 7, column {AT} Postal Code: 00000: This is not a ZIP code"),
        ({f"{AT} State Name": "QQ"}, f"Row 7, column {AT} State Name: QQ: This is not a state"),
        (
            {f"{AT} Telephone Number": "1234"},
            f"Row 7, column {AT} Telephone Number: 1234: Type the phone number",
        ),
        ({nppes.FIRST: "A\x00"}, "Row 7, column Provider First Name: it holds broken letters"),
    ],
)
def test_a_bad_cell_refuses_its_row(cells: dict[str, str], sentence: str) -> None:
    told, refused, _ = read(**cells)
    assert told is None
    assert refused[0].sentence.startswith(sentence)


def test_a_blank_fax_is_allowed_and_one_that_is_the_phone_is_left_out() -> None:
    told, refused, _ = read()
    assert told is not None
    assert (told.places[0].placement, refused) == ({"phone": "410-555-0101"}, [])
    told, refused, _ = read(**{f"{AT} Fax Number": "4105550101"})
    assert told is not None
    assert "fax" not in told.places[0].placement
    assert not refused[0].whole


def test_whom_nobody_asked_for_is_passed_over_and_counted() -> None:
    chosen = nppes.wanted(["md"], ["2082"])
    assert read(chosen)[2] == {}
    assert read(chosen, **{"Healthcare Provider Taxonomy Code_1": "207V00000X"})[2] == {
        "other specialties": 1
    }
    assert read(chosen, **{f"{AT} State Name": "TX"})[2] == {"other states": 1}
    assert read(chosen, **{nppes.KIND: "2"})[2] == {"organizations": 1}
    assert read(chosen, **{nppes.DEACTIVATED: "01/01/2020"})[2] == {"deactivated NPIs": 1}
    assert read(chosen, **{nppes.DEACTIVATED: "01/01/2020", nppes.REACTIVATED: "01/02/2020"})[2] == {}


def test_an_address_abroad_brings_no_location() -> None:
    told, refused, _ = read(
        **{nppes.COUNTRY: "CA", f"{AT} Postal Code": "K1A 0B1", f"{AT} State Name": "ONTARIO"}
    )
    assert told is not None
    assert (told.places, refused) == ([], [])


def test_a_file_without_a_column_is_refused() -> None:
    names = [name for name in nppes_files.HEADINGS if name != nppes.ZIP]
    assert nppes.is_nppes(names)
    with pytest.raises(ValueError, match="Postal Code is missing"):
        nppes.Reader(names, nppes.Wanted())


def test_the_words_for_specialties_are_for_codes_of_their_form() -> None:
    assert all(len(code) == 10 and code.endswith("X") for code in nppes.SPECIALTIES)
    assert len(nppes.SPECIALTIES) >= 25
