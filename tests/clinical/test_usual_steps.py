"""What usually comes next, by where a referral stands and by the day of its visit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from referral_app.choices import ReferralState, RequestStatus
from referral_app.clinical import usual_steps

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (4, "Tell the patient: visit on December 3, 2026"),
        (1, "Tell the patient: visit on November 30, 2026"),
        (0, "Ask how the visit went"),
        (-1, "Ask how the visit went"),
    ],
)
def test_before_its_day_the_patient_is_told_of_the_visit_and_then_it_is_asked_after(
    ahead: int, said: str
) -> None:
    day = TODAY + timedelta(ahead)
    booked = usual_steps.of(ReferralState.ANSWERED, RequestStatus.SCHEDULED, visit_on=day, today=TODAY)
    assert booked == said
