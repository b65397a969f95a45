"""Locations and people that a file tells: none is dropped, and what is not taken is told."""

from __future__ import annotations

from pathlib import Path

from referral_app.database import Database
from referral_app.jobs import directory_import, directory_preview, directory_reading
from referral_app.services import index_making, matching, surgeons
from referral_app.services.import_records import Outcome
from referral_app.services.surgeon_records import Query, SurgeonRecord
from tests import nppes_files

HEAD = "npi,given_name,family_name,location,line1,line2,city,zip,phone,location_fax\n"


def run(db: Database, path: Path, text: str) -> directory_import.Imported:
    """Import lines."""
    path.write_text(HEAD + text, encoding="utf-8")
    return directory_import.run(db, directory_reading.Plan(path), lambda done, of: None, lambda: False)


def look(db: Database, path: Path, text: str) -> directory_preview.Preview:
    """Preview lines."""
    path.write_text(HEAD + text, encoding="utf-8")
    return directory_preview.preview(db, directory_reading.Plan(path), lambda done, of: None, lambda: False)


def found(db: Database, text: str) -> list[SurgeonRecord]:
    """Return who is found by words."""
    with db.read() as session:
        return [one.surgeon for one in matching.find(session, Query(text=text))]


def test_what_is_told_otherwise_of_a_known_location_is_not_taken_and_told(
    filled: Database, tmp_path: Path
) -> None:
    with filled.read() as session:
        at = surgeons.by_npi(session, "9000000015").placements[0].location
    text = f"{nppes_files.number(1)},Ana,Newone,{at.name},,,Elsewhere,{at.zip},,410-555-0155\n"
    preview = look(filled, tmp_path / "x.csv", text)
    assert (preview.counts[Outcome.NEW], preview.left_out) == (1, 2)
    assert any("410-555-0155 is not taken" in sentence for sentence in preview.sentences)
    done = run(filled, tmp_path / "x.csv", text)
    assert (done.new, done.left_out) == (1, 2)
    (entry,) = found(filled, "newone")
    assert entry.placements[0].location == at
    assert found(filled, "0155") == []
    assert found(filled, "elsewhere") == []


def test_a_later_row_on_a_new_location_does_not_contradict_an_earlier_one_in_silence(
    db: Database, tmp_path: Path
) -> None:
    text = (
        f"{nppes_files.number(1)},Ana,One,North Clinic,1 A St,,Baltimore,21231,,410-555-0101\n"
        f"{nppes_files.number(2)},Bo,Two,North Clinic,1 A St,,Baltimore,21231,,410-555-0102\n"
    )
    done = run(db, tmp_path / "x.csv", text)
    assert (done.new, done.left_out) == (2, 1)
    assert "410-555-0102 is not taken" in done.refused[0]
    one, two = found(db, "one")[0], found(db, "two")[0]
    assert one.placements[0].location == two.placements[0].location
    with db.begin() as session:
        index_making.make(session, None)
    assert found(db, "0102") == []


def test_another_street_or_suite_is_another_location(db: Database, tmp_path: Path) -> None:
    start = f"{nppes_files.number(1)},Ana,Smith,North Clinic"
    text = (
        f"{start},1 A St,Suite 1,Baltimore,21231,410-555-0101,\n"
        f"{start},1 a st,Suite 2,Baltimore,21231,410-555-0102,\n"
        f"{start},99 B Ave,,Baltimore,21231,410-555-0103,\n"
    )
    assert run(db, tmp_path / "x.csv", text).new == 1
    (entry,) = found(db, "smith")
    assert [place.phone for place in entry.placements] == ["410-555-0101", "410-555-0102", "410-555-0103"]
    assert len({place.location.id for place in entry.placements}) == 3
    assert run(db, tmp_path / "x.csv", text).unchanged == 1
    unclear = run(db, tmp_path / "x.csv", f"{start},,,,21231,410-555-0199,\n")
    assert "3 locations of this entry may be meant" in unclear.refused[0]


def test_namesakes_in_different_cities_are_two_entries_and_it_is_said(db: Database, tmp_path: Path) -> None:
    text = (
        ",Ana,Smith,North Clinic,,,Baltimore,21231,410-555-0101,\n"
        ",Ana,Smith,West Clinic,,,New York,10001,410-555-0102,\n"
        ",Ana,Smith,South Clinic,,,Baltimore,21204,410-555-0103,\n"
    )
    preview = look(db, tmp_path / "x.csv", text)
    assert preview.counts[Outcome.NEW] == 2
    assert "in an earlier row of this file" in preview.shown[Outcome.NEW][1].maybe[0]
    assert run(db, tmp_path / "x.csv", text).new == 2
    numbers = sorted([place.phone for place in one.placements] for one in found(db, "smith"))
    assert numbers == [["410-555-0101", "410-555-0103"], ["410-555-0102"]]
    assert run(db, tmp_path / "x.csv", text).unchanged == 2
    third = run(db, tmp_path / "x.csv", ",Ana,Smith,Far Clinic,,,Denver,80202,410-555-0104,\n")
    assert (third.new, third.changed) == (1, 0)


def test_an_entry_that_was_taken_out_is_refused_by_name(filled: Database, tmp_path: Path) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.archive(session, keen.id)
    done = run(filled, tmp_path / "x.csv", f"{keen.npi},{keen.given_name},{keen.family_name},,,,,,,\n")
    assert (done.changed, done.unchanged, done.refused_count) == (0, 0, 1)
    assert "was taken out of the directory on " in done.refused[0]
    assert "Put the entry back first." in done.refused[0]
