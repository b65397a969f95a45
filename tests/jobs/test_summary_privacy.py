"""What a summary for the chart says of private answers: nothing, unless they are ticked for the letter."""

from __future__ import annotations

import pytest

from referral_app.database import Database
from referral_app.jobs import chart_summary
from referral_app.services import referrals
from tests.services.conftest import complete

SAID = {
    "scores.phq2": "PHQ-2 is 6",
    "scores.phq9": "PHQ-9 is 25",
    "last_30_days.opioid_days": "Opioids on 20 of 30 days",
    "safety.pregnancy": "Pregnancy is recorded",
}


@pytest.mark.parametrize("ticked", ["", *SAID])
def test_the_check_tells_no_private_answer_that_is_not_ticked(filled: Database, ticked: str) -> None:
    intake = complete("Quintero")
    intake["scores"] |= {"phq2": 6, "phq9": 25}
    intake["last_30_days"]["opioid_days"] = 20
    intake["safety"]["pregnancy"] = "yes"
    marks = frozenset({ticked} - {""})
    with filled.begin() as session:
        saved = referrals.save(session, intake, marks=marks)
    said = chart_summary.of_referral(filled, saved.reference)
    assert {path for path, words in SAID.items() if words in said} == marks
    assert chart_summary.PRIVATE in said
