"""Two versions of an intake: what differs, who changed it, and a merge that loses nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_app.clinical.differences import BOTH, MINE, THEIRS, Difference, between, merged, same
from referral_app.clinical.fields import unavailable
from tests.clinical.intakes import full, with_answer, with_answers
from tests.clinical.strategies import intakes

NUTS, LATEX, EGGS = ({"substance": name} for name in ("Nuts", "Latex", "Eggs"))


def _plain(intake: dict[str, Any]) -> dict[str, Any]:
    """Return an intake without a signature, which is no answer of its own."""
    return {name: value for name, value in intake.items() if name != "signature"}


PLAIN = intakes().map(_plain)


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A base and two versions of it, each with some groups of answers taken from elsewhere."""
    base, other, third = draw(PLAIN), draw(PLAIN), draw(PLAIN)
    names = sorted({*base, *other, *third})
    some = st.sets(st.sampled_from(names)) if names else st.just(set[str]())
    mine, theirs = draw(some), draw(some)
    return base, _with_groups(base, other, mine), _with_groups(base, third, theirs)


def _with_groups(base: dict[str, Any], other: dict[str, Any], names: set[str]) -> dict[str, Any]:
    made = copy.deepcopy(base)
    for name in names:
        made.pop(name, None)
        if name in other:
            made[name] = copy.deepcopy(other[name])
    return made


def _one(found: list[Difference]) -> Difference:
    assert len(found) == 1, found
    return found[0]


@settings(max_examples=40)
@given(PLAIN, PLAIN)
def test_where_one_side_changed_nothing_the_other_is_taken_whole(
    base: dict[str, Any], mine: dict[str, Any]
) -> None:
    assert same(merged(mine, base, between(base, mine, base), {}), mine)
    assert same(merged(base, mine, between(base, base, mine), {}), mine)


@settings(max_examples=60)
@given(edits(), st.sampled_from([MINE, THEIRS]))
def test_nothing_that_one_side_alone_changed_is_lost(three: tuple[dict[str, Any], ...], rest: str) -> None:
    base, mine, theirs = map(_in_fields, three)
    found = between(base, mine, theirs)
    whole = merged(mine, theirs, found, {one.path: rest for one in found if not one.taken})
    for alone in between(base, mine, base):
        if same(_at(base, alone.path), _at(theirs, alone.path)):
            assert same(_at(whole, alone.path), alone.mine)
    for alone in between(base, base, theirs):
        if same(_at(base, alone.path), _at(mine, alone.path)):
            assert same(_at(whole, alone.path), alone.theirs)


def _in_fields(intake: dict[str, Any]) -> dict[str, Any]:
    """Return an intake whose answers stand each for itself: no group answered as a whole, no location."""
    made = {name: value for name, value in intake.items() if unavailable(value) is None}
    made["request"] = {name: value for name, value in made.get("request", {}).items() if name != "location"}
    return made


def _at(intake: dict[str, Any], path: str) -> Any:
    group, _, name = path.partition(".")
    value = intake.get(group)
    if not name:
        return value
    return value.get(name) if isinstance(value, dict) else None


@settings(max_examples=40)
@given(edits())
def test_taking_all_of_one_side_is_that_side(three: tuple[dict[str, Any], ...]) -> None:
    base, mine, theirs = three
    for known in (base, None):
        found = between(known, mine, theirs)
        assert same(merged(mine, theirs, found, {one.path: MINE for one in found}), mine)
        assert same(merged(mine, theirs, found, {one.path: THEIRS for one in found}), theirs)
        assert bool(found) is not same(mine, theirs)


@settings(max_examples=40)
@given(edits())
def test_the_two_sides_can_be_exchanged(three: tuple[dict[str, Any], ...]) -> None:
    base, mine, theirs = three
    there, back = between(base, mine, theirs), between(base, theirs, mine)
    other = {MINE: THEIRS, THEIRS: MINE, "": ""}
    assert [(one.path, other[one.taken]) for one in there] == [(one.path, one.taken) for one in back]


@settings(max_examples=40)
@given(edits())
def test_both_lists_together_hold_every_entry_of_either(three: tuple[dict[str, Any], ...]) -> None:
    base, mine, theirs = three
    for one in between(base, mine, theirs):
        if one.both is not None:
            for item in [*one.mine, *one.theirs]:
                assert item == "none" or any(same(item, kept) for kept in one.both)


@settings(max_examples=25)
@given(edits())
def test_comparing_changes_none_of_the_versions(three: tuple[dict[str, Any], ...]) -> None:
    before = copy.deepcopy(three)
    base, mine, theirs = three
    found = between(base, mine, theirs)
    whole = merged(mine, theirs, found, {one.path: MINE for one in found})
    whole.setdefault("patient", {})["family_name"] = "Changed afterwards"
    assert three == before


def test_an_answer_that_both_changed_waits_for_a_decision() -> None:
    mine, theirs = with_answer("pain.average", 3), with_answer("pain.average", 9)
    found = between(full(), mine, theirs)
    assert (_one(found).path, _one(found).taken) == ("pain.average", "")
    with pytest.raises(KeyError):
        merged(mine, theirs, found, {})
    assert merged(mine, theirs, found, {"pain.average": MINE})["pain"]["average"] == 3


def test_two_lists_of_allergies_can_be_kept_together_and_never_by_themselves() -> None:
    base = with_answer("safety.allergies", [NUTS])
    mine = with_answer("safety.allergies", [NUTS, LATEX])
    theirs = with_answer("safety.allergies", [NUTS, EGGS])
    one = _one(between(base, mine, theirs))
    assert (one.taken, one.both) == ("", [NUTS, EGGS, LATEX])
    assert merged(mine, theirs, [one], {one.path: BOTH})["safety"]["allergies"] == [NUTS, EGGS, LATEX]


def test_an_allergy_against_none_known_must_be_decided() -> None:
    base = with_answer("safety.allergies", None)
    mine, theirs = with_answer("safety.allergies", [NUTS]), with_answer("safety.allergies", "none_known")
    one = _one(between(base, mine, theirs))
    assert (one.taken, one.both) == ("", None)
    assert (one.left_out(MINE), one.left_out(THEIRS)) == ([], [NUTS])


def test_none_stands_in_no_list_beside_something_else() -> None:
    base = with_answer("diagnosis.prior_procedures", None)
    mine = with_answer("diagnosis.prior_procedures", ["none"])
    theirs = with_answer("diagnosis.prior_procedures", ["craniotomy"])
    assert _one(between(base, mine, theirs)).both is None
    mine["diagnosis"]["prior_procedures"] = ["radiofrequency"]
    assert _one(between(base, mine, theirs)).both == ["craniotomy", "radiofrequency"]


def test_a_red_flag_is_decided_with_its_clearance() -> None:
    flags = full()["red_flags"]
    name = next(name for name, value in flags.items() if isinstance(value, dict))
    path = f"red_flags.{name}"
    mine = with_answer(path, {"answer": "yes"})
    theirs = with_answer(path, {"answer": "no"})
    base = with_answer(path, None)
    assert _one(between(base, mine, theirs)).path == path


def test_a_location_goes_with_its_surgeon() -> None:
    mine = with_answers(("request.surgeon", "9000000015"), ("request.location", "mine"))
    theirs = with_answers(("request.surgeon", "9000000023"), ("request.location", "theirs"))
    one = _one(between(full(), mine, theirs))
    assert merged(mine, theirs, [one], {one.path: MINE})["request"]["location"] == "mine"
    assert merged(mine, theirs, [one], {one.path: THEIRS})["request"]["location"] == "theirs"


def test_a_signature_is_never_brought_back_by_an_older_copy() -> None:
    signed = with_answer("signature", {"signed_by": "Dr. A", "signed_at": "2026-11-01T10:00:00Z"})
    voided = with_answer("signature", {"prepared_by": "Office"})
    voided["pain"]["average"] = 9
    mine = copy.deepcopy(signed)
    mine["pain"]["now"] = 1
    for base in (signed, None):
        found = between(base, mine, voided)
        whole = merged(mine, voided, found, {one.path: MINE for one in found})
        assert whole["signature"] == {"prepared_by": "Office"}


def test_without_the_common_version_everything_waits_for_a_decision() -> None:
    mine = with_answer("pain.average", 3)
    assert _one(between(None, mine, full())).taken == ""


def test_a_group_named_as_whole_is_decided_at_once() -> None:
    mine, theirs = with_answer("patient.suffix", "Jr."), with_answer("patient.phone_alt", "410-555-0155")
    assert _one(between(full(), mine, theirs, ("patient",))).path == "patient"
