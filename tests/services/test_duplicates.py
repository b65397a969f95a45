"""Entries that may be one surgeon are found by NPI, name and place, slips and swaps included, and told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from referral_app.database import Database
from referral_app.models.surgeon import Surgeon
from referral_app.services import duplicates, likeness, surgeons
from referral_app.services.duplicates import Like
from referral_app.services.surgeon_records import LocationRecord, Placement, SurgeonRecord

AT = LocationRecord(name="Elsewhere", line1="1 Invented Way", city="Baltimore", state="MD", zip="21287")


def keen(db: Database) -> SurgeonRecord:
    with db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def like(db: Database, entry: SurgeonRecord) -> list[Like]:
    with db.read() as session:
        return duplicates.like(session, entry)


def typed(db: Database, given: str, family: str, **place: str) -> SurgeonRecord:
    """Return a new entry with a phone of the stored one, as somebody may type it."""
    number = place.get("phone", keen(db).placements[0].phone)
    return SurgeonRecord(
        given, family, placements=(Placement(replace(AT, zip=place.get("zip", "21287")), number),)
    )


def test_an_entry_does_not_look_like_itself(filled: Database) -> None:
    assert like(filled, keen(filled)) == []


def test_the_same_npi_is_the_same_surgeon_whatever_the_name(filled: Database) -> None:
    (one,) = like(filled, SurgeonRecord("Some", "Body", npi="9000000015"))
    assert (one.surgeon.id, one.score, one.reasons[0]) == (keen(filled).id, 100, "The same NPI")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda g, f: (g, f), "The same name"),
        (lambda g, f: (g.upper(), f.upper()), "The same name"),
        (lambda g, f: (f, g), "First and last name swapped"),
        (lambda g, f: (g[:1], f), "first names that begin alike"),
        (lambda g, f: (g[:1] + ".", f), "first names that begin alike"),
    ],
)  # fmt: skip
def test_a_name_with_the_same_phone_is_found(filled: Database, change: object, reason: str) -> None:
    known = keen(filled)
    given, family = change(known.given_name, known.family_name)  # type: ignore[operator]
    found = like(filled, typed(filled, given, family))
    assert [one.surgeon.id for one in found] == [known.id]
    assert reason in "; ".join(found[0].reasons)
    assert "The same phone number" in found[0].reasons


def test_a_last_name_with_one_letter_wrong_is_found_by_its_place(filled: Database) -> None:
    with filled.read() as session:
        known = next(
            one
            for key in session.scalars(select(Surgeon.id))
            if len((one := surgeons.get(session, key)).family_name) >= 7 and one.placements
        )
    slip = known.family_name[:2] + known.family_name[3:]
    entry = SurgeonRecord(known.given_name, slip, placements=known.placements)
    assert known.id in [one.surgeon.id for one in like(filled, entry)]


def test_accents_do_not_hide_an_entry(filled: Database) -> None:
    with filled.read() as session:
        key = session.scalars(select(Surgeon.id).where(Surgeon.family_name == "Marín")).one()
        known = surgeons.get(session, key)
    entry = SurgeonRecord(known.given_name, "MARIN", placements=known.placements)
    assert [one.surgeon.id for one in like(filled, entry)] == [known.id]


def test_a_name_alone_elsewhere_is_nobody_known(filled: Database) -> None:
    known = keen(filled)
    assert like(filled, typed(filled, known.given_name, known.family_name, phone="", zip="10001")) == []
    assert like(filled, typed(filled, "Wholly", "Different")) == []


def test_two_npis_tell_namesakes_apart_unless_everything_else_is_the_same(filled: Database) -> None:
    known = keen(filled)
    other = replace(typed(filled, known.given_name, known.family_name), npi="9000000999")
    assert like(filled, other) == []
    double = like(filled, replace(known, id="", npi="9000000999"))
    assert [one.surgeon.id for one in double] == [known.id]
    assert "but another NPI" in double[0].reasons


def test_what_is_out_of_the_directory_is_not_held_against_a_new_entry(filled: Database) -> None:
    known = keen(filled)
    with filled.begin() as session:
        surgeons.archive(session, known.id)
    assert like(filled, replace(known, id="")) == []


def _double(db: Database) -> SurgeonRecord:
    known = keen(db)
    with db.begin() as session:
        return surgeons.save(session, replace(known, id="", npi="", version=0))


def test_the_worklist_has_each_pair_once_until_a_person_tells_them_apart(filled: Database) -> None:
    with filled.read() as session:
        assert duplicates.pairs(session) == []
    double = _double(filled)
    with filled.begin() as session:
        (pair,) = duplicates.pairs(session)
        assert {pair.first.id, pair.second.id} == {double.id, keen(filled).id}
        assert "The same name" in pair.reasons
        duplicates.not_same(session, double.id, keen(filled).id)
        duplicates.not_same(session, keen(filled).id, double.id)
        assert duplicates.pairs(session) == []
        assert duplicates.like(session, double) == []


def test_a_pair_with_a_slip_in_the_name_is_found_at_its_location(filled: Database) -> None:
    known = keen(filled)
    with filled.begin() as session:
        surgeons.save(session, replace(known, id="", npi="", version=0, given_name=known.given_name + "e"))
        assert len(duplicates.pairs(session)) == 1


def test_many_are_compared_at_once_as_they_come_in(filled: Database) -> None:
    known = keen(filled)
    entries = [
        SurgeonRecord("Some", "Body", npi=known.npi),
        SurgeonRecord("Wholly", "Different"),
        replace(
            known, id="", npi="", given_name=known.given_name.upper(), family_name=known.family_name.upper()
        ),
    ]
    with filled.read() as session:
        found = duplicates.like_many(session, entries)
    assert [[one.surgeon.id for one in each] for each in found] == [[known.id], [], [known.id]]


def test_names_that_differ_by_more_than_a_slip_are_two_people() -> None:
    assert likeness.named("Ann", "Lee", "Ann", "Lea")[0] == 0
    assert likeness.named("Anna", "Petrov", "Anna", "Petrova")[0]
    assert likeness.named("Anna", "Petrov", "Boris", "Petrov")[0] == 0
    assert likeness.named("", "Petrov", "", "Petrov")[0] == 0
