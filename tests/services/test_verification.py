"""How fresh entries are: what is verified, when it is due again, and the worklist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from referral_app.choices import DirectoryAct
from referral_app.database import Database
from referral_app.models.surgeon import Surgeon
from referral_app.services import directory_history, surgeons, verification
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord

TODAY = date.today()


def keen(db: Database) -> SurgeonRecord:
    with db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def set_verified(db: Database, on: date | None, faxes: date | None = TODAY) -> None:
    """Let every entry and fax of the directory have been verified on these days."""
    with db.begin() as session:
        ids = session.scalars(select(Surgeon.id)).all()
        for one in [surgeons.get(session, key) for key in ids]:
            places = tuple(replace(p, fax_verified_on=faxes if p.fax else None) for p in one.placements)
            surgeons.save(session, replace(one, verified_on=on, placements=places))


def due(db: Database, **asked: int) -> list[verification.Due]:
    with db.read() as session:
        found = verification.stale(session, **asked)
        assert verification.count(session) == len(verification.stale(session, limit=1000))
    return found


def test_an_entry_and_each_fax_are_verified_apart(filled: Database) -> None:
    set_verified(filled, None, None)
    before = keen(filled)
    second = before.placements[1]
    with filled.begin() as session:
        after = verification.verify(
            session, before.id, by="Front desk", how="Phone", on=TODAY, entry=False,
            faxes={second.location.id: "0113"}, version=before.version,
        )  # fmt: skip
    assert after.verified_on is None
    assert [place.fax_verified_on for place in after.placements] == [None, TODAY]
    assert after.placements[1].fax_verified_by == "Front desk"
    with filled.begin() as session:
        whole = verification.verify(session, before.id, by="", how="Website", on=TODAY)
    assert (whole.verified_on, whole.verified_how) == (TODAY, "Website")
    assert whole.placements[0].fax_verified_on is None
    with filled.read() as session:
        assert directory_history.of(session, before.id)[0].act is DirectoryAct.VERIFIED


def test_waits_and_plans_that_were_confirmed_are_of_that_day_and_never_go_back(filled: Database) -> None:
    with filled.begin() as session:
        early, late = TODAY - timedelta(30), TODAY - timedelta(1)
        first, second = keen(filled).plans[:2]
        told = {
            "next_visit_days": 9,
            "waits_claimed_on": early,
            "plans_verified": ((first, early), (second, TODAY)),
        }
        before = surgeons.save(session, replace(keen(filled), **told))
        asked = {"by": "Maria", "how": "Phone", "on": late}
        unasked = verification.verify(session, before.id, **asked)
        assert (unasked.waits_claimed_on, unasked.plans_verified) == (early, before.plans_verified)
        after = verification.verify(session, before.id, **asked, waits=True, plans=True)
    days = dict(after.plans_verified)
    assert (after.waits_claimed_on, days.pop(second)) == (late, TODAY)
    assert set(days.values()) == {late}
    assert {*days, second} == set(after.plans)


def test_a_wait_that_is_not_on_file_gets_no_day(filled: Database) -> None:
    with filled.begin() as session:
        none = {"next_visit_days": None, "next_surgery_days": None, "waits_claimed_on": None}
        before = surgeons.save(session, replace(keen(filled), **none))
        after = verification.verify(session, before.id, by="Maria", how="Phone", on=TODAY, waits=True)
    assert after.waits_claimed_on is None


def test_the_last_four_digits_must_be_those_of_the_fax_on_file(filled: Database) -> None:
    place = keen(filled).placements[0].location.id
    for typed in ("", "9999", "01033"):
        with filled.begin() as session, pytest.raises(InvalidInput) as refused:
            verification.verify(session, keen(filled).id, by="x", how="Phone", on=TODAY, faxes={place: typed})
        assert set(refused.value.fields) == {f"fax.{place}"}
        name = keen(filled).placements[0].location.name
        assert refused.value.fields[f"fax.{place}"].startswith(f"Fax at {name}: ")


def test_what_is_missing_is_said_field_by_field(filled: Database) -> None:
    with filled.begin() as session, pytest.raises(InvalidInput) as refused:
        verification.verify(
            session, keen(filled).id, by=" ", how="", on=TODAY + timedelta(1), entry=False, faxes={}
        )
    assert set(refused.value.fields) == {"by", "how", "on", "what"}


def test_an_entry_that_changed_since_it_was_read_to_the_office_is_not_verified(filled: Database) -> None:
    seen = keen(filled)
    with filled.begin() as session:
        surgeons.save(session, replace(seen, notes="new"))
    with filled.begin() as session, pytest.raises(Conflict):
        verification.verify(session, seen.id, by="x", how="Phone", on=TODAY, version=seen.version)


def test_entries_are_due_at_90_days_and_not_at_89(filled: Database) -> None:
    set_verified(filled, TODAY - timedelta(89))
    assert due(filled) == []
    set_verified(filled, TODAY - timedelta(90))
    assert len(due(filled)) == 13


def test_a_fax_that_is_due_brings_its_entry_to_the_worklist(filled: Database) -> None:
    set_verified(filled, TODAY)
    places = keen(filled).placements
    with filled.begin() as session:
        old = replace(places[1], fax_verified_on=TODAY - timedelta(90))
        surgeons.save(session, replace(keen(filled), placements=(places[0], old)))
    (one,) = due(filled)
    assert one.id == keen(filled).id
    assert one.faxes == ("(410) 555-0113",)


def test_the_fax_of_a_place_counts_where_the_surgeon_has_none_of_their_own(filled: Database) -> None:
    set_verified(filled, TODAY)
    place = keen(filled).placements[0]
    with filled.begin() as session:
        surgeons.location(session, replace(place.location, fax="410-555-0188"))
        bare = replace(place, fax="", fax_verified_on=None)
        surgeons.save(session, replace(keen(filled), placements=(bare,)))
    assert [one.faxes for one in due(filled) if one.id == keen(filled).id] == [("(410) 555-0188",)]


def test_the_oldest_come_first_and_pages_are_parts_of_the_whole(filled: Database) -> None:
    set_verified(filled, TODAY - timedelta(100))
    with filled.begin() as session:
        surgeons.save(session, replace(keen(filled), verified_on=None))
    whole = due(filled)
    assert whole[0].id == keen(filled).id
    assert [one.sort_name for one in whole[1:]] == sorted(one.sort_name for one in whole[1:])
    assert [*due(filled, limit=5), *due(filled, limit=50, offset=5)] == whole


def test_what_is_out_of_the_directory_is_not_asked_about(filled: Database) -> None:
    set_verified(filled, None)
    with filled.begin() as session:
        surgeons.archive(session, keen(filled).id)
    assert keen(filled).id not in {one.id for one in due(filled)}


def test_a_warning_is_given_from_90_days() -> None:
    assert verification.warning(TODAY - timedelta(89)) == ""
    assert "90 days ago" in verification.warning(TODAY - timedelta(90))
    assert verification.warning(None).startswith("Never verified")


def test_the_next_check_is_due_by_the_oldest_of_entry_and_faxes(filled: Database) -> None:
    set_verified(filled, TODAY, TODAY - timedelta(10))
    assert verification.due_on(keen(filled)) == TODAY + timedelta(80)
    set_verified(filled, TODAY, None)
    assert verification.due_on(keen(filled)) is None
