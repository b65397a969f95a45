"""Our office: entered once, with letterheads that keep their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from referral_app.database import Database
from referral_app.services import practices
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.practices import Letterhead, PracticeRecord, ProviderRecord


def test_the_office_fills_in_the_referrer(filled: Database) -> None:
    with filled.read() as session:
        office = practices.ours(session)
    assert office is not None
    group = practices.referrer(office, office.providers[0])
    assert group["npi"] == office.providers[0].npi
    assert group["callback_person"] == "Bettina Frontdesk"
    assert practices.referrer(None, None) == {}


def test_a_new_letterhead_counts_from_its_date(filled: Database) -> None:
    with filled.begin() as session:
        office = practices.ours(session)
        assert office is not None
        practices.save(
            session, replace(office, letterhead=Letterhead("New head", ("Line",), date(2026, 6, 1)))
        )
    with filled.read() as session:
        before, after = practices.ours(session, date(2026, 5, 31)), practices.ours(session, date(2026, 6, 1))
    assert before is not None
    assert before.letterhead is not None
    assert before.letterhead.heading.startswith("Canton")
    assert after is not None
    assert after.letterhead == Letterhead("New head", ("Line",), date(2026, 6, 1))


def test_a_provider_left_out_is_no_longer_offered(filled: Database) -> None:
    with filled.begin() as session:
        office = practices.ours(session)
        assert office is not None
        saved = practices.save(session, replace(office, providers=office.providers[:1]))
    assert [item.id for item in saved.providers] == [office.providers[0].id]


def test_a_bad_office_is_refused_field_by_field(db: Database) -> None:
    bad = PracticeRecord(phone="12", providers=(ProviderRecord("A", "", npi="1"),))
    with db.begin() as session, pytest.raises(InvalidInput) as refusal:
        practices.save(session, bad)
    assert set(refusal.value.fields) == {"name", "phone", "providers[0].family_name", "providers[0].npi"}


def test_two_people_changing_the_office_are_told(filled: Database) -> None:
    with filled.begin() as session:
        office = practices.ours(session)
        assert office is not None
        practices.save(session, replace(office, email="a@example.org"))
    with filled.begin() as session, pytest.raises(Conflict):
        practices.save(session, replace(office, email="b@example.org"))


def test_logo_and_room_of_a_letterhead_are_kept_and_one_that_comes_is_told(filled: Database) -> None:
    logo = b"\x89PNG logo"
    coming = Letterhead("New head", (), date(2096, 6, 1), 1.5, logo)
    with filled.begin() as session:
        office = practices.ours(session)
        assert office is not None
        saved = practices.save(session, replace(office, letterhead=coming))
    assert saved.coming == (coming,)
    assert saved.letterhead == office.letterhead
    with filled.read() as session:
        later = practices.ours(session, date(2096, 6, 1))
    assert later is not None
    assert (later.letterhead, later.coming) == (coming, ())


@pytest.mark.parametrize("inches", [0.74, 5.01, -1])
def test_an_impossible_room_is_refused(filled: Database, inches: float) -> None:
    head = Letterhead("Head", preprinted_inches=inches)
    with filled.begin() as session, pytest.raises(InvalidInput, match=r"from 0\.75 to 5"):
        practices.save(session, PracticeRecord("Oak Lane", letterhead=head))


def test_a_logo_that_was_not_read_as_a_picture_is_refused(filled: Database) -> None:
    for logo in (b"<svg>", b"\x89PNG" + b"\0" * 1_000_001):
        with filled.begin() as session, pytest.raises(InvalidInput, match="Choose the logo again"):
            practices.save(session, PracticeRecord("Oak Lane", letterhead=Letterhead("Head", logo=logo)))
