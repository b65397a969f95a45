"""Favorites, recent surgeons and saved searches: each person's own, in their order."""

from __future__ import annotations

import pytest

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services import matching, shortlists, surgeons
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.surgeon_records import Query
from tests.acting import as_role


def _ids(db: Database, number: int) -> list[str]:
    with db.read() as session:
        return [one.surgeon.id for one in matching.find(session, Query(sort="name"), limit=number)]


def test_a_favorite_is_kept_and_taken_away(filled: Database) -> None:
    first, second = _ids(filled, 2)
    with filled.begin() as session:
        shortlists.favorite(session, [first, second, first], True)
        shortlists.favorite(session, [first], True)
    with filled.begin() as session:
        assert shortlists.favorites(session) == {first, second}
        shortlists.favorite(session, [second], False)
        assert shortlists.favorites(session) == {first}


def test_recent_surgeons_stand_latest_first_and_twenty_are_kept(filled: Database) -> None:
    ids = _ids(filled, 40)
    for one in [*ids, ids[0]]:
        with filled.begin() as session:
            shortlists.opened(session, one)
    with filled.read() as session:
        found = [one.id for one in shortlists.recents(session)]
    expected = list(dict.fromkeys([ids[0], *reversed(ids)]))[: shortlists.RECENTS]
    assert found == expected


def test_an_archived_surgeon_leaves_the_recent_ones(filled: Database) -> None:
    first = _ids(filled, 1)[0]
    with filled.begin() as session:
        shortlists.opened(session, first)
        surgeons.archive(session, first)
        assert shortlists.recents(session) == []


def test_searches_are_kept_renamed_ordered_and_removed(filled: Database) -> None:
    with filled.begin() as session:
        near = shortlists.keep(session, " Near  us ", "zip:21287 within:50")
        medicare = shortlists.keep(session, "Medicare", "accepts:medicare")
    assert near.name == "Near us"
    with filled.begin() as session:
        shortlists.order(session, [medicare.id, near.id])
        shortlists.rename(session, near.id, "Close by")
    with filled.read() as session:
        assert [one.name for one in shortlists.searches(session)] == ["Medicare", "Close by"]
    with filled.begin() as session:
        shortlists.remove(session, medicare.id)
        assert [one.text for one in shortlists.searches(session)] == ["zip:21287 within:50"]


def test_a_search_of_the_same_name_takes_the_place_of_the_other(filled: Database) -> None:
    with filled.begin() as session:
        first = shortlists.keep(session, "Mine", "keen")
        second = shortlists.keep(session, "Mine", "okonkwo")
        assert first.id == second.id
        assert [one.text for one in shortlists.searches(session)] == ["okonkwo"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_is_empty_or_too_long_is_refused(filled: Database, name: str) -> None:
    with filled.begin() as session, pytest.raises(InvalidInput) as refused:
        shortlists.keep(session, name, "keen")
    assert "name" in refused.value.fields


def test_a_search_that_asks_nothing_is_refused(filled: Database) -> None:
    with filled.begin() as session, pytest.raises(InvalidInput):
        shortlists.keep(session, "Nothing", "  ")


def test_a_name_that_is_taken_is_refused(filled: Database) -> None:
    with filled.begin() as session:
        shortlists.keep(session, "Mine", "keen")
        other = shortlists.keep(session, "Other", "okonkwo")
        with pytest.raises(InvalidInput):
            shortlists.rename(session, other.id, "Mine")


def test_nobody_sees_or_changes_what_another_person_keeps(people_db: Database) -> None:
    first = _ids(people_db, 1)[0]
    as_role(people_db, StaffRole.SCHEDULER, name="Rosa Ortiz")
    with people_db.begin() as session:
        hers = shortlists.keep(session, "Hers", "keen")
        shortlists.favorite(session, [first], True)
        shortlists.opened(session, first)
    as_role(people_db, StaffRole.SCHEDULER, name="Lee Park")
    with people_db.begin() as session:
        assert not shortlists.favorites(session)
        assert not shortlists.recents(session)
        assert not shortlists.searches(session)
        for act in (shortlists.remove, lambda s, i: shortlists.rename(s, i, "Mine")):
            with pytest.raises(NotFound):
                act(session, hers.id)
