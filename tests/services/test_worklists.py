"""Lists of referrals: each way to a page gives what reading everything would give."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import ReferralState, StaffRole
from referral_app.database import Database
from referral_app.models.practice import Practice
from referral_app.models.referral import Referral, ReferralWord
from referral_app.services import referral_words, referrals, worklists
from referral_app.services.permissions import Actor
from referral_app.services.referral_queues import QUEUES
from referral_app.services.referral_records import Filter
from tests.acting import as_role
from tests.benchmarks import lists
from tests.services.conftest import Offices

SORTS = ("updated", "patient", "surgeon", "state", "urgency")
TEXTS = ("", "mar", "maria m", "nobody here", "-")
MANY = 120


@pytest.fixture
def listed(db: Database) -> Database:
    lists.fill(db, MANY)
    return db


@pytest.fixture(params=[(5_000, 50_000), (10, 20), (0, 1)], ids=["few", "some", "many"])
def bounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every way to a page: with these bounds even a short list counts as a long one."""
    monkeypatch.setattr(worklists, "FEW", request.param[0])
    monkeypatch.setattr(referral_words, "FREQUENT", request.param[1])


def _plainly(session: Session, wanted: Filter) -> set[str]:
    """Return what fits, found by reading everything."""
    words = wanted.text.replace("-", "").split()
    rows = session.scalars(select(Referral).where(*(QUEUES[wanted.queue][1] if wanted.queue else ())))
    return {row.id for row in rows if all(f" {word}" in row.folded for word in words)}


@pytest.mark.usefixtures("bounds")
@pytest.mark.parametrize("text", TEXTS)
def test_every_page_of_every_order_together_is_what_fits(listed: Database, text: str) -> None:
    with listed.read() as session:
        for queue, sort, descending in itertools.product(("", "sent"), SORTS, (True, False)):
            wanted = Filter(queue, text, sort=sort, descending=descending)
            pages = [worklists.find(session, wanted, 30, offset) for offset in range(0, MANY + 30, 30)]
            found = [row.id for page in pages for row in page]
            assert len(found) == len(set(found))
            assert set(found) == _plainly(session, wanted)
            assert worklists.count(session, wanted) == len(found)


@pytest.mark.usefixtures("bounds")
def test_rows_stand_in_the_order_that_was_asked(listed: Database) -> None:
    with listed.read() as session:
        for sort, value in (("patient", "patient"), ("updated", "updated"), ("surgeon", "surgeon")):
            for descending in (True, False):
                wanted = Filter(text="m", sort=sort, descending=descending)
                rows = [row for at in range(0, MANY, 50) for row in worklists.find(session, wanted, 50, at)]
                values = [getattr(row, value) for row in rows]
                assert values == sorted(values, reverse=descending)


@pytest.mark.usefixtures("bounds")
def test_another_practice_is_neither_listed_nor_counted(listed: Database) -> None:
    with listed.read() as session:
        practice = session.scalars(select(Practice)).first()
        assert practice is not None
        mine = {
            row.id for row in session.scalars(select(Referral).where(Referral.practice_id == practice.id))
        }
    from referral_app.choices import StaffRole

    roles = frozenset({StaffRole.OFFICE_STAFF})
    listed.act_as("", "", Actor("Ruth Ng", "ruth", roles=roles, practice_id=practice.id, own_office=False))
    with listed.read() as session:
        for text in ("", "m", "ma"):
            wanted = Filter(text=text)
            rows = [row for at in range(0, MANY, 50) for row in worklists.find(session, wanted, 50, at)]
            assert {row.id for row in rows} <= mine
            assert worklists.count(session, wanted) == len(rows)
        assert worklists.count(session, Filter()) == len(mine)
        every = session.scalars(select(Referral.id)).all()
        others = tuple(sorted(set(every) - mine)[:60])
        few = set(sorted(mine)[:3])
        assert others
        assert few
        named = (*others, *few)
        assert {row.id for row in worklists.find(session, Filter(ids=named))} == few
        assert worklists.count(session, Filter(ids=named)) == len(few)


def test_a_referral_is_found_by_the_words_it_has_now_and_no_others(db: Database) -> None:
    first = {"patient": {"family_name": "Quillfeather", "given_name": "Odd"}}
    with db.begin() as session:
        record = referrals.save(session, first)
        later = {"patient": {"family_name": "Brambleworth", "given_name": "Odd"}}
        record = referrals.save(session, later, referral_id=record.id, version=record.version)
    with db.read() as session:
        found = {text: worklists.count(session, Filter(text=text)) for text in ("quill", "bramb", "odd bra")}
        words = set(session.scalars(select(ReferralWord.word)))
    assert found == {"quill": 0, "bramb": 1, "odd bra": 1}
    assert words == {"brambleworth", "odd", record.reference.replace("-", "").lower()}
    assert record.state is ReferralState.DRAFT


def test_a_count_of_common_words_tells_nothing_of_other_practices(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referral_words, "FREQUENT", 1)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.read() as session:
        for words, number in (("southfield", 0), ("northfield", 1), ("invented", 1)):
            assert worklists.count(session, Filter(text=words)) == number
            assert len(worklists.find(session, Filter(text=words))) == number
