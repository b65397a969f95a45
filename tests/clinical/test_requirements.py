"""What surgeons ask for, met, not met and not recorded."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.choices import Level, RequirementKind
from referral_app.clinical.check import Requirement, check
from referral_app.clinical.computed import with_computed
from referral_app.clinical.requirements import judge, months_between
from referral_app.clinical.thresholds import DEFAULTS
from tests.clinical.intakes import TODAY, full, with_answer, with_answers

K = RequirementKind


def met(kind: RequirementKind, amount: int | None, *changes: tuple[str, Any]) -> bool | None:
    return judge(Requirement(kind, amount), with_computed(with_answers(*changes), TODAY), DEFAULTS, TODAY).met


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
    ],
)
def test_says_what_is_wanted(kind: RequirementKind, amount: int | None, words: str) -> None:
    assert Requirement(kind, amount).words == words


def test_every_kind_can_be_said_and_judged() -> None:
    for kind in RequirementKind:
        for amount in (None, 1, 5):
            assert Requirement(kind, amount).words
            assert met(kind, amount) in (True, False, None)
            assert judge(Requirement(kind, amount), with_computed({}, TODAY), DEFAULTS, TODAY).met is None


@pytest.mark.parametrize(
    ("kind", "amount", "change", "found"),
    [
        (K.SPECIALIST_DIAGNOSIS, None, ("diagnosis.confirmed_by_specialist", "yes"), True),
        (K.SPECIALIST_DIAGNOSIS, None, ("diagnosis.confirmed_by_specialist", "pending"), False),
        (K.SPECIALIST_DIAGNOSIS, None, ("diagnosis.confirmed_by_specialist", None), None),
        (K.PREVENTIVES, 4, ("patient.suffix", None), True),
        (K.PREVENTIVES, 5, ("patient.suffix", None), False),
        (K.PREVENTIVES, 1, ("treatments", "none_tried"), False),
        (K.PREVENTIVES, 1, ("treatments", {"unavailable": "no chart"}), None),
        (K.BLOCK_RELIEF, 75, ("patient.suffix", None), True),
        (K.BLOCK_RELIEF, 76, ("patient.suffix", None), False),
        (K.BLOCK_RELIEF, 50, ("injections", None), None),
        (K.BOTULINUM_CYCLES, 3, ("patient.suffix", None), True),
        (K.BOTULINUM_CYCLES, 4, ("patient.suffix", None), False),
        (K.BOTULINUM_CYCLES, 1, ("injections", None), None),
        (K.IMAGING_MONTHS, 16, ("imaging.0.date", "2025-07-23"), True),
        (K.IMAGING_MONTHS, 16, ("imaging.0.date", "2025-07-22"), False),
        (K.IMAGING_MONTHS, 16, ("imaging.0.date", "2027-07-22"), None),
        (K.IMAGING_MONTHS, 16, ("imaging.0.type", "xray"), None),
        (K.HEADACHE_DAYS, 22, ("patient.suffix", None), True),
        (K.HEADACHE_DAYS, 23, ("patient.suffix", None), False),
        (K.DIARY, None, ("last_30_days.source", "diary"), True),
        (K.DIARY, None, ("last_30_days.source", "recall"), False),
        (K.DIARY, 33, ("last_30_days.diary_to", "2026-03-14"), True),
        (K.DIARY, 34, ("last_30_days.diary_to", "2026-03-14"), False),
        (K.DIARY, 28, ("last_30_days.diary_to", None), None),
    ],
)
def test_judges_both_sides(
    kind: RequirementKind, amount: int | None, change: Any, found: bool | None
) -> None:
    assert met(kind, amount, change) is found


def statuses(requirement: Requirement, intake: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    found = check(intake or full(), (requirement,), TODAY)
    assert found.ready, "a requirement never blocks"
    lines = (*found.supports, *found.review)
    return {(line.status, line.text) for line in lines if "surgeon's office" in line.text}


def test_a_must_have_that_is_not_met_is_for_review() -> None:
    text = "This surgeon's office returns referrals without at least 80 % relief from a nerve block: not met."
    assert statuses(Requirement(K.BLOCK_RELIEF, 80)) == {("review", text)}


def test_a_must_have_that_is_not_recorded_says_so() -> None:
    text = "This surgeon's office returns referrals without an MRI or CT: not recorded."
    assert statuses(Requirement(K.IMAGING_MONTHS), with_answer("imaging", None)) == {("review", text)}


def test_a_wish_that_is_not_met_is_a_note() -> None:
    text = "This surgeon's office likes to see at least 80 % relief from a nerve block: not met."
    assert statuses(Requirement(K.BLOCK_RELIEF, 80, Level.WISH)) == {("note", text)}


def test_what_is_met_supports() -> None:
    text = "This surgeon's office asks for at least 75 % relief from a nerve block: recorded."
    assert statuses(Requirement(K.BLOCK_RELIEF, 75)) == {("supports", text)}


def test_a_requirement_of_another_procedure_is_left_out() -> None:
    asked = Requirement(K.DIARY, procedure="revision")
    assert statuses(asked) == set()
    assert statuses(asked, with_answer("request.procedures", ["revision"]))
    assert statuses(asked, with_answer("request.procedures", None))


def test_counts_a_begun_month_as_one() -> None:
    assert months_between(TODAY.replace(year=2025), TODAY) == 12
    assert months_between(TODAY.replace(year=2025, day=22), TODAY) == 13
