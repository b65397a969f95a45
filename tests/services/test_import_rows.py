"""What an import writes of a location that others share: what it changes and no more, and all there are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from referral_app.database import Database
from referral_app.jobs import directory_import, directory_reading
from referral_app.services import directory_history, locations, surgeons
from referral_app.services.surgeon_records import LocationRecord, SurgeonRecord

KEEN, OTHER = "9000000015", "9000000023"
OLD, NEW = "410-555-0101", "410-555-0199"


def entries(db: Database) -> tuple[SurgeonRecord, SurgeonRecord]:
    """Return two surgeons of one location."""
    with db.read() as session:
        return surgeons.by_npi(session, KEEN), surgeons.by_npi(session, OTHER)


def place(db: Database) -> LocationRecord:
    """Return the location that they share."""
    return entries(db)[0].placements[0].location


def run(
    db: Database, path: Path, *rows: dict[str, str], meanwhile: object = None
) -> directory_import.Imported:
    """Import rows on surgeons; `meanwhile` is done once while the file is read."""
    head = ("npi", "given_name", "family_name", "location", "zip", "location_fax", "parking", "phone")
    lines = [",".join(head), *(",".join(row.get(name, "") for name in head) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    waiting = [meanwhile] if meanwhile else []

    def progress(_done: int, _of: int) -> None:
        while waiting:
            waiting.pop()()  # type: ignore[operator]

    return directory_import.run(db, directory_reading.Plan(path), progress, lambda: False)


def row(entry: SurgeonRecord, **cells: str) -> dict[str, str]:
    """Return a row on a surgeon at the shared location."""
    at = entry.placements[0].location
    who = {"npi": entry.npi, "given_name": entry.given_name, "family_name": entry.family_name}
    return {**who, "location": at.name, "zip": at.zip, **cells}


def test_a_fax_that_somebody_changed_meanwhile_is_not_written_back(filled: Database, tmp_path: Path) -> None:
    keen, _ = entries(filled)
    at = place(filled)

    def change() -> None:
        with filled.begin() as session:
            locations.change(session, at, replace(at, fax=NEW))

    done = run(filled, tmp_path / "x.csv", row(keen, parking="None at all"), meanwhile=change)
    assert done.changed == 1
    assert (place(filled).fax, place(filled).parking) == (NEW, "None at all")


def test_the_same_field_changed_meanwhile_is_kept_and_told(filled: Database, tmp_path: Path) -> None:
    keen, _ = entries(filled)
    at = place(filled)

    def change() -> None:
        with filled.begin() as session:
            locations.change(session, at, replace(at, fax=NEW))

    done = run(filled, tmp_path / "x.csv", row(keen, location_fax="410-555-0144"), meanwhile=change)
    assert place(filled).fax == NEW
    assert done.changed == 0
    assert "somebody changed Fax of" in done.refused[0]


def test_the_row_of_another_surgeon_there_does_not_take_a_new_fax_back(
    filled: Database, tmp_path: Path
) -> None:
    keen, other = entries(filled)
    rows = row(keen, location_fax=NEW), row(other, phone="410-555-0144")
    assert run(filled, tmp_path / "x.csv", *rows).changed == 2
    assert place(filled).fax == NEW
    assert entries(filled)[1].placements[0].phone == "410-555-0144"


def test_all_at_a_location_have_its_change_in_their_history_and_no_verified_fax(
    filled: Database, tmp_path: Path
) -> None:
    keen, other = entries(filled)
    with filled.begin() as session:
        for entry in (keen, other):
            first = replace(
                entry.placements[0], fax="", fax_verified_on=date(2026, 1, 2), fax_verified_by="A"
            )
            surgeons.save(session, replace(entry, placements=(first, *entry.placements[1:])))
    with filled.read() as session:
        was = len(directory_history.of(session, other.id))
    done = run(filled, tmp_path / "x.csv", row(keen, location_fax=NEW))
    assert done.changed == 1
    for entry in entries(filled):
        assert (entry.placements[0].fax_verified_on, entry.placements[0].fax_verified_by) == (None, "")
    with filled.read() as session:
        found = directory_history.of(session, other.id)
    assert len(found) == was + 1
    assert found[0].after is not None
    assert found[0].after.placements[0].location.fax == NEW
