"""The JSON Schema and the validation agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from referral_app.clinical.fields import answered
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.schema import json_schema
from referral_app.clinical.validation import validate
from tests.clinical.intakes import PATHS, TODAY, full, with_answer
from tests.clinical.strategies import JSON, intakes

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_is_a_schema_of_2020_12_for_every_group() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(SCHEMA["properties"]) == [group.name for group in INTAKE]


def test_takes_the_example_and_an_empty_intake() -> None:
    VALIDATOR.validate(full())
    VALIDATOR.validate({})


def test_says_titles_units_requirements_and_conditions() -> None:
    patient = SCHEMA["properties"]["patient"]["properties"]
    assert patient["family_name"]["title"] == "Last name"
    assert patient["family_name"]["x-required"] is True
    assert "x-required" not in patient["suffix"]
    assert patient["interpreter_language"]["x-when"] == {
        "path": "patient.interpreter_needed",
        "values": [True],
    }
    assert SCHEMA["properties"]["safety"]["properties"]["height_cm"]["x-unit"] == "cm"


@settings(max_examples=150)
@given(intakes())
def test_takes_what_fits_each_field(intake: dict[str, Any]) -> None:
    VALIDATOR.validate(intake)


def pruned(value: Any) -> Any:
    """Return a JSON value without what counts as no answer, which the schema has no words for."""
    if isinstance(value, dict):
        return {name: part for name, whole in value.items() if answered(part := pruned(whole))}
    return [pruned(part) for part in value] if isinstance(value, list) else value


@settings(max_examples=600)
@given(st.sampled_from(PATHS), JSON)
def test_validation_takes_nothing_that_the_schema_refuses(path: str, value: Any) -> None:
    intake = with_answer(path.replace("[", ".").replace("]", ""), pruned(value))
    if intake != full() and not validate(pruned(intake), TODAY):
        assert VALIDATOR.is_valid(pruned(intake)), list(VALIDATOR.iter_errors(pruned(intake)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("patient.extra", 1),
        ("patient.sex", "x"),
        ("patient.message_ok", 1),
        ("last_30_days.headache_days", 31),
        ("last_30_days.headache_days", 1.5),
        ("last_30_days.headache_days", "1"),
        ("patient.date_of_birth", "3/27/2007"),
        ("referrer.npi", "123"),
        ("patient.address.zip", "1"),
        ("patient.suffix", {"unavailable": "x"}),
        ("pain.sketch", {"unavailable": " "}),
        ("pain.sketch", {"unavailable": 5}),
        ("pain.nerves", ["greater", "greater"]),
        ("treatments", "none_known"),
        ("treatments", [5]),
        ("request.question", "Too short"),
        ("diagnosis.icd10cm", ["headache"]),
    ],
)
def test_both_refuse_the_same(path: str, value: Any) -> None:
    intake = with_answer(path, value)
    assert not VALIDATOR.is_valid(intake)
    assert validate(intake, TODAY)
