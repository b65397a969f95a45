"""A whole intake is judged answer by answer, whatever is in it."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.validation import UNKNOWN, validate
from tests.clinical.intakes import TODAY, full, with_answer


def problems(path: str, value: Any) -> dict[str, str]:
    return validate(with_answer(path, value), TODAY)


def test_finds_nothing_in_the_example_and_in_nothing() -> None:
    assert validate(full(), TODAY) == {}
    assert validate({}, TODAY) == {}


@pytest.mark.parametrize("value", [None, "", "  ", [], {}])
@pytest.mark.parametrize(
    "path", ["patient.phone", "patient.address", "treatments", "pain.quality", "last_30_days.headache_days"]
)
def test_leaves_what_is_not_answered_to_the_check(path: str, value: Any) -> None:
    assert problems(path, value) == {}


@pytest.mark.parametrize(
    "path", ["extra", "patient.extra", "patient.address.extra", "treatments.0.extra", "computed"]
)
def test_names_unknown_fields(path: str) -> None:
    assert problems(path, 1) == {path.replace(".0", "[0]"): UNKNOWN}


def test_names_no_more_than_some_unknown_fields() -> None:
    assert len(validate({"x" * 100 + str(number): 1 for number in range(1000)})) <= 20


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("patient", "Ann", "Fill in the fields of “Patient” one by one."),
        ("patient.address", ["here"], "Fill in the fields of “Address” one by one."),
        ("treatments", "some", "Fill in the rows of “Treatments tried” one by one."),
        ("coverage", "none", "Fill in the rows of “Coverage” one by one."),
        ("coverage", [{}] * 501, "Keep this to 500 rows."),
        ("pain.sketch", {"unavailable": ""}, "Say why this is not available."),
        ("pain.sketch", {"unavailable": {"why": "lost"}}, "Say why this is not available."),
        ("pain.sketch", {"unavailable": "lo\u202est"}, "This text holds hidden characters; type it again."),
        (
            "patient.suffix",
            {"unavailable": "x"},
            "Leave this empty; only required fields can be not available.",
        ),
        ("patient", {"unavailable": "x"}, "Leave this empty; only required fields can be not available."),
    ],
)
def test_says_what_does_not_fit(path: str, value: Any, sentence: str) -> None:
    assert problems(path, value) == {path: sentence}


def test_names_rows_by_their_place() -> None:
    found = problems("treatments", [{"name": "A"}, 5, {"name": 5}])
    assert found == {
        "treatments[1]": "Fill in the row of “Treatments tried” field by field.",
        "treatments[2].name": "Type this as words.",
    }


@pytest.mark.parametrize(
    "value", ["none_known", [], {"unavailable": "Chart is locked"}, [{"substance": "<penicillin>"}]]
)
def test_takes_the_word_for_none_and_what_is_not_available(value: Any) -> None:
    assert problems("safety.allergies", value) == {}


@pytest.mark.parametrize("value", [[], "text", 5, None, True, [[[]]]])
def test_takes_any_value_for_an_intake(value: Any) -> None:
    assert validate(value) == {"": "A referral is a set of named groups, such as patient and pain."}


def test_deep_nesting_crashes_nothing() -> None:
    deep: Any = {}
    for _ in range(50_000):
        deep = {"patient": deep, "unavailable": [deep]}
    for path in (
        "patient",
        "patient.address",
        "pain.sketch",
        "treatments",
        "diagnosis.icd10cm",
        "patient.family_name",
    ):
        assert problems(path, deep)
