"""The rules of worklists: when a step is due, on both sides of weekends and holidays, and who changes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import StaffRole, Step
from referral_app.services import worklist_rules
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.worklist_rules import USUAL, Rule
from tests.acting import as_role
from tests.services.conftest import Offices

FRIDAY = date(2026, 7, 2)
"""The Thursday before a weekend whose Friday is kept as Independence Day."""


def test_every_step_has_a_rule_of_the_program() -> None:
    assert USUAL.keys() == set(Step)
    assert [USUAL[step].words for step in (Step.NO_RECEIPT, Step.NO_VISIT, Step.DRAFT, Step.FOLLOW_UP)] == [
        "3 business days, urgent 1", "14 days, urgent 3", "7 days, urgent 2", "0 days",
    ]  # fmt: skip


def test_business_days_leave_out_the_weekend_and_the_holiday() -> None:
    rule = USUAL[Step.NO_RECEIPT]
    assert rule.due(FRIDAY) == date(2026, 7, 8)  # Friday is kept as a holiday: Monday, Tuesday, Wednesday
    assert rule.due(FRIDAY, urgent=True) == date(2026, 7, 6)
    assert rule.due(date(2026, 7, 5)) == date(2026, 7, 8)  # what is sent on the Sunday waits from Monday on
    assert rule.due(date(2026, 7, 5), urgent=True) == date(2026, 7, 6)
    assert rule.cutoff(date(2026, 7, 8)) == date(2026, 7, 5)
    assert rule.cutoff(date(2026, 7, 7)) < FRIDAY


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(-40, 40), st.sampled_from(list(USUAL)), st.booleans()
)  # fmt: skip
def test_what_is_due_is_what_lies_before_the_cutoff(today: date, back: int, step: Step, urgent: bool) -> None:
    since = today - timedelta(back)
    rule = USUAL[step]
    assert (rule.due(since, urgent) <= today) == (since <= rule.cutoff(today, urgent))


def test_an_administrator_changes_a_rule_and_the_audit_says_so(offices: Offices) -> None:
    with offices.db.begin() as session:
        worklist_rules.save(session, [replace(USUAL[Step.NO_VISIT], days=21), USUAL[Step.DRAFT]])
    with offices.db.read() as session:
        assert worklist_rules.find(session)[Step.NO_VISIT].days == 21
        assert list(worklist_rules.find(session)) == list(USUAL)
        events = [one["details"] for one in session.info.get("events", [])]
    assert events == []
    with offices.db.begin() as session:
        worklist_rules.save(session, [USUAL[Step.NO_VISIT]])
        assert [one["details"] for one in session.info["events"]] == [
            {"now": {"no_visit": "14 days, urgent 3"}}
        ]
        worklist_rules.save(session, [USUAL[Step.NO_VISIT]])
        assert len(session.info["events"]) == 1


@pytest.mark.parametrize(
    ("days", "urgent", "field"),
    [(-1, 0, "days"), (366, 0, "days"), (3, 4, "urgent_days"), (3, -1, "urgent_days")],
)
def test_days_that_cannot_be_are_refused(offices: Offices, days: int, urgent: int, field: str) -> None:
    with pytest.raises(InvalidInput) as refused, offices.db.begin() as session:
        worklist_rules.save(session, [Rule(Step.DRAFT, days, urgent)])
    assert set(refused.value.fields) == {f"draft.{field}"}


def test_nobody_else_changes_a_rule(offices: Offices) -> None:
    as_role(offices.db, StaffRole.SCHEDULER)
    with pytest.raises(Denied), offices.db.begin() as session:
        worklist_rules.save(session, [replace(USUAL[Step.DRAFT], days=1)])
