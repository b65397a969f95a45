"""What holds for every intake: nothing unanswered is ready, nothing stops the check, every line leads to a field."""

from __future__ import annotations

import copy
import json
import random
import time
from typing import Any

import pytest

from referral_app.choices import RequirementKind
from referral_app.clinical.check import Requirement, check
from referral_app.clinical.computed import with_computed
from referral_app.clinical.fields import Kind, Place, answered, as_dict, as_list, unavailable, walk
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.places import hidden
from referral_app.clinical.red_flags import RED_FLAGS
from referral_app.clinical.schema import read_json
from referral_app.clinical.thresholds import FIGURES, put_together
from referral_app.clinical.validation import validate
from tests.clinical.intakes import TODAY, full, with_answer

ASKED = tuple(Requirement(kind, 3) for kind in RequirementKind)
CLEARED = {"by": "Dr. Example", "on": "2026-03-10", "note": "MRI normal"}
ODD: tuple[Any, ...] = (
    None, "", " ", "yes", "no", "not_asked", "none", "none_tried", "nerve_block", 0, 1, -1, 7.5, 1e308, 10**400, True,
    False, [], {}, ["yes"], [None], [[]], {"unavailable": ""}, {"unavailable": "not in the chart"}, {"unavailable": 5},
    "2020-02-30", "2020-01-01", "1899-12-31", "2027-01", "9999-12", "\u202e", "\x00", "ß" * 400, float("nan"), {"": {}},
)  # fmt: skip


def rich(minor: bool) -> dict[str, Any]:
    """Return an intake in which every condition of a field holds, those of adults or of minors."""
    intake = full()
    intake["patient"] |= {
        "interpreter_needed": True,
        "interpreter_language": "es",
        "has_representative": True,
    }
    intake["patient"]["legal_representative"] = {
        "name": "Ann Example",
        "relation": "Mother",
        "phone": "410-555-0199",
    }
    intake["patient"]["date_of_birth"] = "2010-01-01" if minor else "1950-01-01"
    intake["coverage"].append(
        {"kind": "workers_comp", "payer": "State fund", "injury_date": "2019-05-01", "claim_number": "1",
         "authorization": {"status": "unknown"}}
    )  # fmt: skip
    intake["labs"] = {"esr_mm_h": 5, "crp_mg_l": 1}
    intake["diagnosis"]["onset_event"] = "injury"
    intake["pain"]["sketch"] = full()["pain"].get("sketch") or {"unavailable": "Not drawn"}
    for flag in RED_FLAGS:
        said = intake["red_flags"].setdefault(flag.name, {})
        said |= {"answer": "yes", "cleared": CLEARED} | ({"emergency_signs": "yes"} if flag.signs else {})
    return intake


def required(intake: dict[str, Any]) -> list[Place]:
    """Return every place of a required answer, as the declaration has it."""
    places = walk(INTAKE, with_computed(intake, TODAY))
    return [place for place in places if place.field.required and place.field.kind is not Kind.GROUP]


PLACES = [(minor, place) for minor in (False, True) for place in required(rich(minor))]


def changed(intake: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    return with_answer(path.replace("[", ".").replace("]", ""), value, copy.deepcopy(intake))


def test_the_rich_intakes_are_ready_and_ask_for_every_required_field() -> None:
    for minor in (False, True):
        assert check(rich(minor), today=TODAY).ready, check(rich(minor), today=TODAY).missing
    declared = {place.path for place in walk_all()}
    reached = {path_of(place.path) for _, place in PLACES}
    assert declared == reached


def path_of(path: str) -> str:
    """Return a path without the numbers of rows."""
    return "".join(part.partition("]")[2] or part for part in path.split("["))


def walk_all(fields: Any = INTAKE, prefix: str = "") -> list[Any]:
    """Return every required leaf and table of the declaration, whatever its condition."""
    found: list[Any] = []
    for field in fields:
        path = prefix + field.name
        if field.required and field.kind is not Kind.GROUP:
            found.append(Place(path, field, None, {}))
        found += walk_all(field.fields, f"{path}.")
    return found


@pytest.mark.parametrize(("minor", "place"), PLACES, ids=lambda one: getattr(one, "path", str(one)))
def test_a_required_field_is_never_ready_without_an_answer_that_can_be_read(
    minor: bool, place: Place
) -> None:
    before = rich(minor)
    nothing: list[Any] = [None, "", "   ", "\n", "\u2003", [], {}]
    reasons: list[Any] = ["", "  ", None, 5, [], {}]
    lacking: list[Any] = [{"unavailable": reason} for reason in reasons]
    wrong: list[Any] = [5 if place.field.kind is Kind.SKETCH else {"nope": 1}, [[1]], "\x00"]
    for value in (*nothing, *lacking, *wrong):
        result = check(changed(before, place.path, value), ASKED, TODAY)
        assert not result.ready, value
        assert any(line.status == "missing" for line in result.missing) or result.uncleared, value


def spots(whole: Any) -> list[tuple[Any, Any]]:
    """Return what holds each part of a JSON value, with its name or number there."""
    found, left = list[tuple[Any, Any]](), [whole]
    while left:
        holder = left.pop()
        inside = [*as_dict(holder).items(), *enumerate(as_list(holder))]
        found += [(holder, key) for key, _ in inside]
        left += [value for _, value in inside if as_dict(value) or as_list(value)]
    return found


def mutated(chance: random.Random) -> dict[str, Any]:
    """Return a rich intake in which answers were taken out or made odd, whole groups and tables among them."""
    intake = rich(chance.random() < 0.2)
    for _ in range(chance.randint(0, 12)):
        holder, key = chance.choice(spots(intake) or [(intake, "patient")])
        if as_dict(holder) and chance.random() < 0.3:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    return intake


@pytest.mark.parametrize("seed", range(10))
def test_500_generated_intakes_are_judged_in_no_time_and_never_ready_by_silence(seed: int) -> None:
    """Ten times this is 5,000; each is judged by figures that somebody may have chosen."""
    chance, longest = random.Random(seed), 0.0
    for _ in range(500):
        intake = mutated(chance)
        limits = put_together({one.name: chance.randint(int(one.low), int(one.high)) for one in FIGURES})
        begun = time.thread_time()
        result = check(intake, ASKED, TODAY, limits)
        longest = max(longest, time.thread_time() - begun)
        silent = [place.path for place in required(intake) if not answered(place.value)]
        values = with_computed(intake, TODAY)
        wrong = [path for path in validate(intake, TODAY) if not hidden(path, values)]
        if silent or wrong or result.uncleared:
            assert not result.ready, (silent, wrong)
        assert len(
            {line.id for line in (*result.emergency, *result.missing, *result.supports, *result.review)}
        ) == sum(map(len, (result.emergency, result.missing, result.supports, result.review)))
        json.dumps(result.computed, allow_nan=False)
    assert longest < 1, "a check hung"


def test_an_answer_nested_100000_deep_is_a_plain_sentence() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    for path in (
        "patient.family_name",
        "pain.sketch",
        "treatments",
        "red_flags",
        "coverage.0.kind",
    ):
        intake = full()
        with_answer(path, deep, intake)
        assert not check(intake, ASKED, TODAY).ready
        assert all(isinstance(sentence, str) for sentence in validate(intake, TODAY).values())
    nested: Any = {}
    for _ in range(100_000):
        nested = {"patient": nested}
    assert not check(nested, ASKED, TODAY).ready
    with pytest.raises(ValueError, match=r"^[A-Z].{10,120}\.$"):
        read_json(b"[" * 100_000 + b"]" * 100_000)
    with pytest.raises(ValueError, match=r"^[A-Z].{10,120}\.$"):
        read_json(b'{"patient":' * 100_000 + b"1" + b"}" * 100_000)
    assert unavailable(deep) is None
