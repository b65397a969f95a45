"""Rows read into surgeons: lenient where the meaning is plain, refused by row and column where it is not."""

from __future__ import annotations

import pytest

from referral_app.choices import Accepting, Booking, ProcedureKind
from referral_app.exchange import columns, entries
from referral_app.services.import_records import Refused, Told
from referral_app.services.surgeon_records import ProcedureRecord

PROCEDURES = [
    ProcedureRecord("1", "revision", ProcedureKind.REVISION, "Revision"),
    ProcedureRecord(
        "2", "occipital_release_greater", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release", "greater"
    ),
]


def read(**cells: str) -> tuple[Told | None, list[Refused]]:
    """Read one row of these cells, with a name."""
    told = {"given_name": "Ana", "family_name": "Test"} | cells
    reader = entries.Reader(list(told), {name: name for name in told}, PROCEDURES)
    return reader.read(14, list(told.values()))


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"npi": "1234567890"}, "Row 14, column npi: 1234567890: Check this NPI: one of its digits is mistyped."),
        ({"npi": "12"}, "Row 14, column npi: 12: Type the ten digits of the NPI."),
        ({"phone": "4105"}, "Row 14, column phone: 4105: Type the phone number with its area code"),
        ({"fax": "call first"}, "Row 14, column fax: call first: Type the phone number"),
        ({"zip": "00000"}, "Row 14, column zip: 00000: This is not a ZIP code of the United States."),
        ({"state": "ZZ"}, "Row 14, column state: ZZ: This is not a state of the United States."),
        ({"age_min": "ten"}, "Row 14, column age_min: ten: Enter a whole number."),
        ({"procedures": "surgery"}, "Row 14, column procedures: surgery is not a procedure of this directory ("),
        ({"languages": "xx"}, "Row 14, column languages: xx is not a language code"),
        ({"accepting": "maybe"}, "Row 14, column accepting: maybe: Enter one of yes, unknown, existing, no."),
        ({"verified_on": "13/13/2026"}, "Row 14, column verified_on: 13/13/2026: Month first"),
        ({"telehealth": "perhaps"}, "Row 14, column telehealth: perhaps: Enter yes or no."),
        ({"family_name": ""}, "Row 14, column family_name: it is empty."),
        ({"specialty": "x\x00y"}, "Row 14, column specialty: it holds a control character"),
        ({"specialty": "x\udcffy"}, "Row 14, column specialty: it holds broken letters"),
        ({"city": "x" * 501}, "Row 14, column city: it is too long (501 characters; at most 500)."),
        ({"age_min": "40", "age_max": "18"}, "Row 14, column age_max: the highest age is below the lowest."),
    ],
)  # fmt: skip
def test_a_bad_cell_refuses_its_row_by_row_and_column(cells: dict[str, str], sentence: str) -> None:
    told, refused = read(**cells)
    assert told is None
    assert refused[0].whole
    assert refused[0].sentence.startswith(sentence)


def test_a_fax_that_is_the_phone_is_left_out_and_told() -> None:
    told, refused = read(phone="(410) 555-0142", fax="+1 410 555 0142", line1="1 Example St")
    assert told is not None
    assert told.places[0].placement == {"phone": "(410) 555-0142"}
    assert refused == [
        Refused(
            14, "Row 14, column fax: +1 410 555 0142 is the phone number too, so the fax is left out.", False
        )
    ]


@pytest.mark.parametrize(
    ("cells", "name", "value"),
    [
        ({"languages": "English; spanish"}, "languages", ("en", "es")),
        ({"languages": "en,es"}, "languages", ("en", "es")),
        ({"procedures": "Revision; occipital_release_greater"}, "procedures", tuple(PROCEDURES)),
        ({"procedures": "occipital release: greater"}, "procedures", (PROCEDURES[1],)),
        ({"accepting": "Y"}, "accepting", Accepting.YES),
        ({"accepting": "Existing patients only"}, "accepting", Accepting.EXISTING),
        ({"booking": "The patient calls"}, "booking", Booking.PATIENT),
        ({"next_visit_days": "30 days"}, "next_visit_days", 30),
        ({"age_min": "18.0"}, "age_min", 18),
        ({"self_referral": "TRUE"}, "self_referral", True),
        ({"specialty": "'=Sum"}, "specialty", "=Sum"),
        ({"public_note": "a\r\nb"}, "public_note", "a\nb"),
        ({"specialty": "Plastic\nsurgery"}, "specialty", "Plastic surgery"),
        ({"plans": "A; B ;A"}, "plans", ("A", "B")),
    ],
)
def test_values_are_read_as_people_write_them(cells: dict[str, str], name: str, value: object) -> None:
    told, refused = read(**cells)
    assert not refused
    assert told is not None
    assert told.values[name] == value


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("21231", "21231"), ("2114", "02114"), ("212311234", "21231-1234"), ("21231-1234", "21231-1234")],
)
def test_zip_codes_get_their_zeros_and_hyphens_back(typed: str, stored: str) -> None:
    told, _ = read(zip=typed, state="Massachusetts")
    assert told is not None
    assert told.places[0].location == {"zip": stored, "state": "MA"}


def test_our_own_headings_are_all_matched() -> None:
    names = [column.name for column in columns.COLUMNS]
    assert columns.HEADINGS.guess(names) == {name: name for name in names}
    labels = [column.label for column in columns.COLUMNS]
    assert list(columns.HEADINGS.guess(labels).values()) == names


def test_headings_of_other_programs_are_guessed_each_field_once() -> None:
    found = columns.HEADINGS.guess(
        ["First", "Surname", "Tel", "Telephone", "Fax Number", "Street Address", "Zip Code", "Shoe size"]
    )
    assert found == {
        "First": "given_name", "Surname": "family_name", "Tel": "phone", "Fax Number": "fax",
        "Street Address": "line1", "Zip Code": "zip",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"a": "given_name"}, "No column is matched to Last name"),
        ({"a": "given_name", "b": "given_name", "c": "family_name"}, "Two columns are matched to First name"),
        ({"a": "shoe"}, "There is no field shoe"),
        ({"a": "given_name", "c": "family_name", "d": ""}, ""),
    ],
)
def test_a_matching_that_cannot_be_read_by_is_refused(mapping: dict[str, str], sentence: str) -> None:
    assert columns.HEADINGS.problem(mapping).startswith(sentence)
    assert bool(columns.HEADINGS.problem(mapping)) == bool(sentence)


def test_the_same_headings_in_another_order_are_the_same_set() -> None:
    assert columns.HEADINGS.signature(["Fax Number", "first"]) == columns.HEADINGS.signature(
        ["First", "fax_number"]
    )
