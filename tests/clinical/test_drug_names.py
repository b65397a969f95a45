"""Names of drugs: classes, brand names, and the questions that a medication raises."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.choices import TreatmentClass
from referral_app.clinical import drug_names


@pytest.mark.parametrize(
    ("name", "kind", "unit"),
    [
        ("topiramate", "anticonvulsant", "mg a day"), ("TOPAMAX", "anticonvulsant", "mg a day"),
        ("sumatriptan", "triptan", "mg a dose"), ("erenumab", "cgrp_antibody", "mg a month"),
        ("Vyepti", "cgrp_antibody", "mg every 3 months"), ("propranolol", "beta_blocker", "mg a day"),
        ("candesartan", "candesartan", "mg a day"), ("atogepant", "gepant", "mg a day"),
        ("ubrogepant", "gepant", "mg a dose"), ("venlafaxine", "snri", "mg a day"),
        ("amitriptyline", "tricyclic", "mg a day"), ("Physical  therapy", "physical_therapy", "visits"),
        ("Tylenol #3", "opioid", "mg a dose"), ("gammaCore", "device", ""), ("verapamil", "other", "mg a day"),
    ],
)  # fmt: skip
def test_a_name_says_its_class_and_unit(name: str, kind: str, unit: str) -> None:
    drug = drug_names.exactly(name)
    assert drug is not None
    assert (drug.treatment_class, drug.unit) == (kind, unit)


def test_every_class_of_the_list_is_a_class_of_the_intake() -> None:
    known = {str(member.value) for member in TreatmentClass}
    for name in (*drug_names.treatment_names(), *drug_names.medication_names()):
        drug = drug_names.exactly(name)
        assert drug is not None, name
        assert drug.treatment_class in known | {""}, name


def test_a_part_of_a_name_is_no_drug() -> None:
    assert drug_names.exactly("topira") is None
    assert drug_names.begins("propran") is None
    assert drug_names.named("optional") is None


def test_a_name_is_found_in_front_of_other_words() -> None:
    found = drug_names.begins("Topiramate ER (Trokendi)")
    assert found is not None
    assert found.name == "topiramate"


def test_completions_begin_with_what_was_typed() -> None:
    names = drug_names.treatment_names()
    assert drug_names.completions("suma", names)[0] == "sumatriptan"
    assert drug_names.completions("su", names) == []
    assert drug_names.completions("topiramate", names) == []


def _asked(*names: str, **safety: Any) -> list[str]:
    intake = {"safety": {"medications": [{"name": name} for name in names], **safety}}
    return [path for path, _ in drug_names.questions(intake)]


def test_blood_thinners_glp1_drugs_and_opioids_raise_their_questions() -> None:
    assert _asked("Eliquis") == ["safety.blood_thinner"]
    assert _asked("aspirin 81 mg") == ["safety.blood_thinner"]
    assert _asked("Ozempic", "tramadol") == ["safety.glp1", "last_30_days.opioid_days"]
    assert _asked("Lisinopril") == []
    assert _asked("Eliquis", blood_thinner="yes") == []


def test_an_answer_that_speaks_against_a_medication_is_said() -> None:
    intake = {"safety": {"medications": [{"name": "Warfarin"}], "blood_thinner": "no"}}
    assert drug_names.questions(intake)[0][1] == (
        "Warfarin is a blood thinner: look at “Takes a blood thinner”, which is answered with No."
    )


def test_anything_in_the_table_is_read_without_a_crash() -> None:
    for rows in ("none", {"unavailable": "x"}, [None, 3, {"name": 5}, {"name": {"unavailable": ""}}], None):
        assert drug_names.questions({"safety": {"medications": rows}}) == []
    assert drug_names.questions({"safety": 7}) == []
