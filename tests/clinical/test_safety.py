"""Red flags: raised, cleared, not settled."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.check import Check, check
from referral_app.clinical.red_flags import RED_FLAGS, Tier
from tests.clinical.intakes import TODAY, with_answer, with_answers

CLEARED = {"by": "Dr. Example", "on": "2026-03-01", "note": "MRI normal"}
ASKED = [flag for flag in RED_FLAGS if not flag.computed]
CLEAN = ("safety.blood_thinner", "no")


def raised(name: str, **answers: Any) -> Check:
    return check(with_answers((f"red_flags.{name}", {"answer": "yes"} | answers), CLEAN), today=TODAY)


def found(result: Check, name: str) -> set[str]:
    lines = (*result.emergency, *result.missing, *result.review)
    return {line.status for line in lines if line.field.startswith(f"red_flags.{name}")}


@pytest.mark.parametrize(
    "flag", [flag for flag in RED_FLAGS if flag.tier is Tier.EMERGENCY], ids=lambda flag: flag.name
)
def test_an_emergency_says_what_to_do_now_until_somebody_clears_it(flag: Any) -> None:
    result = raised(flag.name)
    assert found(result, flag.name) == {"emergency"}
    assert any("call 911" in line.text for line in result.emergency)
    assert result.uncleared
    assert not result.ready
    assert not result.ready_to_sign
    cleared = raised(flag.name, cleared=CLEARED)
    assert found(cleared, flag.name) == {"cleared"}
    assert cleared.ready
    assert "by Dr. Example on March 1, 2026: MRI normal" in "".join(line.text for line in cleared.emergency)


@pytest.mark.parametrize("flag", [flag for flag in RED_FLAGS if flag.signs], ids=lambda flag: flag.name)
def test_signs_make_an_emergency_of_it(flag: Any) -> None:
    assert found(raised(flag.name, emergency_signs="yes"), flag.name) == {"emergency"}
    assert found(raised(flag.name, emergency_signs="yes", cleared=CLEARED), flag.name) == {"cleared"}
    without = raised(flag.name, emergency_signs="no")
    assert found(without, flag.name) - {"gap"} == {"missing"}
    assert not without.uncleared
    for open_answer in (None, "not_asked", {"unavailable": "x"}):
        result = raised(flag.name, emergency_signs=open_answer, cleared=CLEARED)
        assert {line.field for line in result.missing if line.status == "missing"} >= {
            f"red_flags.{flag.name}.emergency_signs"
        }
        assert not result.ready


@pytest.mark.parametrize(
    "flag", [flag for flag in RED_FLAGS if flag.tier is Tier.URGENT], ids=lambda flag: flag.name
)
def test_an_urgent_flag_wants_one_line_of_clearance(flag: Any) -> None:
    signs = {"emergency_signs": "no"} if flag.signs else {}
    assert not raised(flag.name, **signs).ready
    assert f"missing.red_flags.{flag.name}.cleared" in {
        line.id for line in raised(flag.name, **signs).missing
    }
    assert found(raised(flag.name, **signs, cleared=CLEARED), flag.name) - {"gap"} == {"cleared"}


def test_overuse_of_pain_relievers_is_for_review() -> None:
    result = raised("painkiller_overuse")
    assert found(result, "painkiller_overuse") == {"review"}
    assert result.ready


@pytest.mark.parametrize("name", ["by", "on", "note"])
@pytest.mark.parametrize("value", [None, "", "  ", {"unavailable": "x"}, 5, "\u202e"])
def test_a_clearance_needs_who_when_and_result(name: str, value: Any) -> None:
    result = raised("sudden_onset", cleared=CLEARED | {name: value})
    assert result.uncleared


@pytest.mark.parametrize("on", ["2026-11-24", "soon", "1950-01-01"])
def test_a_clearance_with_a_wrong_date_clears_nothing(on: str) -> None:
    assert raised("sudden_onset", cleared=CLEARED | {"on": on}).uncleared
    assert not raised("neoplasm", cleared=CLEARED | {"on": on}).ready


@pytest.mark.parametrize("cleared", [{"unavailable": "no time"}, "yes", [], {"by": "Dr. Example"}])
def test_nothing_else_clears(cleared: Any) -> None:
    assert raised("papilledema", cleared=cleared).uncleared


@pytest.mark.parametrize("flag", ASKED, ids=lambda flag: flag.name)
@pytest.mark.parametrize("answer", [None, "", "not_asked", {"unavailable": "x"}, "maybe", {"answer": "no"}])
def test_a_flag_that_was_not_answered_blocks(flag: Any, answer: Any) -> None:
    result = check(with_answer(f"red_flags.{flag.name}.answer", answer), today=TODAY)
    assert not result.ready
    lines = [line for line in result.missing if line.field == f"red_flags.{flag.name}.answer"]
    assert [line.status for line in lines] == ["missing"]


@pytest.mark.parametrize("answer", [{"unavailable": "x"}, "none", None, []])
def test_the_flags_as_a_whole_cannot_be_passed_over(answer: Any) -> None:
    assert not check(with_answer("red_flags", answer), today=TODAY).ready


def test_an_onset_after_50_wants_a_clearance_and_blood_tests() -> None:
    late = check(with_answers(("patient.date_of_birth", "1960-01-01")), today=TODAY)
    assert {line.field for line in late.missing if line.status == "missing"} == {
        "labs.esr_mm_h", "labs.crp_mg_l", "red_flags.older_onset.emergency_signs", "red_flags.older_onset.cleared",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("labs", "emergency"),
    [
        ({"esr_mm_h": 49, "crp_mg_l": 9.9}, False),
        ({"esr_mm_h": 50, "crp_mg_l": 1}, True),
        ({"esr_mm_h": 10, "crp_mg_l": 10}, True),
    ],
)
def test_raised_blood_tests_after_50_are_an_emergency(labs: dict[str, float], emergency: bool) -> None:
    flag = ("red_flags.older_onset", {"emergency_signs": "no"})
    result = check(with_answers(("patient.date_of_birth", "1960-01-01"), ("labs", labs), flag), today=TODAY)
    assert result.uncleared is emergency


@pytest.mark.parametrize(("thinner", "emergency"), [("yes", True), ("no", False), ("not_asked", False)])
def test_an_injury_under_a_blood_thinner_is_an_emergency(thinner: str, emergency: bool) -> None:
    flag = ("red_flags.post_traumatic", {"emergency_signs": "no"})
    changes = (("diagnosis.onset_event", "injury"), ("safety.blood_thinner", thinner), flag)
    assert check(with_answers(*changes), today=TODAY).uncleared is emergency
    cleared = ("red_flags.post_traumatic", {"emergency_signs": "no", "cleared": CLEARED})
    assert check(with_answers(*changes[:2], cleared), today=TODAY).ready


def test_what_cannot_be_computed_is_asked() -> None:
    unknown = ("diagnosis.onset", {"unavailable": "long ago"})
    result = check(with_answers(unknown), today=TODAY)
    assert "missing.red_flags.older_onset.answer" in {line.id for line in result.missing}
    said = check(with_answers(unknown, ("red_flags.older_onset", {"answer": "no"})), today=TODAY)
    assert said.ready
    unknown = ("diagnosis.onset_event", {"unavailable": "not recorded"})
    event = check(with_answers(unknown), today=TODAY)
    assert "missing.red_flags.post_traumatic.answer" in {line.id for line in event.missing}
    assert check(with_answers(unknown, ("red_flags.post_traumatic", {"answer": "no"})), today=TODAY).ready


def test_what_is_asked_already_is_not_asked_twice() -> None:
    result = check(with_answer("diagnosis.onset", None), today=TODAY)
    assert [line.field for line in result.missing if line.status == "missing"] == ["diagnosis.onset"]
    event = check(with_answer("diagnosis.onset_event", None), today=TODAY)
    assert [line.field for line in event.missing if line.status == "missing"] == ["diagnosis.onset_event"]
