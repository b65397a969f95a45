"""What a row of the list says of a surgeon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from referral_app.services.index_entries import row_of
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.surgeons import row_text

TODAY = date(2026, 11, 28)
KEEN = SurgeonRecord("Ada", "Keen", next_visit_days=9)


def test_a_row_says_who_leaves_and_promises_no_visit_after_the_last_day() -> None:
    soon, later = date(2026, 11, 30), date(2026, 12, 20)
    assert row_text.next_wait(row_of(KEEN), TODAY) == "Next in 9 days"
    assert row_text.next_wait(row_of(replace(KEEN, last_day=soon)), TODAY) == "Leaves November 30"
    assert (
        row_text.next_wait(row_of(replace(KEEN, last_day=later)), TODAY)
        == "Next in 9 days · leaves December 20"
    )


def test_a_row_says_that_the_next_visit_falls_into_a_leave() -> None:
    away = replace(KEEN, away_from=date(2026, 12, 1), away_to=date(2026, 12, 31))
    assert row_text.next_wait(row_of(away), TODAY) == "Next visit during the leave"
