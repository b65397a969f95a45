"""Tables read from files that somebody else wrote: whatever is in them, rows come out or one plain sentence."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_app.exchange import tables, text_encoding, xlsx_table
from referral_app.exchange.sources import BadFile, letter
from tests import nppes_files

HEAD = "given_name,family_name,fax\n"


def read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]], list[str], list[str]]:
    """Return headings, rows, notes and refusals of a file."""
    with tables.opened(path) as table:
        rows = list(table.rows)
        return table.headings, rows, table.notes, [sentence for _, sentence in table.refused.shown]


def file(folder: Path, content: bytes, name: str = "directory.csv") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def book(folder: Path, *rows: list[object], name: str = "directory.xlsx") -> Path:
    """Write a workbook of one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    path = folder / name
    made.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_letters_of_every_unicode_form_are_read(tmp_path: Path, encoding: str) -> None:
    text = HEAD + "José,Núñez,410-555-0101\n" * 20
    _, rows, _, refused = read(file(tmp_path, text.encode(encoding)))
    assert rows[0] == (2, ["José", "Núñez", "410-555-0101"])
    assert len(rows) == 20
    assert not refused


def test_windows_text_is_read_and_the_assumption_is_said(tmp_path: Path) -> None:
    _, rows, notes, _ = read(file(tmp_path, (HEAD + "José,Núñez,\n").encode("cp1252")))
    assert rows[0][1][:2] == ["José", "Núñez"]
    assert "Windows text" in notes[0]


def test_windows_letters_far_behind_the_beginning_are_found(tmp_path: Path) -> None:
    plain = "Ana,Test,\n" * 300_000
    _, rows, notes, _ = read(file(tmp_path, (HEAD + plain + "José,Núñez,\n").encode("cp1252")))
    assert rows[-1][1][0] == "José"
    assert notes


def test_broken_utf_8_keeps_its_row_to_be_named(tmp_path: Path) -> None:
    content = (HEAD + "José,Núñez,\n" * 5).encode() + b"Jos\xff,Test,\n"
    _, rows, notes, _ = read(file(tmp_path, content))
    assert len(rows) == 6
    assert "broken" in notes[0]
    assert not rows[5][1][0].isprintable()


def test_letters_that_are_cut_between_two_pieces_are_still_utf_8() -> None:
    for shift in range(5):
        content = b"a" * (4096 - shift) + "é€😀".encode() * 3
        assert text_encoding.of(io.BytesIO(content)).encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    text = HEAD.replace(",", delimiter) + f'"Ana{delimiter}Maria"{delimiter}Test{delimiter}1\n'
    headings, rows, _, _ = read(file(tmp_path, text.encode()))
    assert headings == ["given_name", "family_name", "fax"]
    assert rows == [(2, [f"Ana{delimiter}Maria", "Test", "1"])]


def test_quoted_line_breaks_stay_in_their_cell_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    _, rows, _, _ = read(file(tmp_path, (HEAD + '"Ana\nMaria",Test,1\n\nBo,Test,2\n').encode()))
    assert rows == [(2, ["Ana\nMaria", "Test", "1"]), (4, ["Bo", "Test", "2"])]


@pytest.mark.parametrize(
    "cell", ["x" * 3_000_000, '"' + "x" * 3_000_000 + '"', '"' + "x\n" * 1_500_000 + '"']
)
def test_a_cell_without_end_is_refused_by_row_and_column_and_the_rest_is_read(
    tmp_path: Path, cell: str
) -> None:
    content = HEAD + f"Ana,Test,1\nBo,{cell},2\nCy,Test,3\n"
    _, rows, _, refused = read(file(tmp_path, content.encode()))
    assert [cells[0] for _, cells in rows] == ["Ana", "Cy"]
    assert refused == ["Row 3, column family_name: the cell is too long."]


def test_a_cell_of_100_mb_takes_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "large.csv"
    with path.open("w") as out:
        out.write(HEAD + "Ana,")
        for _ in range(100):
            out.write("x" * 1_000_000)
        out.write(",1\nCy,Test,3\n")
    tracemalloc.start()
    _, rows, _, refused = read(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [cells[0] for _, cells in rows] == ["Cy"]
    assert refused == ["Row 2, column family_name: the cell is too long."]
    assert most < 20e6


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "file is empty"),
        (b"\n\n", "file is empty"),
        (b"fax,name,Fax\n", "Row 1: columns A and C have the same heading, Fax"),
        (b"fax\x07,name\n", "Row 1, column A: the heading holds"),
        (
            HEAD.encode() + b'Ana,"open quote,never closed\nBo,Test,\n',
            "Row 2: a quote is opened there and never",
        ),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or a protected workbook"),
        (b"PK\x03\x04 no archive", "no whole ZIP file"),
        (b"a,b\n" + bytes(range(128, 256)), "not text that can be read"),
        ((",".join(f"c{n}" for n in range(2000)) + "\n").encode(), "has 2,000 columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(BadFile, match=sentence):
        read(file(tmp_path, content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is not there"):
        read(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="is a folder"):
        read(tmp_path)


def test_rows_of_another_width_are_refused_and_short_ones_filled_up(tmp_path: Path) -> None:
    _, rows, _, refused = read(file(tmp_path, (HEAD + "Ana,Test,1,2\nBo,Test\nCy,Test,3,,\n").encode()))
    assert rows == [(3, ["Bo", "Test", ""]), (4, ["Cy", "Test", "3"])]
    assert refused == ["Row 2: it has 4 cells, but there are 3 columns."]


def test_misplaced_quotes_refuse_their_row_alone(tmp_path: Path) -> None:
    _, rows, _, refused = read(file(tmp_path, (HEAD + 'Ana,"Te"st,1\nBo,Test,2\n').encode()))
    assert [cells[0] for _, cells in rows] == ["Bo"]
    assert refused == ["Row 2: its quotes are misplaced."]


@pytest.mark.parametrize("change", ["grows", "shrinks", "is written again"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, change: str) -> None:
    path = file(tmp_path, (HEAD + "Ana,Test,1\n" * 100_000).encode())
    with tables.opened(path) as table:
        next(table.rows)
        if change == "grows":
            with path.open("ab") as more:
                more.write(b"Bo,Test,2\n")
        elif change == "shrinks":
            os.truncate(path, path.stat().st_size // 2)
        else:
            os.utime(path, ns=(1, 1))
        with pytest.raises(BadFile, match="while it was read"):
            list(table.rows)


def test_a_workbook_gives_the_same_rows_as_text(tmp_path: Path) -> None:
    path = book(
        tmp_path, ["given_name", "npi", "on", "ok", "n", "t"],
        ["Ana", 9000000001.0, date(2026, 3, 27), True, 12.5, "=x"[1:]],
        [None] * 6, ["Bo", 9000000015, datetime(2026, 3, 27, 14, 30), False, 1e15, None],
    )  # fmt: skip
    headings, rows, _, _ = read(path)
    assert headings == ["given_name", "npi", "on", "ok", "n", "t"]
    assert rows[0] == (2, ["Ana", "9000000001", "2026-03-27", "yes", "12.5", "x"])
    assert rows[1] == (4, ["Bo", "9000000015", "2026-03-27 14:30", "no", "1000000000000000", ""])


def test_formulas_are_refused_and_never_computed(tmp_path: Path) -> None:
    path = book(tmp_path, ["given_name", "fax"], ["Ana", '=HYPERLINK("http://example.org")'], ["Bo", "1"])
    _, rows, _, refused = read(path)
    assert [number for number, _ in rows] == [3]
    assert refused == ["Row 2, column fax: the cell is a formula. Paste its value instead."]


def test_other_sheets_are_passed_over_in_words(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["given_name"])
    made.create_sheet("Second").append(["x"])
    path = tmp_path / "two.xlsx"
    made.save(path)
    assert "2 sheets; the first, Sheet, was read" in read(path)[2][0]


def packed(folder: Path, parts: dict[str, bytes], name: str = "book.xlsx") -> Path:
    """Write a ZIP file of these parts."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = packed(tmp_path, {"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": bytes(50_000_000)})
    assert path.stat().st_size < 100_000
    with pytest.raises(BadFile, match="times its size"):
        read(path)


def test_a_zip_file_whose_directory_lies_is_refused(tmp_path: Path) -> None:
    good = book(tmp_path, ["given_name"], *[["Ana" * 500]] * 2000)
    data = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    true = part.file_size.to_bytes(4, "little")
    lying = (part.file_size // 2).to_bytes(4, "little")
    with pytest.raises(BadFile, match="damaged"):
        read(file(tmp_path, bytes(data).replace(true, lying), "lie.xlsx"))


def test_overlapping_parts_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"[Content_Types].xml": b"", "xl/a.xml": os.urandom(4000)})
    data = path.read_bytes()
    central = data.index(b"PK\x01\x02")
    one = data[central : data.index(b"PK\x05\x06")]
    many = bytearray(data[:central] + one * 8 + data[data.index(b"PK\x05\x06") :])
    end = many.index(b"PK\x05\x06")
    many[end + 8 : end + 12] = (16).to_bytes(2, "little") * 2
    many[end + 12 : end + 16] = (len(one) * 8).to_bytes(4, "little")
    with pytest.raises(BadFile, match="damaged"):
        read(file(tmp_path, bytes(many), "overlap.xlsx"))


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "instructions that no workbook needs"),
        (b'<worksheet><row r="1"><c r="B1" t="inlineStr"><is><t>%s</t></is></c></row></worksheet>',
         "Row 1, column B: a cell is too long"),
    ],
)  # fmt: skip
def test_a_workbook_with_entities_or_an_endless_cell_is_refused(
    tmp_path: Path, sheet: bytes, sentence: str
) -> None:
    sheet = sheet.replace(b"%s", os.urandom(1_500_000).hex().encode())
    path = packed(tmp_path, {"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(BadFile, match=sentence):
        read(path)


def test_a_sheet_that_names_a_row_far_away_does_not_hang(tmp_path: Path) -> None:
    good = book(tmp_path, ["given_name"], ["Ana"])
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<row r="2"', b'<row r="99999999999"')
    path = packed(
        tmp_path, parts | {"xl/worksheets/sheet1.xml": sheet.replace(b'r="A2"', b'r="A99999999999"')}
    )
    with pytest.raises(BadFile, match="at most"):
        read(path)


def filler(size: int) -> bytes:
    """Return XML that packs well, though less than is refused at once."""
    line = b"<ext><a/></ext>" * 60
    return b"".join(line + b"<e%d/>" % number**9 for number in range(size // len(line)))


def with_filler(folder: Path, name: str, size: int, was: str = "", declared: str = "") -> Path:
    """Write a workbook with filler in a part, which is `was` under another name where that is given."""
    with zipfile.ZipFile(book(folder, ["given_name"], ["Ana"])) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    if was:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(was.encode(), name.encode())
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            was.encode(), name.encode()
        )
    if declared:
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>", declared.encode() + b"</Relationships>"
        )
    content = parts.pop(was, None) or parts.get(name) or b"<a></a>"
    end = content.rindex(b"</")
    return packed(folder, parts | {name: content[:end] + filler(size) + content[end:]}, "filled.xlsx")


_CHART = '<Relationship Id="r99" Type="http://x/relationships/chartsheet" Target="/xl/worksheets/more.xml"/>'


@pytest.mark.parametrize(
    ("name", "was", "declared", "size"),
    [
        ("xl/styles.xml", "", "", 11_000_000),
        ("docProps/core.xml", "", "", 11_000_000),
        ("xl/odd.bin", "xl/workbook.xml", "", 11_000_000),
        ("xl/worksheets/texts.xml", "xl/sharedStrings.xml", "", 81_000_000),
        ("xl/worksheets/more.xml", "", _CHART, 11_000_000),
        ("xl/worksheets/sheet1.xml", "", "", 15_000_000),
    ],
)
def test_what_would_fill_memory_is_refused_whatever_it_is_called(
    tmp_path: Path, name: str, was: str, declared: str, size: int
) -> None:
    path = with_filler(tmp_path, name, size, was, declared)
    with pytest.raises(BadFile, match=r"too much text|far more formatting|far too many cells"):
        read(path)


def test_a_picture_and_a_table_of_texts_with_another_name_are_no_harm(tmp_path: Path) -> None:
    path = with_filler(tmp_path, "xl/words.xml", 0, "xl/sharedStrings.xml")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/logo.png", b"\x89PNG" + os.urandom(12_000_000))
    assert read(path)[1] == [(2, ["Ana"])]


def test_a_zip_file_of_nppes_is_read_as_published(tmp_path: Path) -> None:
    table = nppes_files.write(tmp_path / "t.csv", nppes_files.mixed())
    headings, rows, _, _ = read(nppes_files.zipped(tmp_path / "month.zip", table))
    assert headings == nppes_files.HEADINGS
    assert len(headings) == 330
    assert len(rows) == 21


def test_a_zip_file_of_several_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="several CSV files"):
        read(packed(tmp_path, {"a.csv": b"x", "b.csv": b"y"}, "two.zip"))


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (9000000001.0, "9000000001"), (0.1, "0.1"), (True, "yes")]
)
def test_cells_become_text_faithfully(value: object, text: str) -> None:
    assert xlsx_table.text_of(value) == text


@functools.cache
def _seeds() -> tuple[bytes, ...]:
    plain = (HEAD + 'José,"Núñez\nx",410-555-0101\n' * 5).encode()
    with tempfile.TemporaryDirectory() as folder:
        workbook = book(Path(folder), ["given_name", "fax"], ["Ana", 1], ["Bo", "=1"]).read_bytes()
    return plain, plain.decode().encode("utf-16"), workbook


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mutated_file_crashes_or_hangs(tmp_path: Path, data: st.DataObject) -> None:
    seed = bytearray(data.draw(st.sampled_from(_seeds())))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(seed) - 1))
        seed[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
        seed = seed or bytearray(b"x")
    path = file(tmp_path, bytes(seed), "mutated")
    with contextlib.suppress(BadFile):
        read(path)
