"""The tables of the reports as CSV and XLSX, as they are shown; nothing in them is run by a spreadsheet."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from referral_app.exchange import cells

if TYPE_CHECKING:
    from referral_app.services.report_records import Part, Report

_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_csv(file: IO[bytes], reports: Sequence[Report]) -> int:
    """Write the tables one below the other, each with its title, in UTF-8 with its mark; return how many."""
    lines = [row for report in reports for row in _lines(report)]
    file.write(codecs.BOM_UTF8 + cells.table(lines).encode())
    return sum(len(report.parts) for report in reports)


def write_xlsx(file: IO[bytes], reports: Sequence[Report]) -> int:
    """Write a sheet for each table, whole numbers as numbers and all else as text; return how many.

    A text that is too long for a cell goes on in the rows below.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    names: set[str] = set()
    count = 0
    for report in reports:
        for part in report.parts:
            sheet = book.create_sheet(_name(part.title, names))
            for number, row in enumerate(_rows(report, part)):
                for line in cells.fitting(row):
                    sheet.append([_cell(sheet, text, bold=number in (0, 3)) for text in line])
            count += 1
    book.save(file)
    return count


def _lines(report: Report) -> Iterator[Sequence[str]]:
    for part in report.parts:
        yield from _rows(report, part)
        yield []


def _rows(report: Report, part: Part) -> Iterator[Sequence[str]]:
    yield [part.title]
    yield [report.about]
    yield [" ".join(note for note in (part.note, report.note) if note)]
    yield part.heads
    yield from part.rows


def _name(title: str, taken: set[str]) -> str:
    """Return the name of a sheet, unlike all before it."""
    base = title.translate(_FORBIDDEN)[:_LONGEST_NAME].strip() or "Report"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: _LONGEST_NAME - 3]} {number}"
    taken.add(name.lower())
    return name


def _cell(sheet: Any, text: str, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    plain = text.replace(",", "")
    if plain.isdecimal() and plain.isascii() and len(plain) < 16:
        cell = WriteOnlyCell(sheet, int(plain))
    else:
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"  # otherwise what begins with = becomes a formula
        cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
