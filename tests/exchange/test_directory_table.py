"""The directory as a table: what goes out comes back, and cells that a spreadsheet would run are made harmless."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import LANGUAGES, ProcedureKind
from referral_app.database import Database
from referral_app.exchange import columns, directory_table
from referral_app.exchange.entries import Reader
from referral_app.jobs import directory, directory_export
from referral_app.jobs.directory_import import Imported
from referral_app.services import matching, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import ProcedureRecord, Query, SurgeonRecord

HEAD = "npi,given_name,family_name,procedures,phone,zip,age_min,accepting,languages\n"


def imported(db: Database, folder: Path, content: bytes) -> Imported:
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


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_imported_again_changes_nothing(filled: Database, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    assert directory.export_csv(filled, path) == 13
    done = directory.import_csv(filled, path)
    assert (done.new, done.changed, done.unchanged, done.refused, done.notes) == (0, 0, 13, (), ())


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_fills_an_empty_store_with_every_column(
    filled: Database, tmp_path: Path, empty_store: Path, suffix: str
) -> None:
    import shutil

    from referral_app.database import open_database
    from referral_app.paths import Paths

    path = tmp_path / f"out{suffix}"
    directory.export_csv(filled, path)
    shutil.copytree(empty_store, tmp_path / "other")
    other = open_database(Paths(tmp_path / "other"))
    try:
        assert directory.import_csv(other, path).new == 13
        again = tmp_path / f"again{suffix}"
        directory.export_csv(other, again)
        assert bare(again) == bare(path)
    finally:
        other.close()


def bare(path: Path) -> list[list[str]]:
    """Return the rows of a table without the ids of one store."""
    from referral_app.exchange import tables

    with tables.opened(path) as table:
        return sorted(cells[:-1] for _, cells in table.rows)


def test_what_a_file_does_not_tell_stays_as_it_is(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    directory.export_csv(filled, path)
    text = path.read_text(encoding="utf-8").replace("Keen", "Keener")
    path.write_text(text, encoding="utf-8")
    done = directory.import_csv(filled, path)
    assert (done.changed, done.unchanged) == (1, 12)
    with filled.read() as session:
        keener = surgeons.by_npi(session, "9000000015")
        assert keener.family_name == "Keener"
        assert keener.requirements
        assert keener.credentials
        assert keener.placements[0].contact == "Dana, ext. 12"


def test_an_empty_cell_takes_nothing_away(filled: Database, tmp_path: Path) -> None:
    content = b"npi,given_name,family_name,fax,specialty\n9000000015,Marguerite,Keen,,\n"
    assert imported(filled, tmp_path, content).unchanged == 1


def test_lines_of_one_surgeon_become_one_entry_with_two_places(db: Database, tmp_path: Path) -> None:
    content = (
        "given_name,family_name,procedures,location,city,zip,phone\n"
        "Ana,Test,revision,North,Baltimore,21231,410-555-0100\n"
        "Ana,Test,revision,South,Baltimore,21204,410-555-0101\n"
    )
    assert imported(db, tmp_path, content.encode()).new == 1
    with db.read() as session:
        found = matching.find(session, Query(text="ana test"))[0].surgeon
    assert [place.location.name for place in found.placements] == ["North", "South"]


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(db: Database, tmp_path: Path) -> None:
    imported(db, tmp_path, line(family_name="=cmd|'/c calc'!A1"))
    path = tmp_path / "out.csv"
    directory.export_csv(db, path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert rows[0]["family_name"] == "'=cmd|'/c calc'!A1"
    assert directory.import_csv(db, path).unchanged == 1


def test_a_workbook_holds_text_and_no_formula_under_frozen_headings(db: Database, tmp_path: Path) -> None:
    imported(db, tmp_path, line(family_name="=1+1", npi="9000000015"))
    path = tmp_path / "out.xlsx"
    directory.export_csv(db, path)
    sheet = openpyxl.load_workbook(path).active
    family = columns.COLUMNS.index(columns.BY_NAME["family_name"])
    assert sheet.freeze_panes == "A2"
    assert (sheet.cell(2, family + 1).data_type, sheet.cell(2, family + 1).value) == ("s", "=1+1")
    assert sheet.cell(2, 1).value == "9000000015"
    assert directory.import_csv(db, path).unchanged == 1


def test_a_table_begins_with_the_mark_by_which_excel_reads_accents(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert directory_export.export(filled, path).left_out.startswith("Credentials, experience, requirements")
    assert path.read_bytes().startswith(codecs.BOM_UTF8 + b"npi,")
    assert "Tomás" in path.read_text("utf-8-sig")
    assert directory.import_csv(filled, path).unchanged == 13


def test_a_search_is_exported_alone(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert directory_export.export(filled, path, Query(text="keen")).count == 1
    assert "Keen" in path.read_text("utf-8")


def test_a_name_without_a_known_ending_is_refused(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="ends with"):
        directory_export.export(filled, tmp_path / "out.doc")


def test_a_canceled_export_leaves_no_file(filled: Database, tmp_path: Path) -> None:
    done = directory_export.export(filled, tmp_path / "out.csv", canceled=lambda: True)
    assert done.canceled
    assert list(tmp_path.glob("*out*")) == []
    assert list(tmp_path.glob(".unfinished*")) == []


def test_every_column_is_written() -> None:
    assert len(set(directory_table.HEADINGS)) == len(directory_table.HEADINGS) == len(columns.COLUMNS)


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";'=+-@"),
    min_size=1,
    max_size=12,
)
_PLANS = st.lists(st.lists(st.one_of(_NAMES, st.just(","), st.just("|")), min_size=1, max_size=4), max_size=4)


@given(_PLANS, st.lists(st.sampled_from(sorted(LANGUAGES)), unique=True), st.integers(0, 2))
def test_lists_come_back_as_they_went_out_whatever_signs_they_hold(
    words: list[list[str]], languages: list[str], done: int
) -> None:
    plans = tuple(dict.fromkeys(" ".join(some) for some in words))
    known = [
        ProcedureRecord(str(n), f"code_{n}", ProcedureKind.REVISION, f"Revision, part {n}") for n in range(2)
    ]
    entry = SurgeonRecord(
        "Ana", "Test", languages=tuple(languages), procedures=tuple(known[:done]), plans=plans
    )
    file = io.BytesIO()
    directory_table.write_csv(file, [entry])
    text = file.getvalue().decode("utf-8-sig")
    headings, cells = csv.reader(io.StringIO(text, newline=""))
    told, refused = Reader(headings, {name: name for name in headings}, known).read(2, cells)
    assert refused == []
    assert told is not None
    for name in ("plans", "languages", "procedures"):
        assert told.values.get(name, ()) == getattr(entry, name)


def test_what_is_too_long_for_a_cell_stands_whole_on_a_sheet_of_its_own(
    filled: Database, tmp_path: Path
) -> None:
    note, plans = "".join(f"note{at} " for at in range(9000)), tuple(f"Plan {at}" for at in range(5000))
    with filled.begin() as session:
        one = matching.find(session, Query(sort="name"))[0].surgeon
        surgeons.save(session, replace(one, public_note=note, plans=plans))
    path = tmp_path / "out.xlsx"
    done = directory_export.export(filled, path)
    assert "2 texts are too long for a cell" in done.left_out
    book = openpyxl.load_workbook(path)
    held: dict[str, str] = {}
    for row, npi, _, family, column, _, text in book["Longer texts"].iter_rows(min_row=2, values_only=True):
        held[str(column)] = held.get(str(column), "") + str(text)
        assert (npi, family) == (one.npi, one.family_name)
        first = dict(
            zip(directory_table.HEADINGS, (c.value for c in book.worksheets[0][int(str(row))]), strict=True)
        )
        assert first["npi"] == one.npi
        assert first[str(column)] is None
    assert held["public_note"] == note
    assert sorted(held["plans"].split(";")) == sorted(plans)
    again = directory.import_csv(filled, path)
    assert (again.new, again.changed, again.refused) == (0, 0, ())


def test_a_workbook_of_usual_entries_has_one_sheet(filled: Database, tmp_path: Path) -> None:
    done = directory_export.export(filled, tmp_path / "out.xlsx")
    assert done.left_out == directory_export.NOT_IN_TABLES
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames == ["Surgeons"]
