"""The directory: entries with all their parts, refusals, and finding the right surgeon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from referral_app.choices import Accepting, StaffRole
from referral_app.database import Database
from referral_app.models.directory_index import IndexStage
from referral_app.services import matching, surgeons
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.surgeon_records import LocationRecord, Placement, Query, SurgeonRecord
from tests.acting import as_role


def names(db: Database, **query: object) -> list[str]:
    """Return the last names of the surgeons found."""
    with db.read() as session:
        return [item.surgeon.family_name for item in matching.find(session, Query(**query))]  # type: ignore[arg-type]


def test_an_entry_comes_back_with_all_its_parts(filled: Database) -> None:
    with filled.begin() as session:
        old = surgeons.by_npi(session, "9000000015")
        again = surgeons.save(session, old)
    assert replace(again, version=0) == replace(old, version=0)
    assert [place.fax for place in again.placements] == ["410-555-0103", "410-555-0113"]
    assert len(again.requirements) == 4


def test_two_people_changing_one_entry_are_told(filled: Database) -> None:
    with filled.begin() as session:
        first = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(first, notes="theirs"))
    with filled.begin() as session, pytest.raises(Conflict):
        surgeons.save(session, replace(first, notes="mine"))


def test_a_change_of_a_list_alone_is_no_less_a_change(filled: Database) -> None:
    """SQLAlchemy raises no version for it: a second person would write an old fax number back."""
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    with filled.begin() as session:
        surgeons.save(session, replace(keen, placements=(replace(keen.placements[0], fax="410-555-0177"),)))
    with pytest.raises(Conflict), filled.begin() as session:
        surgeons.save(session, replace(keen, refuses="Patients under 18"))


def test_a_location_that_is_not_stored_here_comes_with_the_entry(filled: Database) -> None:
    """Directory files name the locations of their store, and an import that is undone takes some away."""
    far = LocationRecord(
        "0f0e0d0c-0000-4000-8000-000000000001", "Brand New Clinic", city="Towson", state="MD"
    )
    with filled.begin() as session:
        for npi in ("9000000015", "9000000023"):
            one = surgeons.by_npi(session, npi)
            surgeons.save(session, replace(one, placements=(*one.placements, Placement(far))))
    with filled.read() as session:
        found = [
            surgeons.by_npi(session, npi).placements[-1].location for npi in ("9000000015", "9000000023")
        ]
    assert found == [far, far], "one place, not two"


def test_an_entry_out_of_view_is_known_to_no_referral(filled: Database) -> None:
    """A referral that named it would keep its rows from ever being cleared away."""
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        number = session.execute(text("SELECT number FROM surgeon WHERE npi = '9000000015'")).scalar_one()
        assert surgeons.known_as(session, "9000000015") == (keen.id, keen.name)
        session.add(IndexStage(first=number, last=number, import_id="an import", live=False))
        session.flush()
        assert surgeons.known_as(session, "9000000015") is None
        assert surgeons.known_as(session, keen.id) is None
        assert surgeons.find_by(session, keen.id) is None
        with pytest.raises(InvalidInput, match="Wait until"):
            surgeons.save(session, SurgeonRecord("Marguerite", "Keen", npi="9000000015"))


def test_nobody_verified_a_fax_number_that_is_another_one_now(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        place = replace(keen.placements[0], fax_verified_on=date.today(), fax_verified_by="Noor")
        was = surgeons.save(session, replace(keen, placements=(place,)))
        now = surgeons.save(
            session, replace(was, placements=(replace(was.placements[0], fax="410-555-0177"),))
        )
    assert was.placements[0].fax_verified_on
    assert (now.placements[0].fax_verified_on, now.placements[0].fax_verified_by) == (None, "")


def test_a_bad_entry_is_refused_field_by_field(filled: Database) -> None:
    bad = SurgeonRecord(
        "",
        " ",
        npi="1234567890",
        age_min=30,
        age_max=20,
        placements=(Placement(LocationRecord(name="X"), fax="1234"),),
    )
    with filled.begin() as session, pytest.raises(InvalidInput) as refusal:
        surgeons.save(session, bad)
    assert set(refusal.value.fields) == {"given_name", "family_name", "npi", "age_max", "placements[0].fax"}


def test_an_npi_belongs_to_one_surgeon(filled: Database) -> None:
    with filled.begin() as session, pytest.raises(InvalidInput, match="Keen, MD already has this NPI"):
        surgeons.save(session, SurgeonRecord("Other", "Person", npi="9000000015"))


def test_an_npi_of_an_archived_entry_is_said_to_be_one(filled: Database) -> None:
    with filled.begin() as session:
        surgeons.archive(session, surgeons.by_npi(session, "9000000015").id)
    with filled.begin() as session, pytest.raises(InvalidInput) as refused:
        surgeons.save(session, SurgeonRecord("Marguerite", "Keen", npi="9000000015"))
    assert "out of the directory" in refused.value.fields["npi"]


def test_private_notes_are_for_those_who_keep_the_directory(people_db: Database) -> None:
    with people_db.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(keen, notes="Call Noor first"))
    for role, notes in ((StaffRole.SCHEDULER, "Call Noor first"), (StaffRole.OFFICE_STAFF, "")):
        as_role(people_db, role)
        with people_db.read() as session:
            seen = (
                surgeons.get(session, keen.id), surgeons.by_npi(session, keen.npi), surgeons.find_by(session, keen.id),
                matching.find(session, Query(text="keen"))[0].surgeon,
            )  # fmt: skip
        assert [one and one.notes for one in seen] == [notes] * 4


def test_an_archived_surgeon_is_kept_but_not_found(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.archive(session, keen.id)
    assert "Keen" not in names(filled)
    with filled.read() as session:
        assert surgeons.get(session, keen.id).archived


def test_an_unknown_surgeon_is_said_to_be_gone(filled: Database) -> None:
    with filled.read() as session, pytest.raises(NotFound):
        surgeons.get(session, "00000000-0000-4000-8000-000000000000")


def test_search_ignores_case_and_accents_and_puts_names_first(filled: Database) -> None:
    assert names(filled, text="LE")[0] == "Lê"
    assert names(filled, text="marin") == ["Marín"]
    assert names(filled, text="towson spanish") == ["Marín"]


def test_filters_narrow_by_procedure_plan_language_age_and_acceptance(filled: Database) -> None:
    assert "Fairweather" not in names(filled, procedure="occipital_release")
    assert set(names(filled, procedure="decompression_rhinogenic")) == {"Lindqvist"}
    assert set(names(filled, language="vi")) == {"Lê"}
    assert set(names(filled, plan="Tricare", language="ar")) == {"Haddad"}
    assert set(names(filled, age=12)) == {"Abara"}
    assert not {"Castellane", "Tanahashi"} & set(names(filled, accepting=True))
    assert set(names(filled, max_wait=6)) == {"Okonkwo", "Fairweather"}


def test_distance_is_measured_in_straight_line_miles(filled: Database) -> None:
    near = names(filled, zip="21231", within=3)
    assert set(near) == {"Keen", "Villareal", "Abara"}
    by_distance = names(filled, zip="22314", sort="distance")
    assert set(by_distance[:3]) == {"Anand", "Haddad", "Okonkwo"}
    with filled.read() as session:
        first = matching.find(session, Query(zip="21231", within=3))[0]
    assert first.miles == 0
    assert any("straight-line miles" in reason for reason in first.reasons)


def test_an_unknown_zip_is_told(filled: Database) -> None:
    with filled.read() as session, pytest.raises(InvalidInput, match="00000 is not a ZIP code"):
        matching.find(session, Query(zip="00000"))


def test_sorting_by_wait_puts_the_unknown_last(filled: Database) -> None:
    found = names(filled, sort="wait")
    assert found[0] == "Fairweather"
    assert found[-1] == "Tanahashi"


def test_pages_and_count_agree(filled: Database) -> None:
    with filled.read() as session:
        whole = matching.find(session, Query(sort="name"))
        pages = [
            *matching.find(session, Query(sort="name"), 5),
            *matching.find(session, Query(sort="name"), 50, 5),
        ]
        assert pages == whole
        assert matching.count(session, Query(sort="name")) == len(whole) == 13


def test_the_invented_directory_differs_as_a_real_one_does(filled: Database) -> None:
    with filled.read() as session:
        entries = [item.surgeon for item in matching.find(session, Query())]
    assert len({place.location.id for entry in entries for place in entry.placements}) == 5
    assert {place.location.state for entry in entries for place in entry.placements} == {"MD", "DC", "VA"}
    assert all(entry.invented and entry.npi.startswith("9") for entry in entries)
    assert {entry.accepting for entry in entries} == set(Accepting) - {Accepting.UNKNOWN}
