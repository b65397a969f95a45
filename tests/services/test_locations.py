"""Locations that surgeons share: found, changed for all of them, and never over somebody's head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from referral_app.database import Database
from referral_app.services import directory_history, locations, matching, surgeons
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.surgeon_records import LocationRecord, Query


def _harbor(db: Database) -> LocationRecord:
    with db.read() as session:
        return surgeons.by_npi(session, "9000000015").placements[0].location


def test_a_location_is_found_by_words_of_name_town_and_zip(filled: Database) -> None:
    with filled.read() as session:
        assert [one.city for one in locations.find(session, "21231", 5)] == ["Baltimore"]
        assert [one.city for one in locations.find(session, "towson hilltop", 5)] == ["Towson"]
        assert locations.find(session, "100% sure", 5) == []
        assert len(locations.find(session, "clinic", 1)) == 1


def test_who_shares_a_location_is_named(filled: Database) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
        names = locations.used_by(session, keen.placements[0].location.id, keen.id)
    assert names == ["Winston Abara, MD", "Tomás Villareal, MD, PhD"]


def test_a_change_counts_for_every_surgeon_there_and_stands_in_their_histories(filled: Database) -> None:
    before = _harbor(filled)
    with filled.begin() as session:
        locations.change(session, before, replace(before, city="Annapolis", zip="21401", parking="None"))
    with filled.read() as session:
        for npi in ("9000000015", "9000000023", "9000000080"):
            one = surgeons.by_npi(session, npi)
            assert one.placements[0].location.city == "Annapolis"
            assert directory_history.of(session, one.id)[0].changed == ["placements"]
        found = {item.surgeon.family_name for item in matching.find(session, Query(text="annapolis"))}
    assert found == {"Keen", "Villareal", "Abara"}


def test_what_others_changed_meanwhile_stays(filled: Database) -> None:
    before = _harbor(filled)
    with filled.begin() as session:
        locations.change(session, before, replace(before, hours="Mon to Thu"))
        after = locations.change(session, before, replace(before, parking="None"))
    assert (after.hours, after.parking) == ("Mon to Thu", "None")


def test_the_same_answer_changed_by_two_people_is_told(filled: Database) -> None:
    before = _harbor(filled)
    with filled.begin() as session:
        locations.change(session, before, replace(before, hours="Mon to Thu"))
        with pytest.raises(Conflict, match="Someone else changed this location"):
            locations.change(session, before, replace(before, hours="Fri"))


def test_a_wrong_location_is_refused_by_field(filled: Database) -> None:
    before = _harbor(filled)
    with filled.begin() as session, pytest.raises(InvalidInput) as refusal:
        locations.change(session, before, replace(before, state="ZZ", zip="00000", fax=before.phone))
    assert set(refusal.value.fields) == {"state", "zip", "fax"}
    with filled.begin() as session, pytest.raises(InvalidInput):
        locations.save(session, LocationRecord(name="X", phone="1234"))


def test_a_location_that_is_gone_is_told(filled: Database) -> None:
    gone = LocationRecord(id="00000000-0000-4000-8000-000000000000", name="X")
    with filled.begin() as session, pytest.raises(NotFound):
        locations.change(session, gone, replace(gone, name="Y"))


def test_a_new_fax_of_a_location_was_verified_for_nobody_there(filled: Database) -> None:
    harbor = _harbor(filled)
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        place = replace(keen.placements[0], location=harbor, fax="", fax_verified_on=date.today())
        was = surgeons.save(session, replace(keen, placements=(place,)))
    with filled.begin() as session:
        locations.change(session, harbor, replace(harbor, fax="410-555-0166"))
        now = surgeons.get(session, keen.id)
    assert was.placements[0].fax_verified_on
    assert now.placements[0].fax_verified_on is None
    assert now.version > was.version, "a dialog that is open for this entry would bring it back"


@pytest.mark.parametrize(("by", "kept"), [("Noor", ""), ("Ann", "Ann")])
def test_an_entry_that_is_saved_with_its_location_says_itself_who_verified_the_new_fax(
    filled: Database, by: str, kept: str
) -> None:
    harbor = _harbor(filled)
    after = replace(harbor, fax="410-555-0166")
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        place = replace(
            keen.placements[0], location=harbor, fax="", fax_verified_on=date.today(), fax_verified_by="Noor"
        )
        was = surgeons.save(session, replace(keen, placements=(place,)))
    with filled.begin() as session:
        place = replace(place, location=after, fax_verified_by=by)
        saved = surgeons.save(session, replace(was, placements=(place,)))
        locations.change(session, harbor, after, saved=saved.id)
        now = surgeons.get(session, keen.id).placements[0]
    assert (now.location.fax, now.fax_verified_by) == ("410-555-0166", kept)


def test_a_state_is_stored_in_capitals(filled: Database) -> None:
    with filled.begin() as session:
        made = locations.save(session, LocationRecord(name="Small", city="Towson", state="md", zip="21204"))
        assert made.state == "MD"
        assert locations.change(session, made, replace(made, state="va")).state == "VA"
