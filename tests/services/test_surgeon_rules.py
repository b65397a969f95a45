"""What an entry must be before it is stored: each fault said at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import Accepting
from referral_app.database import Database
from referral_app.services import surgeon_rules, surgeons
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Handout,
    LocationRecord,
    Placement,
    SurgeonRecord,
)

TODAY = date.today()
TOMORROW = TODAY + timedelta(days=1)
WHOLE = SurgeonRecord("Ada", "Keen")
TOWSON = LocationRecord(name="Hill", city="Towson", state="MD", zip="21204")


def wrong(db: Database, entry: SurgeonRecord) -> set[str]:
    with db.read() as session:
        return set(surgeon_rules.problems(session, entry))


def test_the_invented_directory_is_right_as_it_is(filled: Database) -> None:
    with filled.read() as session:
        for npi in ("9000000015", "9000000072", "9000000114", "9000000130"):
            assert surgeon_rules.problems(session, surgeons.by_npi(session, npi)) == {}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"npi": "9000000016"}, "npi"),
        ({"npi": "90000"}, "npi"),
        ({"age_min": 19, "age_max": 18}, "age_max"),
        ({"accepting": Accepting.NO, "accepting_from": TODAY}, "accepting_from"),
        ({"verified_on": TOMORROW}, "verified_on"),
        ({"waits_claimed_on": TOMORROW}, "waits_claimed_on"),
        ({"plans": ("Gold",), "plans_verified": (("Gold", TOMORROW),)}, "plans_verified[Gold]"),
        ({"away_to": TODAY}, "away_from"),
        ({"away_from": TODAY, "away_to": TODAY - timedelta(days=1)}, "away_to"),
        ({"email": "desk"}, "email"),
        ({"credentials": (Credential("license", "", "MD"),)}, "credentials[0].title"),
        ({"credentials": (Credential("license", "D1", "ZZ"),)}, "credentials[0].issuer"),
        ({"credentials": (Credential("fellowship", "Hand", "", TODAY.year + 1),)}, "credentials[0].year"),
        ({"credentials": (Credential("fellowship", "Hand", "", 1939),)}, "credentials[0].year"),
        ({"credentials": (Credential("fellowship", "Hand", "", 2010, 2009),)}, "credentials[0].until"),
        ({"experience": (Experience("revision", 2010),)}, "experience[revision].note"),
        ({"experience": (Experience("revision", 1900),)}, "experience[revision].since_year"),
        ({"experience": (Experience("revision", None, 5001),)}, "experience[revision].per_year"),
        ({"handouts": (Handout(" "),)}, "handouts[0].title"),
        ({"handouts": (Handout("Before", "xx"),)}, "handouts[0].language"),
    ],
)
def test_a_fault_is_said_at_its_field(db: Database, changes: dict[str, object], path: str) -> None:
    assert path in wrong(db, replace(WHOLE, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"npi": "9000000015", "verified_on": TODAY, "accepting_from": TOMORROW},
        {"away_from": TODAY, "away_to": TODAY, "last_day": TODAY, "email": "desk@example.org"},
        {"credentials": (Credential("license", "D1", "MD", TODAY.year, TODAY.year),)},
        {"credentials": (Credential("board certification", "Neurology"),), "handouts": (Handout("Before"),)},
    ],
)
def test_what_is_right_passes(db: Database, changes: dict[str, object]) -> None:
    assert wrong(db, replace(WHOLE, **changes)) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (Placement(replace(TOWSON, state="ZZ")), "state"),
        (Placement(replace(TOWSON, zip="00000")), "zip"),
        (Placement(replace(TOWSON, zip="2120")), "zip"),
        (Placement(replace(TOWSON, website="here")), "website"),
        (Placement(TOWSON, phone="1234"), "phone"),
        (Placement(TOWSON, fax="1234"), "fax"),
        (Placement(TOWSON, phone="410-555-0102", fax="(410) 555 0102"), "fax"),
        (Placement(replace(TOWSON, phone="410-555-0102"), fax="410-555-0102"), "fax"),
        (Placement(replace(TOWSON, phone="410-555-0102", fax="4105550102")), "fax"),
        (Placement(TOWSON, fax_verified_on=TODAY), "fax"),
        (Placement(TOWSON, fax="410-555-0103", fax_verified_on=TOMORROW), "fax_verified_on"),
    ],
)
def test_a_fault_of_a_place_is_said_there(db: Database, place: Placement, path: str) -> None:
    entry = replace(WHOLE, placements=(Placement(TOWSON, "410-555-0100", "410-555-0101"), place))
    assert wrong(db, entry) == {f"placements[1].{path}"}


def test_a_phone_with_an_extension_is_another_number_than_the_fax_only_by_its_digits(db: Database) -> None:
    same = Placement(TOWSON, phone="410-555-0102 ext. 12", fax="410-555-0102")
    assert wrong(db, replace(WHOLE, placements=(same,))) == {"placements[0].fax"}


def test_a_location_is_there_once(filled: Database) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    twice = replace(keen, placements=(keen.placements[0], *keen.placements))
    assert {"placements[0].location", "placements[1].location"} <= wrong(filled, twice)


def test_what_is_stored_of_a_location_does_not_stop_the_next_save(filled: Database) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    first = keen.placements[0]
    entry = replace(keen, placements=(replace(first, location=replace(first.location, zip="00000")),))
    assert wrong(filled, entry) == set()


def test_a_successor_is_somebody_else_who_is_here_and_no_circle(filled: Database) -> None:
    with filled.begin() as session:
        keen, marin, leaver = (
            surgeons.by_npi(session, npi) for npi in ("9000000015", "9000000098", "9000000072")
        )
        surgeons.archive(session, keen.id)
    assert leaver.successor_id == marin.id
    gone = replace(WHOLE, last_day=TODAY, successor_id=keen.id)
    assert wrong(filled, gone) == {"successor_id"}
    assert wrong(filled, replace(gone, successor_id="0" * 32)) == {"successor_id"}
    assert wrong(filled, replace(marin, last_day=TODAY, successor_id=marin.id)) == {"successor_id"}
    assert wrong(filled, replace(marin, last_day=TODAY, successor_id=leaver.id)) == {"successor_id"}
    assert wrong(filled, replace(WHOLE, successor_id=marin.id)) == {"last_day"}
    assert wrong(filled, replace(WHOLE, last_day=TODAY, successor_id=marin.id)) == set()


def test_an_entry_whose_successor_left_later_can_be_saved_for_other_reasons(filled: Database) -> None:
    with filled.begin() as session:
        leaver = surgeons.by_npi(session, "9000000072")
        surgeons.archive(session, leaver.successor_id or "")
        assert surgeons.save(session, replace(leaver, notes="Asked again")).notes == "Asked again"


def test_what_is_wrong_with_a_number_names_it_and_its_location() -> None:
    places = (Placement(TOWSON, phone="410-555-0142", fax="0113"), Placement(LocationRecord(), phone="555"))
    said = surgeon_rules.problems_alone(replace(WHOLE, placements=places))
    number = "number with its area code, such as 410-555-0142."
    assert said["placements[0].fax"] == f"Hill: Type the fax {number}"
    assert said["placements[1].phone"] == f"Location 2: Type the phone {number}"


def test_what_nobody_sees_in_a_text_is_refused_as_an_import_would_refuse_it(db: Database) -> None:
    bad = replace(
        WHOLE, notes="one\x0btwo", refuses="a\x00", plans=("A\x07",), how_to_refer="one\r\ntwo\tthree"
    )
    bad = replace(bad, placements=(Placement(replace(TOWSON, parking="\x1b"), contact="\x02"),))
    assert wrong(db, bad) == {
        "notes", "refuses", "plans", "placements[0].parking", "placements[0].contact",
    }  # fmt: skip
