"""What a file tells laid over what is stored: nothing that it does not tell is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from referral_app.choices import Accepting, ProcedureKind
from referral_app.services import import_merging
from referral_app.services.import_records import NPPES, Told, ToldPlace
from referral_app.services.surgeon_records import (
    Experience,
    LocationRecord,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
)  # fmt: skip

ONE = ProcedureRecord("1", "one", ProcedureKind.REVISION, "Revision")
TWO = ProcedureRecord("2", "two", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release", "greater")
NORTH = LocationRecord("n", "North", "1 Example St", "", "Baltimore", "MD", "21231", hours="9 to 5")
SOUTH = LocationRecord("s", "South", "2 Example St", "", "Towson", "MD", "21204-1234")
OLD = SurgeonRecord(
    "Ana", "Test", id="x", npi="9900000017", procedures=(ONE, TWO), plans=("A", "B"), notes="private", degrees="MD",
    placements=(Placement(NORTH, "410-555-0101", "410-555-0102", "Mon"), Placement(SOUTH, "410-555-0103")),
    plans_verified=(("A", date(2026, 1, 1)), ("B", date(2026, 1, 2))), experience=(Experience("one", 2010),), version=3,
)  # fmt: skip


def told(*places: ToldPlace, **values: object) -> Told:
    """Return what a file tells of the same surgeon."""
    return Told(2, {"given_name": "Ana", "family_name": "Test", **values}, list(places))


def test_the_same_is_the_same_however_it_is_written() -> None:
    place = ToldPlace(
        {"name": "NORTH", "zip": "21231"}, {"phone": "(410) 555-0101", "fax": "+1 410 555 0102"}
    )
    after = import_merging.merged(
        replace(
            OLD,
            placements=(replace(OLD.placements[0], location=replace(NORTH, name="NORTH")), OLD.placements[1]),
        ),
        told(place, plans=("B", "A"), procedures=(TWO, ONE)),
    )
    assert after.placements[0].phone == "410-555-0101"
    assert (after.plans, after.procedures) == (OLD.plans, OLD.procedures)


def test_that_new_patients_are_seen_is_only_said_where_the_file_says_it() -> None:
    assert import_merging.new(told()).accepting is Accepting.UNKNOWN
    assert import_merging.new(told(accepting=Accepting.EXISTING)).accepting is Accepting.EXISTING
    assert import_merging.merged(OLD, told()).accepting is OLD.accepting


def test_a_location_is_found_by_name_or_street_and_others_stay() -> None:
    by_name = ToldPlace({"name": "South", "zip": "21204", "hours": "8 to 4"}, {"fax": "410-555-0109"})
    by_street = ToldPlace({"line1": "1 EXAMPLE ST", "zip": "21231"}, {"days": "Tue"})
    after = import_merging.merged(OLD, told(by_name, by_street))
    assert [place.location.id for place in after.placements] == ["n", "s"]
    assert after.placements[0].days == "Tue"
    assert (after.placements[1].fax, after.placements[1].location.hours) == ("410-555-0109", "8 to 4")


def test_a_new_location_is_added_and_a_phone_without_one_belongs_to_the_only_one() -> None:
    after = import_merging.merged(OLD, told(ToldPlace({"name": "West", "zip": "21701"}, {})))
    assert [place.location.name for place in after.placements] == ["North", "South", "West"]
    alone = replace(OLD, placements=OLD.placements[:1])
    after = import_merging.merged(alone, told(ToldPlace({}, {"phone": "410-555-0111"})))
    assert [place.phone for place in after.placements] == ["410-555-0111"]


def test_a_phone_without_any_location_is_not_lost() -> None:
    made = import_merging.new(told(ToldPlace({}, {"phone": "410-555-0111"})))
    assert (made.placements[0].location.name, made.placements[0].phone) == (
        "Office of Ana Test",
        "410-555-0111",
    )


def test_what_belonged_to_a_procedure_or_plan_that_is_gone_goes_with_it() -> None:
    after = import_merging.merged(OLD, told(procedures=(TWO,), plans=("B", "C")))
    assert after.experience == ()
    assert after.plans_verified == (("B", date(2026, 1, 2)),)
    assert after.notes == "private"


def test_the_national_file_fills_in_what_is_empty_and_changes_its_own_entries() -> None:
    place = ToldPlace({"line1": "1 Example St", "zip": "21231"}, {"phone": "410-555-0199"})
    news = replace(told(place, degrees="DO", specialty="Neurology"), source=NPPES)
    after = import_merging.merged(OLD, news)
    assert (after.degrees, after.specialty, after.placements[0].phone) == ("MD", "Neurology", "410-555-0101")
    own = replace(OLD, source=NPPES)
    after = import_merging.merged(own, news)
    assert (after.degrees, after.placements[0].phone) == ("DO", "410-555-0199")
    after = import_merging.merged(replace(own, verified_on=date(2026, 1, 1)), news)
    assert after.degrees == "MD"


def test_a_signed_entry_takes_everything_but_what_belongs_to_this_store() -> None:
    given = replace(
        OLD, id="other", degrees="DO", notes="", placements=(Placement(replace(NORTH, id="theirs")),)
    )
    after = import_merging.merged(OLD, Told(1, {}, whole=given, id="other"))
    assert (after.id, after.version, after.notes, after.degrees) == ("x", 3, "private", "DO")
    assert [place.location.id for place in after.placements] == ["n"]


def test_differences_are_told_field_by_field_in_words() -> None:
    after = replace(
        OLD, degrees="DO", procedures=(TWO,),
        placements=(replace(OLD.placements[0], fax="410-555-0109", location=replace(NORTH, telehealth=True)),),
    )  # fmt: skip
    found = {one.label: (one.before, one.after) for one in import_merging.differences(OLD, after)}
    assert found["Degrees"] == ("MD", "DO")
    assert found["Procedures"] == ("Revision; Occipital release: greater", "Occipital release: greater")
    assert found["Fax at North"] == ("410-555-0102", "410-555-0109")
    assert found["Telehealth at North"] == ("no", "yes")
    assert found["Locations"] == ("South, Towson, MD, phone 410-555-0103", "taken away")
