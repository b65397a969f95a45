"""Worklists of a store that has none yet, or wrong ones, are made when it is opened or checked."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from referral_app.database import Database
from referral_app.jobs import upkeep, waiting
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.services import waiting_making


def test_worklists_are_made_where_there_are_none_and_left_where_there_are(filled: Database) -> None:
    with filled.begin() as session:
        session.execute(delete(Waiting))
        session.execute(delete(WaitingCount))
    told: list[tuple[int, int]] = []
    waiting.ensure(filled, lambda done, of: told.append((done, of)))
    waiting.ensure(filled, lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]
    with filled.read() as session:
        assert session.scalar(select(func.count()).select_from(Waiting)) == 1
        assert waiting_making.holds(session)


def test_a_check_mends_counts_that_are_not_those_of_the_rows(filled: Database) -> None:
    assert not [one for one in upkeep.check(filled) if "worklists" in one]
    with filled.begin() as session:
        session.execute(update(WaitingCount).values(number=9))
    assert [one for one in upkeep.check(filled) if "made anew" in one]
    assert not [one for one in upkeep.check(filled) if "worklists" in one]
