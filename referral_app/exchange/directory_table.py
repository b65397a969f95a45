"""Surgeons written as a table, CSV or XLSX: a row for each location, with every column that an import reads."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from referral_app.choices.base import Choice
from referral_app.exchange.cells import harmless, pieces
from referral_app.exchange.columns import COLUMNS, Column, Part
from referral_app.services.surgeon_records import SurgeonRecord

HEADINGS = [column.name for column in COLUMNS]
LONGER = "Longer texts"
"""The sheet of what is too long for a cell; the first sheet, which alone is read back, leaves such a cell empty."""
LONGER_HEADINGS = ("row", "npi", "given_name", "family_name", "column", "part", "text")


def rows(surgeon: SurgeonRecord) -> Iterator[list[str]]:
    """Yield a surgeon as rows of text, one for each location."""
    for place in surgeon.placements or (None,):
        holders: dict[Part, Any] = {Part.SURGEON: surgeon}
        if place is not None:
            holders |= {Part.PLACEMENT: place, Part.LOCATION: place.location}
        yield [_cell(column, getattr(holders.get(column.part), column.attribute, None)) for column in COLUMNS]


def write_csv(file: IO[bytes], surgeons: Iterable[SurgeonRecord]) -> tuple[int, int]:
    """Write surgeons as CSV in UTF-8 and return how many, and 0: no text is too long for it.

    Cells that a spreadsheet would run are made harmless. It begins with the mark of UTF-8: without it Excel reads
    accents as other letters.
    """
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    out = csv.writer(text)
    out.writerow(HEADINGS)
    count = 0
    for surgeon in surgeons:
        out.writerows([harmless(cell) for cell in row] for row in rows(surgeon))
        count += 1
    text.detach()
    return count, 0


def write_xlsx(file: IO[bytes], surgeons: Iterable[SurgeonRecord]) -> tuple[int, int]:
    """Write surgeons as a workbook, every cell text and none a formula, the headings frozen.

    Return how many, and how many texts are too long for a cell and stand on a sheet of their own.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Surgeons")
    sheet.freeze_panes = "A2"
    sheet.append(_text_cells(sheet, HEADINGS, bold=True))
    count, at, longer = 0, 1, list[list[str]]()
    try:
        for surgeon in surgeons:
            for row in rows(surgeon):
                at += 1
                sheet.append(_text_cells(sheet, _shortened(row, at, longer)))
            count += 1
    except BaseException:
        sheet.close()
        raise
    if longer:
        _write_longer(book.create_sheet(LONGER), longer)
    book.save(file)
    return count, sum(line[5] == "1" for line in longer)


def _shortened(row: list[str], at: int, longer: list[list[str]]) -> list[str]:
    """Return a row without what no cell can hold, which is added to `longer` in pieces."""
    short: list[str] = []
    for column, text in zip(COLUMNS, row, strict=True):
        parts = pieces(text)
        short.append(parts[0] if len(parts) == 1 else "")
        if len(parts) > 1:
            about = [str(at), *(row[HEADINGS.index(name)] for name in LONGER_HEADINGS[1:4]), column.name]
            longer.extend([*about, str(number), part] for number, part in enumerate(parts, start=1))
    return short


def _write_longer(sheet: Any, longer: Iterable[list[str]]) -> None:
    sheet.freeze_panes = "A2"
    sheet.append(_text_cells(sheet, LONGER_HEADINGS, bold=True))
    for line in longer:
        sheet.append(_text_cells(sheet, [text if len(pieces(text)) == 1 else "" for text in line]))


def _text_cells(sheet: Any, texts: Iterable[str], bold: bool = False) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made: list[Any] = []
    for text in texts:
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"  # otherwise what begins with = becomes a formula
        cell.number_format = "@"
        if bold:
            cell.font = Font(bold=True)
        made.append(cell)
    return made


def _cell(column: Column, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Choice():
            return str(value.value)
        case tuple():
            return _list([_cell(column, one) for one in value])  # pyright: ignore[reportUnknownVariableType]
        case _ if column.kind == "procedures":
            return value.code
        case _ if column.kind == "date":
            return value.isoformat()
        case _:
            return str(value)


def _list(parts: list[str]) -> str:
    """Return a list as it is read back: with a ; at the end where one part alone holds what divides lists elsewhere."""
    end = ";" if len(parts) == 1 and any(sign in parts[0] for sign in "|,") else ""
    return ";".join(parts) + end
