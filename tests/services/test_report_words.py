"""The figures of the reports in words."""

from __future__ import annotations

from referral_app.choices import RequestStatus
from referral_app.services import report_words
from referral_app.services.report_records import Counted, Span

NOTHING = Counted(1000, (Span(0),) * 9, (0,) * 6, {})


def rows(*reasons: tuple[RequestStatus, str, int]) -> list[tuple[str, ...]]:
    found = Counted(NOTHING.n, NOTHING.steps, NOTHING.reached, {}, reasons)
    return [one[:2] for one in report_words.completion(found)[-1].rows]


def test_a_reason_is_counted_under_its_choice_whatever_words_stand_beside_it() -> None:
    declined = RequestStatus.DECLINED
    assert rows(
        (declined, "Other: Moves to Maine", 3), (declined, "Plan not accepted: Only Blue plans", 2),
        (declined, "Plan not accepted", 7), (RequestStatus.CANCELED, "Plan not accepted yet", 1),
        (RequestStatus.CANCELED, "", 1), (RequestStatus.CANCEL_ASKED, "Another surgeon is asked: Keen, Orla", 1),
    ) == [
        ("Declined: Plan not accepted", "9"), ("Declined: Other", "3"), ("Canceled: No reason entered", "1"),
        ("Canceled: Plan not accepted yet", "1"), ("Cancellation asked for: Another surgeon is asked", "1"),
    ]  # fmt: skip


def test_reasons_that_are_worded_anew_each_time_fill_no_thousand_pages() -> None:
    found = rows(*((RequestStatus.CANCELED, f"Reason {number}", 1) for number in range(20_000)))
    assert len(found) == 101
    assert found[-1] == ("19,900 other reasons", "19,900")
