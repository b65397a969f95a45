"""Each computed value: its words with unit, its formula with the numbers in it, and what it waits for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_app.clinical.computed import with_computed
from referral_app.clinical.formulas import ALL, explain, say
from referral_app.clinical.intake import find
from tests.clinical.intakes import PATHS, TODAY, full, with_answer, with_answers
from tests.clinical.strategies import JSON, intakes

KEYS = [one.key for one in ALL]


def values(*changes: tuple[str, Any]) -> dict[str, Any]:
    return with_computed(with_answers(*changes), TODAY)


@pytest.mark.parametrize(
    ("key", "words", "part"),
    [
        ("age", "40 years", "the whole years from"),
        ("years_since_onset", "7 years", "from May 2019 to today. The patient was"),
        ("mhi", "52.2 of 300", "22 headache days x average pain 6 x 9.5 hours / 24 = 52.2, of 0 to 300."),
        ("block_relief", "75 %", "Row 1: 100 x (7 - 2) / 7 = 71.4 %. Row 2: 100 x (8 - 2) / 8 = 75 %. The best one"),
        ("medication_overuse", "Not by these days", "simple pain reliever 8 of 15, triptan 6 of 10"),
        ("chronic_migraine", "The days fit", "22 headache days (from 15 on) and 11 migraine days (from 8 on)"),
        ("midas_grade", "IV, severe", "total 34. Grades: I from 0 to 5"),
        ("bmi", "25.2 kg/m²", "68.5 kg / (1.65 m x 1.65 m) = 25.2 kg/m²."),
    ],
)  # fmt: skip
def test_each_value_says_its_unit_and_its_formula(key: str, words: str, part: str) -> None:
    found = values()
    if key == "age":
        words = f"{found['computed']['age']} years"
    assert say(key, found["computed"]) == words
    told = explain(key, found)
    assert part in told.text
    assert not told.wanted
    assert told.source


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.key)
def test_each_value_names_what_it_waits_for(one: Any) -> None:
    found = with_computed({}, TODAY)
    told = explain(one.key, found)
    assert say(one.key, found["computed"]) == "–"
    assert told.text.startswith(f"{one.label} cannot be computed yet: it needs ")
    assert told.wanted == one.needs
    for path in one.needs:
        assert path == "injections" or f"“{find(path).label}”" in told.text


def test_only_what_is_still_missing_is_named() -> None:
    told = explain("mhi", values(("pain.average", None)))
    assert told.text == "Migraine Headache Index cannot be computed yet: it needs “Average pain”."
    assert told.wanted == ("pain.average",)


def test_a_block_without_pain_before_is_not_valid_and_one_that_made_it_worse_says_so() -> None:
    told = explain("block_relief", values(("injections.0.pain_before", 0), ("injections.1.pain_after", 10)))
    assert (
        "Row 1: not valid without pain before. Row 2: 100 x (8 - 10) / 8 = -25 %, worse afterwards."
        in told.text
    )
    unknown = explain("block_relief", values(("injections.0.pain_after", None)))
    assert "Row 1: not known without the pain before and after." in unknown.text


def test_each_block_and_the_best_are_computed() -> None:
    computed = values()["computed"]
    assert computed["block_reliefs"] == [{"row": 1, "percent": 71.4}, {"row": 2, "percent": 75.0}]
    assert computed["block_relief"] == 75


@pytest.mark.parametrize(
    ("height", "weight", "bmi"),
    [(165, 68.5, 25.2), (0, 60, None), (165, 0, None), (None, 60, None), ("x", 60, None)],
)
def test_body_mass_index(height: Any, weight: Any, bmi: float | None) -> None:
    assert values(("safety.height_cm", height), ("safety.weight_kg", weight))["computed"]["bmi"] == bmi


@settings(max_examples=100)
@given(st.sampled_from(PATHS), JSON)
def test_anything_anywhere_is_explained_without_a_crash(path: str, value: Any) -> None:
    found = with_computed(with_answer(path.replace("[", ".").replace("]", ""), value), TODAY)
    assert all(explain(key, found).text for key in KEYS)


@settings(max_examples=50)
@given(intakes())
def test_every_fitting_intake_is_explained(intake: dict[str, Any]) -> None:
    found = with_computed({**full(), **intake}, TODAY)
    for key in KEYS:
        assert explain(key, found).text.endswith(".")
        assert say(key, found["computed"])
