"""The invented directory: whole enough that every screen has something to show."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from referral_app.choices import Accepting
from referral_app.database import Database
from referral_app.services import center, matching
from referral_app.services.surgeon_records import LocationRecord, Placement, Query, SurgeonRecord


def _entries(db: Database) -> list[SurgeonRecord]:
    with db.read() as session:
        return [item.surgeon for item in matching.find(session, Query())]


def test_every_field_of_an_entry_is_filled_somewhere(filled: Database) -> None:
    entries = _entries(filled)
    empty = {"archived", "merged_into_id"}
    for one in fields(SurgeonRecord):
        given = any(getattr(entry, one.name) not in (None, "", (), False) for entry in entries)
        assert given or one.name in empty, one.name


def test_every_field_of_a_place_is_filled_somewhere(filled: Database) -> None:
    places = [place for entry in _entries(filled) for place in entry.placements]
    for one in fields(Placement):
        assert any(getattr(place, one.name) not in (None, "") for place in places), one.name
    for one in fields(LocationRecord):
        found = {getattr(place.location, one.name) for place in places}
        assert found - {None, "", False}, one.name
    assert {place.location.wheelchair for place in places} == {True, False}


def test_one_is_on_leave_one_leaves_and_one_began(filled: Database) -> None:
    entries = {entry.family_name: entry for entry in _entries(filled)}
    day = date(2026, 11, 23)
    assert entries["Tanahashi"].accepts_on(day) is Accepting.NO
    leaver = entries["Castellane"]
    assert (leaver.last_day, leaver.successor_id) == (date(2027, 6, 30), entries["Marín"].id)
    assert entries["Lê"].accepts_on(date(2026, 11, 15)) is Accepting.NO
    assert entries["Lê"].accepts_on(day) is Accepting.YES


def test_each_trial_is_run_by_somebody(filled: Database) -> None:
    with filled.read() as session:
        trials = center.trials(session)
    assert [[name for _, name in one.surgeons] for one in trials] == [
        ["Marguerite Keen, MD", "Lourdes Marín, MD"],
        ["Tomás Villareal, MD, PhD"],
    ]
