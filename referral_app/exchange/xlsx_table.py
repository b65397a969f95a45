"""The first sheet of an XLSX workbook read row by row as text; formulas are refused, never computed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from referral_app.exchange import workbook_parts, zip_limits
from referral_app.exchange.sources import (
    MOST_COLUMNS,
    BadFile,
    Refusals,
    Rows,
    Seen,
    Table,
    judge_headings,
    named,
    unchanged,
)  # fmt: skip

LARGEST, LARGEST_HELD = 1_500_000_000, 80_000_000
"""Bytes that a workbook unpacks to, and those of all that is not read row by row and so may be held in memory."""
LARGEST_WHOLE = 10_000_000
"""Bytes of XML that becomes objects all at once, such as styles: some hundred bytes of memory for each tag."""
MOST_TAGS = 1_000_000
"""Tags between the beginnings of two rows: 16,384 cells of Excel have some 130,000."""
_LONGEST_RUN = 1_000_000
"""Bytes between two tags: a cell of Excel holds at most 32,767 characters."""
_LAST_ROW = 1_048_576
_CHUNK = 1 << 16
_ITEMS = b"<row ", b"<row>", b":row ", b":row>", b"<si>", b":si>"
"""With what a row begins, or a text of the table of texts: what was read before is let go of."""
_CELL = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})\d')


@contextmanager
def opened(path: Path) -> Generator[Table]:
    """Yield the table of a workbook's first sheet; raises BadFile, also where the file changes meanwhile."""
    seen = Seen.of(path)
    with zip_limits.opened(path, LARGEST) as archive:
        rows = _judge(archive, path)
    book = _workbook(path)
    try:
        yield _table(book, path, seen, rows)
    finally:
        book.close()


def _judge(archive: zipfile.ZipFile, path: Path) -> int:
    """Unpack once, keeping nothing: sizes as promised, no DOCTYPE, no cell without end; return the most rows."""
    names, most = set(archive.namelist()), 1
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise BadFile(f"The file {path.name} is no XLSX workbook.")
    sheets, strings = workbook_parts.streamed(archive, path)
    held = [part for part in archive.infolist() if part.filename not in sheets]
    _judge_sizes(archive, held, strings, path)
    for part in archive.infolist():
        if workbook_parts.is_xml(archive, part):
            most = max(most, _judge_part(archive, part, path))
    return most


def _judge_sizes(
    archive: zipfile.ZipFile, held: list[zipfile.ZipInfo], strings: set[str], path: Path
) -> None:
    """Refuse what would fill memory, whatever it is called: a part counts unless it is read row by row."""
    if sum(part.file_size for part in held) > LARGEST_HELD:
        raise BadFile(f"The file {path.name} holds too much text for one workbook. Save it as CSV UTF-8.")
    objects = [part for part in held if part.filename not in strings and workbook_parts.is_xml(archive, part)]
    if sum(part.file_size for part in objects) > LARGEST_WHOLE:
        raise BadFile(
            f"The file {path.name} holds far more formatting than a table needs. Save it as CSV UTF-8."
        )


def _judge_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path) -> int:
    run, before, row, column, tags = 0, b"", 0, "", 0
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            seam = before[-16:] + chunk
            if (
                b"<!DOCTYPE" in seam
                or b"<!ENTITY" in seam
                or (not row and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"))
            ):
                raise BadFile(
                    f"The file {path.name} holds instructions that no workbook needs. It was not opened."
                )
            row += seam.count(b"<row ") - before[-16:].count(b"<row ")
            tags = 0 if any(one in seam for one in _ITEMS) else tags + chunk.count(b"<")
            first, last = chunk.find(b"<"), chunk.rfind(b"<")
            run = run + len(chunk) if first < 0 else max(run + first, 0)
            if run > _LONGEST_RUN or tags > MOST_TAGS:
                where = f"Row {row:,}, column {column}" if row and column else f"The file {path.name}"
                what = "a cell is too long (more than 32,767 characters)"
                raise BadFile(f"{where}: {what if run > _LONGEST_RUN else 'a row has far too many cells'}.")
            if found := _CELL.match(chunk, max(chunk.rfind(b"<c "), 0)):
                column = found[1].decode()
            run, before = run if first < 0 else len(chunk) - last, chunk
    return row


def _workbook(path: Path) -> Any:
    import openpyxl
    from openpyxl.xml import DEFUSEDXML

    assert DEFUSEDXML, "openpyxl must parse with defusedxml"
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # it raises many kinds for a damaged workbook, none of them its own
        raise BadFile(f"The file {path.name} is no XLSX workbook that can be read.") from error


def _table(book: Any, path: Path, seen: Seen, count: int) -> Table:
    sheets = book.worksheets
    if not sheets:
        raise BadFile(f"The file {path.name} has no sheet.")
    sheet = sheets[0]
    sheet.reset_dimensions()
    raw = _guarded(_numbered(sheet), path)
    first: Any = next(raw, (1, ()))[1]
    headings = [text.strip() for text in _texts(first)]
    while headings and not headings[-1]:
        headings.pop()
    judge_headings(headings)
    refused, place = Refusals(), [1]
    notes = (
        [f"The workbook has {len(sheets)} sheets; the first, {sheet.title}, was read."]
        if len(sheets) > 1
        else []
    )
    rows = _rows(raw, headings, refused, place, path, seen)
    return Table(headings, rows, notes, refused, lambda: (min(place[0], count), count))


def _numbered(sheet: Any) -> Iterator[tuple[int, Any]]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW:
            raise BadFile(f"Row {number:,}: a sheet has at most {_LAST_ROW:,} rows.")
        yield number, cells


def _guarded(rows: Iterator[tuple[int, Any]], path: Path) -> Iterator[tuple[int, Any]]:
    """Say in words what openpyxl raises for a damaged sheet, whatever that is."""
    number = 0
    while True:
        try:
            number, cells = next(rows)
        except StopIteration:
            return
        except BadFile:
            raise
        except Exception as error:
            raise BadFile(f"The file {path.name} is damaged behind row {number:,}.") from error
        yield number, cells


def _rows(
    raw: Iterator[tuple[int, Any]],
    headings: list[str],
    refused: Refusals,
    place: list[int],
    path: Path,
    seen: Seen,
) -> Rows:
    width = len(headings)
    for number, cells in raw:
        place[0] = number
        formula = next((n for n, cell in enumerate(cells) if cell.data_type == "f"), None)
        if formula is not None:
            refused.add(
                number,
                f"Row {number}, column {named(headings, formula)}: the cell is a formula. Paste its value instead.",
            )
            continue
        if len(cells) > MOST_COLUMNS:
            refused.add(number, f"Row {number}: it has {len(cells):,} cells, but there are {width} columns.")
            continue
        texts = _texts(cells)
        if not any(texts):
            continue
        if any(texts[width:]):
            refused.add(
                number,
                f"Row {number}, column {named(headings, width)}: there is a cell without a heading above it.",
            )
            continue
        yield number, (texts + [""] * (width - len(texts)))[:width]
    unchanged(path, seen)


def _texts(cells: Any) -> list[str]:
    return [text_of(cell.value) for cell in cells]


def text_of(value: Any) -> str:
    """Return the text of a cell: 9000000001.0 is 9000000001, a date is in ISO form, true is yes."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case _:
            return str(value)
