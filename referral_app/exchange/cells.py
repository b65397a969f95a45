"""The cells of a CSV table, made harmless: a spreadsheet runs what begins like a formula (OWASP ASVS 5.0, 1.2.10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the full-width forms, which some spreadsheets read like the first four."""

_NOT_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def harmless(cell: str) -> str:
    """Return a cell with an apostrophe before it where a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def as_meant(cell: str) -> str:
    """Return a cell without the apostrophe that `harmless` put before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def of_workbook(cell: str) -> str:
    """Return a cell without the characters that no workbook can hold: control characters and codes of no character."""
    return _NOT_OF_XML.sub("", cell)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return the CSV text of rows of text, each cell made harmless."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
