"""What surgeons and the Center ask for, in words, and what a rule may hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import AttachmentKind, Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import (
    AMOUNTS,
    BUILT_IN,
    DOCUMENTS,
    Requirement,
    concerns,
    problems,
    said,
)
from tests.clinical.intakes import with_answer

K = RequirementKind
NAMES = {"occipital_release_greater": "Occipital release, greater occipital nerve"}

REQUIREMENTS = st.builds(
    Requirement,
    kind=st.sampled_from(RequirementKind),
    amount=st.none() | st.integers(-5, 400),
    level=st.sampled_from(Level),
    procedure=st.none() | st.sampled_from([*ProcedureKind, *NAMES]),
    detail=st.sampled_from(["", *AttachmentKind, "Intake form"]),
)


@pytest.mark.parametrize(
    ("kind", "amount", "words"),
    [
        (K.SPECIALIST_DIAGNOSIS, None, "A diagnosis confirmed by a headache specialist"),
        (
            K.PREVENTIVES,
            3,
            "Preventive medications of at least 3 kinds that did not help enough or were not tolerated",
        ),
        (K.PREVENTIVES, 1, "A preventive medication that did not help enough or was not tolerated"),
        (K.BLOCK_RELIEF, 50, "At least 50 % relief from a nerve block"),
        (K.BLOCK_RELIEF, 1, "At least 1 % relief from a nerve block"),
        (K.BOTULINUM_CYCLES, 2, "At least 2 cycles of botulinum toxin"),
        (K.IMAGING_MONTHS, 24, "An MRI or CT within 24 months"),
        (K.IMAGING_MONTHS, 1, "An MRI or CT within 1 month"),
        (K.IMAGING_MONTHS, None, "An MRI or CT"),
        (K.HEADACHE_DAYS, 8, "At least 8 headache days in 30"),
        (K.DIARY, 28, "A headache diary of at least 28 days"),
        (K.DIARY, None, "A headache diary"),
        (K.BODY_MASS_INDEX, 40, "A body mass index of at most 40"),
        (K.NO_NICOTINE, None, "No nicotine use now"),
        (K.NO_BLOOD_THINNER, None, "No blood thinner, or its prescriber named"),
    ],
)
def test_says_what_is_wanted(kind: RequirementKind, amount: int | None, words: str) -> None:
    assert Requirement(kind, amount).words == words


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        (K.DOCUMENT, "imaging_report", "An attached imaging report"),
        (K.DOCUMENT, "insurance_card", "An attached copy of the insurance card"),
        (K.DOCUMENT, "", "An attached document"),
        (K.OWN_FORM, "Keen Intake", "The form “Keen Intake”, filled in"),
        (K.OWN_FORM, "", "The office's own form, filled in"),
    ],
)
def test_says_which_document_or_form(kind: RequirementKind, detail: str, words: str) -> None:
    assert Requirement(kind, detail=detail).words == words


def test_every_document_that_can_be_attached_can_be_asked_for() -> None:
    assert DOCUMENTS.keys() == set(AttachmentKind)


def test_says_which_procedure_it_is_for() -> None:
    asked = Requirement(K.BLOCK_RELIEF, 50, procedure="occipital_release_greater")
    assert said(asked, NAMES).endswith(" (for occipital release, greater occipital nerve)")
    kind = Requirement(K.BLOCK_RELIEF, 50, procedure="occipital_release")
    assert said(kind, NAMES) == "At least 50 % relief from a nerve block (for occipital release)"
    assert said(Requirement(K.BLOCK_RELIEF, 50), NAMES) == "At least 50 % relief from a nerve block"
    assert "gone since" in said(Requirement(K.DIARY, procedure="gone_since"), NAMES)


@given(REQUIREMENTS)
def test_every_rule_can_be_said(requirement: Requirement) -> None:
    words = said(requirement, NAMES)
    assert words[0].isupper()
    assert "{" not in words
    assert "None" not in words


@pytest.mark.parametrize("kind", AMOUNTS)
def test_an_amount_is_held_to_both_limits(kind: RequirementKind) -> None:
    limits = AMOUNTS[kind]
    good = [limits.low, limits.high, limits.usual]
    for amount in (*good, limits.low - 1, limits.high + 1):
        wrong = problems([Requirement(kind, amount)])
        expected = {} if amount in good else {"requirements[0].amount"}
        assert wrong.keys() == set(expected)
        assert all(str(limits.high) in sentence for sentence in wrong.values())


def test_only_an_index_needs_a_number() -> None:
    needed = {kind for kind in AMOUNTS if problems([Requirement(kind)])}
    assert needed == {K.BODY_MASS_INDEX}


@pytest.mark.parametrize(
    ("requirement", "wrong"),
    [
        (Requirement(K.DOCUMENT, detail="diary"), set[str]()),
        (Requirement(K.DOCUMENT), {"requirements[0].detail"}),
        (Requirement(K.DOCUMENT, detail="Diary"), {"requirements[0].detail"}),
        (Requirement(K.OWN_FORM, detail="Intake"), set()),
        (Requirement(K.OWN_FORM, detail="  "), {"requirements[0].detail"}),
    ],
)
def test_a_document_and_a_form_must_be_named(requirement: Requirement, wrong: set[str]) -> None:
    assert problems([requirement]).keys() == wrong


def test_what_is_asked_twice_is_said_at_the_second() -> None:
    one = Requirement(K.PREVENTIVES, 2)
    found = problems([Requirement(K.DIARY), one, Requirement(K.PREVENTIVES, 3)])
    assert found == {"requirements[2].kind": "Rule 2 asks for this already. Remove one."}
    assert not problems([one, Requirement(K.PREVENTIVES, 3, Level.WISH)]), "both a limit and a wish"
    assert not problems([one, Requirement(K.PREVENTIVES, 3, procedure="revision")])
    forms = [Requirement(K.OWN_FORM, detail=name) for name in ("Intake", " intake", "Consent")]
    assert problems(forms).keys() == {"requirements[1].kind"}


def test_the_built_in_requirements_are_wishes_that_hold_together() -> None:
    assert not problems(BUILT_IN)
    assert {one.level for one in BUILT_IN} == {Level.WISH}
    asked = {(one.kind, one.amount) for one in BUILT_IN}
    assert asked == {
        (K.SPECIALIST_DIAGNOSIS, None), (K.PREVENTIVES, 3), (K.BLOCK_RELIEF, 50), (K.BOTULINUM_CYCLES, 2),
        (K.IMAGING_MONTHS, 12), (K.DIARY, 28),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("requested", "found"),
    [(["revision"], True), (["diagnostic_block"], False), (["diagnostic_block", "revision"], True), (None, True),
     ([], True), ("not a list", True)],
)  # fmt: skip
def test_a_requirement_of_another_procedure_does_not_concern_a_request(requested: Any, found: bool) -> None:
    values = with_answer("request.procedures", requested)
    assert concerns(Requirement(K.DIARY, procedure="revision"), values) is found
    assert concerns(Requirement(K.DIARY), values)


def test_a_requirement_for_a_kind_concerns_each_procedure_of_it() -> None:
    kind = Requirement(
        K.DIARY, procedure="occipital_release", codes=("occipital_release_greater", "occipital_release_third")
    )
    assert concerns(kind, with_answer("request.procedures", ["occipital_release_third"]))
    assert not concerns(kind, with_answer("request.procedures", ["decompression_frontal"]))
