"""One word for where a referral stands: what really happened, whatever list says it."""

from __future__ import annotations

import pytest

from referral_app.choices import BounceReason, Readiness, ReferralState, RequestStatus
from referral_app.clinical import standings
from referral_app.clinical.standings import Standing

SENT, ANSWERED = ReferralState.SENT, ReferralState.ANSWERED


def word(state: ReferralState, standing: Standing | None = None) -> str:
    return standings.of(state, Readiness.READY, standing)


@pytest.mark.parametrize("status", list(RequestStatus))
def test_each_status_of_a_request_has_a_word_of_its_own(status: RequestStatus) -> None:
    assert word(ANSWERED, Standing(status)) == status.label
    assert len({one.label for one in RequestStatus}) == len(RequestStatus)


def test_what_somebody_waits_for_comes_before_the_status_until_the_end() -> None:
    assert word(SENT, Standing(RequestStatus.RECEIVED, information_owed=True)) == "Information asked for"
    assert word(ANSWERED, Standing(RequestStatus.DECLINED, information_owed=True)) == "Declined"
    assert word(ANSWERED, Standing(RequestStatus.ACCEPTED, True, on_hold=True)) == "On hold"


def test_what_did_not_arrive_says_why_until_something_came_of_it() -> None:
    busy = Standing(RequestStatus.SENT, undelivered=BounceReason.BUSY)
    assert word(SENT, busy) == "Not delivered: line busy"
    assert word(SENT, Standing(RequestStatus.SENT)) == "Sent, not acknowledged"
    assert word(ANSWERED, Standing(RequestStatus.ACCEPTED, undelivered=BounceReason.BUSY)) == "Accepted"


def test_a_correction_that_is_not_sent_and_what_is_over_say_so_themselves() -> None:
    booked = Standing(RequestStatus.SCHEDULED)
    assert word(ReferralState.SIGNED, booked) == "Signed, not sent"
    assert word(ReferralState.DRAFT, booked) == "Ready to sign"
    assert word(ReferralState.CLOSED, Standing(RequestStatus.COMPLETED)) == "Closed"
    assert word(ReferralState.CANCELED) == "Canceled"
