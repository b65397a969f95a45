"""What is missing, unreadable, or a gap."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.check import check
from referral_app.clinical.computed import with_computed
from referral_app.clinical.fields import Kind, walk
from referral_app.clinical.intake import INTAKE
from tests.clinical.intakes import TODAY, full, with_answer, with_answers

REQUIRED = [
    place.path.replace("[", ".").replace("]", "")
    for place in walk(INTAKE, with_computed(full(), TODAY))
    if place.field.required and place.field.kind is not Kind.GROUP
]


def lines(path: str, value: Any) -> list[tuple[str, str, str]]:
    found = check(with_answer(path, value), today=TODAY).missing
    return [(line.status, line.field, line.text) for line in found if line.field != "pain.sketch"]


def test_the_example_fills_many_required_fields() -> None:
    assert len(REQUIRED) > 90


@pytest.mark.parametrize("path", REQUIRED)
@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_a_required_field_without_an_answer_is_never_ready(path: str, nothing: Any) -> None:
    result = check(with_answer(path, nothing), today=TODAY)
    assert not result.ready
    group = path.split(".")[0]
    assert any(line.status == "missing" and line.field.startswith(group) for line in result.missing)


@pytest.mark.parametrize("path", [path for path in REQUIRED if "red_flags" not in path])
def test_a_required_field_that_is_not_available_is_a_listed_gap(path: str) -> None:
    result = check(with_answer(path, {"unavailable": "Chart is locked"}), today=TODAY)
    gaps = [line.text for line in result.missing if line.status == "gap" and "Chart is locked" in line.text]
    assert len(gaps) == 1
    assert (
        result.ready
        or path in ("diagnosis.onset", "diagnosis.onset_event", "patient.date_of_birth", "pain.sketch")
        or "cleared" in path
    )


def test_every_field_of_an_empty_referral_is_asked_for_once_and_in_order() -> None:
    found = check({}, today=TODAY).missing
    assert len({line.id for line in found}) == len(found) > 60
    assert {line.status for line in found} == {"missing"}
    assert [line.field for line in found[:3]] == [
        "patient.family_name",
        "patient.given_name",
        "patient.date_of_birth",
    ]
    assert found[-1].field == "signature.signed_at"


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("patient.phone", None, ("missing", "patient.phone", "Patient: enter “Phone”.")),
        (
            "patient.interpreter_needed",
            None,
            ("missing", "patient.interpreter_needed", "Patient: answer “Interpreter needed”."),
        ),
        ("request.urgency", None, ("missing", "request.urgency", "Request: choose “Urgency”.")),
        ("exam.tinel", None, ("missing", "exam.tinel", "Examination: answer “Tinel sign”.")),
        ("exam.tinel", "not_done", ("gap", "exam.tinel", "Examination: “Tinel sign” was not done.")),
        (
            "pain.one_finger_start",
            "not_asked",
            (
                "gap",
                "pain.one_finger_start",
                "Pain: “The patient points to the start with one finger” was not asked.",
            ),
        ),
        (
            "treatments",
            None,
            ("missing", "treatments", "Treatments tried: add a row, or choose “None tried”."),
        ),
        (
            "treatments.1.name",
            None,
            ("missing", "treatments[1].name", "Treatments tried, row 2: enter “Name”."),
        ),
        (
            "safety.allergies",
            {"unavailable": "Chart is locked"},
            ("gap", "safety.allergies", "Safety: “Allergies” is not available: Chart is locked."),
        ),
        (
            "patient.date_of_birth",
            "13/45/2007",
            ("missing", "patient.date_of_birth", "Patient, “Date of birth”: Month first, such as 3/27/2007."),
        ),
        ("patient.extra", 1, ("missing", "patient.extra", "patient.extra: There is no field of this name.")),
        (
            "pain.sketch_class",
            "round",
            (
                "missing",
                "pain.sketch_class",
                "Pain, “Sketch, rated by a clinician”: Choose Typical, Intermediate, Atypical or Not rated.",
            ),
        ),
    ],
)
def test_says_what_to_do(path: str, value: Any, line: tuple[str, str, str]) -> None:
    assert line in lines(path, value)


def test_the_words_for_none_are_answers() -> None:
    changes = (
        ("treatments", "none_tried"),
        ("safety.allergies", "none_known"),
        ("safety.medications", "none"),
    )
    assert check(with_answers(*changes), today=TODAY).ready


def test_a_field_whose_condition_does_not_hold_is_not_asked_for() -> None:
    quiet = with_answers(("patient.interpreter_needed", False), ("patient.interpreter_language", None))
    assert check(quiet, today=TODAY).ready
    assert not check(with_answer("patient.interpreter_language", None), today=TODAY).ready


def test_an_unreadable_answer_that_the_form_does_not_show_blocks_nothing() -> None:
    hidden = with_answers(("patient.interpreter_needed", False), ("patient.interpreter_language", "zzz"))
    assert check(hidden, today=TODAY).ready


def test_a_minor_needs_a_representative() -> None:
    minor = ("patient.date_of_birth", "2012-01-01")
    alone = check(with_answers(minor), today=TODAY)
    assert [line.field for line in alone.missing if line.status == "missing"] == [
        "patient.legal_representative.name"
    ]
    named = ("patient.legal_representative", {"name": "Tomás Quintero-Vale", "relation": "Father"})
    assert check(with_answers(minor, named), today=TODAY).ready
    unknown = ("patient.legal_representative", {"unavailable": "Asked the court"})
    assert check(with_answers(minor, unknown), today=TODAY).ready
