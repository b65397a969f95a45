"""The live check as a whole: what may be done with a referral, whatever is in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_app.choices import RequirementKind
from referral_app.clinical.check import Requirement, check
from referral_app.clinical.computed import with_computed
from referral_app.clinical.fields import Kind, answered, walk
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.validation import validate
from tests.clinical.intakes import PATHS, TODAY, full, with_answer
from tests.clinical.strategies import JSON, intakes

ALL = tuple(Requirement(kind, 3) for kind in RequirementKind)
STATUSES = {
    "emergency": {"emergency", "cleared"},
    "missing": {"missing", "gap"},
    "supports": {"supports", "note"},
    "review": {"review", "note"},
}


def judge_form(intake: Any) -> None:
    """Prove what holds for the check of every intake."""
    result = check(intake, ALL, TODAY)
    seen: set[str] = set()
    for stage, statuses in STATUSES.items():
        for line in getattr(result, stage):
            assert line.status in statuses
            assert line.id not in seen, line.id
            seen.add(line.id)
            assert line.text.endswith((".", "…")), line.text
            assert line.source
            assert not re.search(r"\b(eligible|qualified|denied by|failed)\b", line.text)
    assert result.ready == (not result.uncleared and all(line.status == "gap" for line in result.missing))
    assert result.ready_to_sign or not result.ready


def test_the_example_is_ready_with_one_gap_and_one_cleared_flag() -> None:
    result = check(full(), today=TODAY)
    assert result.ready
    assert result.ready_to_sign
    assert [line.id for line in result.missing] == ["gap.diagnosis.prior_procedures"]
    assert [line.id for line in result.emergency] == ["cleared.red_flags.neoplasm"]
    judge_form(full())


def test_what_lacks_only_the_signature_is_ready_to_sign() -> None:
    result = check(with_answer("signature", None), today=TODAY)
    assert not result.ready
    assert result.ready_to_sign
    assert not check({}, today=TODAY).ready_to_sign


@settings(max_examples=300)
@given(JSON)
def test_any_json_is_judged_without_a_crash(value: Any) -> None:
    validate(value, TODAY)
    judge_form_of_anything(value)


def judge_form_of_anything(value: Any) -> None:
    assert not check(value, ALL, TODAY).ready


@settings(max_examples=500)
@given(st.sampled_from(PATHS), JSON)
def test_any_json_at_any_place_is_judged_without_a_crash(path: str, value: Any) -> None:
    intake = with_answer(path.replace("[", ".").replace("]", ""), value)
    validate(intake, TODAY)
    check(intake, ALL, TODAY)


@settings(max_examples=150)
@given(intakes())
def test_every_fitting_intake_is_judged_in_form(intake: dict[str, Any]) -> None:
    judge_form(intake)


@settings(max_examples=150)
@given(intakes())
def test_nothing_with_an_unanswered_required_field_or_an_open_emergency_is_ready(
    intake: dict[str, Any],
) -> None:
    result = check({**full(), **intake}, today=TODAY)
    values = with_computed({**full(), **intake}, TODAY)
    unanswered = [
        place.path
        for place in walk(INTAKE, values)
        if place.field.required and place.field.kind is not Kind.GROUP and not answered(place.value)
    ]
    if unanswered or result.uncleared:
        assert not result.ready


@settings(max_examples=200)
@given(st.sets(st.sampled_from(["neurologic_deficit", "sudden_onset", "papilledema"]), min_size=1), JSON)
def test_no_emergency_is_ready_by_anything_but_a_clearance(names: set[str], other: Any) -> None:
    intake = full()
    for name in names:
        intake["red_flags"][name] = {"answer": "yes", "cleared": other}
    result = check(intake, today=TODAY)
    assert result.uncleared
    assert not result.ready
    assert not result.ready_to_sign


@pytest.mark.parametrize("value", [None, [], "text", 5, True])
def test_what_is_no_object_is_missing_everything(value: Any) -> None:
    result = check(value, today=TODAY)
    assert result.missing[0].text.startswith("Referral: A referral is a set of named groups")
