"""The cells of a CSV table, made harmless: a spreadsheet runs what begins like a formula (OWASP ASVS 5.0, 1.2.10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the full-width forms, which some spreadsheets read like the first four."""

LONGEST = 32_767
"""Characters that a cell of a workbook holds, those beyond U+FFFF as two; openpyxl cuts longer ones without a word."""

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


def pieces(cell: str) -> list[str]:
    """Return a cell of a workbook as pieces that each fit into one, in order; without what no workbook can hold."""
    rest, found = of_workbook(cell), list[str]()
    while _size(rest) > LONGEST:
        found.append(_beginning(rest))
        rest = rest[len(found[-1]) :]
    return [*found, rest]


def fitting(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield a row of a workbook; what is too long for a cell goes on in the same column of the rows below."""
    yield from zip_longest(*map(pieces, row), fillvalue="")


def _size(text: str) -> int:
    """Return how many characters a text has for a workbook, which counts UTF-16."""
    if len(text) * 2 <= LONGEST or text.isascii():
        return len(text)
    return len(text) + sum(letter > "\uffff" for letter in text)


def _beginning(text: str) -> str:
    """Return as much of a text as fits into a cell."""
    first = text[:LONGEST]
    while (over := _size(first) - LONGEST) > 0:
        first = first[: -((over + 1) // 2)]
    return first


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return the CSV text of rows of text, each cell made harmless."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
