"""A request moves as the harmonized table of BSeR and 360X says: all 34 transitions, and no other pair."""

from __future__ import annotations

import itertools

import pytest

from referral_app.choices import RequestAct as Act
from referral_app.choices import RequestStatus as Status
from referral_app.clinical import transitions

LISTED = """
01 requested receive 2.0 | 02 2.0 accept 3.0 | 03 2.0 decline 4.0 | 04 2.0 ask_cancel 5.2 | 05 3.0 decline 4.0
06 3.0 schedule 5.1.1 | 07 3.0 ask_cancel 5.2 | 08 3.0 interim_note 5.1.4 | 09 3.0 outcome 7.0
10 5.1.1 decline 4.0 | 11 5.1.1 schedule 5.1.1 | 12 5.1.1 no_show 5.1.2 | 13 5.1.1 cancel_visit 5.1.3
14 5.1.1 ask_cancel 5.2 | 15 5.1.1 interim_note 5.1.4 | 16 5.1.1 outcome 7.0 | 17 5.1.2 decline 4.0
18 5.1.2 schedule 5.1.1 | 19 5.1.2 cancel_visit 5.1.3 | 20 5.1.2 ask_cancel 5.2 | 21 5.1.3 schedule 5.1.1
22 5.1.3 ask_cancel 5.2 | 23 5.2 confirm_cancel 6.0 | 24 5.2 outcome 7.0 | 25 5.1.4 decline 4.0
26 5.1.4 schedule 5.1.1 | 27 5.1.4 cancel_visit 5.1.3 | 28 5.1.4 ask_cancel 5.2 | 29 5.1.4 interim_note 5.1.4
30 5.1.4 outcome 7.0 | 31 3.0 activate 5.1 | 32 5.1 activate 5.1 | 33 5.1 decline 4.0 | 34 5.1 ask_cancel 5.2
"""
"""The table once more, typed from the reference by hand: number, from, what, to."""
ROWS = [tuple(one.split()) for line in LISTED.strip().splitlines() for one in line.split("|")]
PAIRS = {(Status(before), Act(act)) for _, before, act, _ in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_of_the_34_transitions_is_there(row: tuple[str, str, str, str]) -> None:
    tid, before, act, after = row
    found = transitions.find(Status(before), Act(act))
    assert found is not None
    assert (found.tid, found.after) == (tid, Status(after))


def test_there_are_34_and_each_number_once() -> None:
    assert sorted(one.tid for one in transitions.TABLE) == [f"{number:02}" for number in range(1, 35)]


@pytest.mark.parametrize(("before", "act"), sorted(set(itertools.product(Status, Act)) - PAIRS))
def test_every_pair_that_is_not_listed_is_refused(before: Status, act: Act) -> None:
    assert transitions.find(before, act) is None


@pytest.mark.parametrize(("before", "act"), list(itertools.product(sorted(transitions.OVER), Act)))
def test_nothing_leads_out_of_an_end_not_even_by_skipped_steps(before: Status, act: Act) -> None:
    assert transitions.path(before, act) == ()


@pytest.mark.parametrize(
    ("before", "act", "tids"),
    [
        (Status.SENT, Act.ACCEPT, ["01", "02"]),
        (Status.SENT, Act.SCHEDULE, ["01", "02", "06"]),
        (Status.SENT, Act.OUTCOME, ["01", "02", "09"]),
        (Status.SENT, Act.NO_SHOW, ["01", "02", "06", "12"]),
        (Status.RECEIVED, Act.DECLINE, ["03"]),
        (Status.UNATTENDED, Act.OUTCOME, ["18", "16"]),
        (Status.VISIT_CANCELED, Act.INTERIM_NOTE, ["21", "15"]),
        (Status.ACCEPTED, Act.CONFIRM_CANCEL, []),
        (Status.CANCEL_ASKED, Act.SCHEDULE, []),
    ],
)
def test_skipped_steps_are_the_shortest_way_and_never_a_refusal(
    before: Status, act: Act, tids: list[str]
) -> None:
    assert [one.tid for one in transitions.path(before, act)] == tids


@pytest.mark.parametrize(("before", "act"), list(itertools.product(Status, Act)))
def test_every_way_follows_the_table_step_by_step(before: Status, act: Act) -> None:
    at = before
    for step in transitions.path(before, act):
        assert step in transitions.TABLE
        assert step.before is at
        at = step.after
