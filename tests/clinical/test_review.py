"""Points to review: they inform, and block nothing."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.check import check
from tests.clinical.intakes import TODAY, with_answers


def review(*changes: tuple[str, Any]) -> dict[str, str]:
    result = check(with_answers(*changes), today=TODAY)
    assert result.ready, [line.text for line in result.missing]
    return {line.id: line.text for line in result.review if line.status == "review"}


def test_the_example_has_one_point_to_review() -> None:
    assert set(review()) == {"review.blood_thinner"}


@pytest.mark.parametrize(
    ("key", "quiet", "raised"),
    [
        ("urgency", ("request.urgency", "urgent"), ("request.urgency", "emergency")),
        ("patient_agreed", ("referrer.patient_agreed", True), ("referrer.patient_agreed", False)),
        ("medication_overuse", ("last_30_days.triptan_days", 9), ("last_30_days.triptan_days", 10)),
        ("opioid_days", ("last_30_days.opioid_days", 0), ("last_30_days.opioid_days", 1)),
        ("sketch", ("pain.sketch_class", "typical"), ("pain.sketch_class", "atypical")),
        ("cervicogenic", ("diagnosis.working", "migraine"), ("diagnosis.working", "cervicogenic")),
        ("neck", ("exam.neck_range", "normal"), ("exam.neck_range", "reduced")),
        ("neuro_exam", ("exam.neuro_exam", "not_done"), ("exam.neuro_exam", "abnormal")),
        ("fundi", ("exam.fundi", "normal"), ("exam.fundi", "abnormal")),
        ("pregnancy", ("safety.pregnancy", "not_applicable"), ("safety.pregnancy", "possible")),
        ("anesthesia_problem", ("safety.anesthesia_problem", "no"), ("safety.anesthesia_problem", "yes")),
        ("blood_thinner", ("safety.blood_thinner", "no"), ("safety.blood_thinner", "yes")),
        (
            "prior_procedures",
            ("diagnosis.prior_procedures", ["neck_surgery"]),
            ("diagnosis.prior_procedures", ["stimulator"]),
        ),
        ("no_block", ("injections.0.side", "left"), ("injections", None)),
        ("block_not_valid.0", ("injections.0.pain_before", 1), ("injections.0.pain_before", 0)),
        (
            "coverage",
            ("coverage.0.authorization.status", "approved"),
            ("coverage.0.authorization.status", "unknown"),
        ),
        ("coverage", ("coverage", [{"kind": "self_pay"}]), ("coverage.1.authorization.status", "denied")),
        ("coverage", ("coverage.0.authorization.status", "not_needed"), ("coverage", None)),
        (
            "expectations",
            ("goals.expectations", "Secure at work again"),
            ("goals.expectations", "I want to be cured"),
        ),
        ("expectations", ("goals.patient_goal", "Curl my hair"), ("goals.patient_goal", "A cure at last")),
    ],
)
def test_raises_a_point_and_stays_quiet(key: str, quiet: tuple[str, Any], raised: tuple[str, Any]) -> None:
    assert f"review.{key}" not in review(quiet)
    assert f"review.{key}" in review(raised)


def test_under_18_only_the_warning_is_given_and_adult_rules_are_off() -> None:
    minor = ("patient.date_of_birth", "2008-11-24")
    named = ("patient.legal_representative", {"name": "Ann Example"})
    result = check(with_answers(minor, named, ("diagnosis.onset", "2015-01")), today=TODAY)
    assert result.ready, result.missing
    assert result.supports == ()
    assert [line.id for line in result.review] == ["review.under_18"]
    assert "The patient is 18" not in str(
        check(with_answers(("patient.date_of_birth", "2008-11-23")), today=TODAY)
    )


def test_mood_frequency_injury_and_payer_rank_nobody_down() -> None:
    plain = review()
    changes = (("scores.phq2", 6), ("scores.phq9", 27), ("last_30_days.headache_days", 30), ("coverage.0.kind", "auto"),
               ("coverage.0.injury_date", "2019-05-02"), ("patient.language", "vi"))  # fmt: skip
    assert review(*changes) == plain
