"""Whatever is entered and taken back in whatever order, the history gives nothing but listed transitions."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_app.choices import RequestAct as Act
from referral_app.choices import RequestStatus as Status
from referral_app.clinical import transitions
from referral_app.jobs import referral_history
from referral_app.services import requests
from referral_app.services.errors import InvalidInput
from referral_app.services.requests import Happened
from tests.services.conftest import Offices
from tests.services.test_requests import sent

TODAY = date.today()
LISTED = {(one.tid, one.act, one.before, one.after) for one in transitions.TABLE}


@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.sampled_from(Act), max_size=12))
def test_any_sequence_of_entries_walks_listed_transitions_only(acts: list[Act]) -> None:
    at = Status.SENT
    for act in acts:
        for step in transitions.path(at, act):
            assert (step.tid, step.act, step.before, step.after) in LISTED
            assert step.before is at
            at = step.after
    assert at not in transitions.OVER or transitions.acts(at) == ()


@pytest.mark.parametrize("seed", range(8))
def test_entries_and_undos_in_the_store_export_listed_transitions_only(offices: Offices, seed: int) -> None:
    name, chance = sent(offices), random.Random(seed)
    for _ in range(30):
        with suppress(InvalidInput), offices.db.begin() as session:
            standing = [one for one in requests.steps(session, name) if one.undone_at is None]
            if standing and chance.random() < 0.35:
                requests.undo(session, name, standing[-1].entry, "Wrong sheet")
            else:
                happened = Happened(chance.choice(list(Act)), TODAY, "Why", str(chance.random()))
                requests.enter(session, name, happened, number=1)
        _is_whole(offices, name)


def _is_whole(world: Offices, name: str) -> None:
    """The events lead from sending to where the request stands, each from where the one before ended."""
    at = str(Status.SENT)
    for one in referral_history.events(world.db, name):
        assert (one["tid"], one["act"], one["from"], one["to"]) in {
            (tid, str(act), str(before), str(after)) for tid, act, before, after in LISTED
        }
        assert one["from"] == at
        at = one["to"]
    with world.db.read() as session:
        found = requests.current(session, name)
    assert found is not None
    assert str(found.status) == at
