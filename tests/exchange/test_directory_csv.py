"""The directory as CSV: what goes out comes back, and each bad line is told by its number."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from referral_app.database import Database
from referral_app.exchange import directory_csv
from referral_app.jobs import directory
from referral_app.services import matching, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Query

HEAD = "npi,given_name,family_name,procedures,phone,zip,age_min,accepting,languages\n"


def imported(db: Database, folder: Path, content: bytes) -> directory.Imported:
    """Import the bytes as a file."""
    path = folder / "directory.csv"
    path.write_bytes(content)
    return directory.import_csv(db, path)


def line(**cells: str) -> bytes:
    """Return a file with one line, good but for the cells given."""
    good = {"npi": "", "given_name": "Ana", "family_name": "Test", "procedures": "revision"}
    values = dict.fromkeys(HEAD.strip().split(","), "") | good | cells
    text = io.StringIO()
    csv.writer(text).writerow(values.values())
    return (HEAD + text.getvalue()).encode()


def test_an_export_imported_again_changes_nothing(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert directory.export_csv(filled, path) == 13
    assert directory.import_csv(filled, path) == directory.Imported(0, 0, 13, ())


def test_an_export_fills_an_empty_store(filled: Database, tmp_path: Path, empty_store: Path) -> None:
    path = tmp_path / "out.csv"
    directory.export_csv(filled, path)
    text = path.read_text(encoding="utf-8").replace("Keen", "Keener")
    path.write_text(text, encoding="utf-8")
    done = directory.import_csv(filled, path)
    assert (done.changed, done.unchanged) == (1, 12)
    with filled.read() as session:
        keener = surgeons.by_npi(session, "9000000015")
        assert keener.family_name == "Keener"
        assert len(keener.requirements) == 4
        assert keener.placements[0].contact == "Dana, ext. 12"


def test_lines_of_one_surgeon_become_one_entry_with_two_places(db: Database, tmp_path: Path) -> None:
    content = (
        "given_name,family_name,procedures,location,zip,phone\n"
        "Ana,Test,revision,North,21231,410-555-0100\nAna,Test,revision,South,21204,410-555-0101\n"
    )
    assert imported(db, tmp_path, content.encode()).new == 1
    with db.read() as session:
        found = matching.find(session, Query(text="ana test"))[0].surgeon
    assert [place.location.name for place in found.placements] == ["North", "South"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"npi": "1234567890"}, "npi 1234567890"),
        ({"phone": "4105"}, "phone 4105"),
        ({"zip": "00000"}, "zip 00000: This is not a ZIP code"),
        ({"age_min": "ten"}, "age_min ten: Enter a whole number"),
        ({"procedures": "surgery"}, "procedures: surgery is not a procedure"),
        ({"languages": "xx"}, "languages: xx is not a language code"),
        ({"accepting": "maybe"}, "accepting maybe: Enter one of yes, existing, no"),
        ({"family_name": ""}, "family_name is empty"),
    ],
)
def test_a_bad_line_is_told_by_number_and_column(
    db: Database, tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    done = imported(db, tmp_path, line(**cells))
    assert done.new == 0
    assert done.refused[0].startswith(f"Line 2: {sentence}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD.encode("utf-16"), "not UTF-8"),
        (HEAD.encode() + b"\xff\xfe", "not UTF-8"),
        (b"given_name,given_name\nA,B\n", "same heading"),
        (b"name\nAna\n", "column given_name is missing"),
        (b"", "column given_name is missing"),
        (HEAD.encode() + b'"open quote,never closed\n', "broken in line"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_whole(
    db: Database, tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        imported(db, tmp_path, content)


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(db: Database, tmp_path: Path) -> None:
    imported(db, tmp_path, line(family_name="=cmd|'/c calc'!A1"))
    path = tmp_path / "out.csv"
    directory.export_csv(db, path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert rows[0]["family_name"] == "'=cmd|'/c calc'!A1"
    assert directory.import_csv(db, path).unchanged == 1


def test_a_quoted_line_break_stays_in_its_cell(db: Database, tmp_path: Path) -> None:
    imported(db, tmp_path, line(given_name="Ana\nMaria"))
    with db.read() as session:
        assert matching.find(session, Query())[0].surgeon.given_name == "Ana\nMaria"


def test_reading_needs_no_store() -> None:
    assert directory_csv.read(HEAD.encode(), []).surgeons == []
