"""A CSV file read row by row, with its letters and delimiter found out, and nothing of it held longer than its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from referral_app.exchange import text_encoding
from referral_app.exchange.sources import (
    BadFile,
    Refusals,
    Rows,
    Seen,
    Table,
    judge_headings,
    named,
    said_in_words,
    unchanged,
)  # fmt: skip

LONGEST_LINE = 1_000_000
"""Characters of one line, a hundred times what the monthly file of NPPES takes for a provider."""
_DELIMITERS = (",", ";", "\t", "|")
_BAD_BYTES = "surrogateescape"


@contextmanager
def opened(path: Path) -> Generator[Table]:
    """Yield the table of a CSV file on disk; raises BadFile, also where the file changes while it is read."""
    seen = Seen.of(path)
    with said_in_words(path), path.open("rb") as raw:
        letters = text_encoding.of(raw)
        raw.seek(0)

        def finish() -> None:
            unchanged(path, seen)

        with of_stream(raw, letters, lambda: (min(raw.tell(), seen.size), seen.size), finish) as table:
            yield table


@contextmanager
def of_stream(
    raw: BinaryIO | IO[bytes],
    letters: text_encoding.Letters,
    position: Callable[[], tuple[int, int]],
    finish: Callable[[], None],
) -> Generator[Table]:
    """Yield the table of a stream of bytes; `finish` is called behind the last row. Raises BadFile."""
    text = io.TextIOWrapper(raw, encoding=letters.encoding, errors=_errors(letters.encoding), newline="")
    lines = _Lines(text)
    first = lines.first()
    delimiter = max(_DELIMITERS, key=lambda one: _outside_quotes(first, one))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    headings = _headings(reader)
    rows = _Rows(lines, reader, delimiter, headings)
    notes = [letters.note] if letters.note else []
    try:
        yield Table(headings, rows.read(finish), notes, rows.refused, position)
    finally:
        text.detach()


def _errors(encoding: str) -> str:
    return _BAD_BYTES if encoding.startswith("utf-8") else "replace"


def _headings(reader: Iterator[list[str]]) -> list[str]:
    try:
        headings = next(reader, list[str]())
    except (csv.Error, _TooLong) as error:
        raise BadFile("Row 1 is too long to be the names of the columns.") from error
    headings = [heading.strip() for heading in headings]
    judge_headings(headings)
    return headings


class _TooLong(Exception):
    """A row that nobody wrote by hand."""


class _Lines:
    """The lines of a text, of limited length; `record` are those of the row that is being read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._waiting: list[str] = []
        self.record: list[str] = []

    def first(self) -> str:
        """Return the first line without taking it."""
        line = self._text.readline(LONGEST_LINE)
        self._waiting = [line] if line else []
        return line

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.record.append(line)
        if len(line) >= LONGEST_LINE and not _ended(line):
            raise _TooLong
        return line

    def quoted(self, between: str, width: int) -> list[str] | None:
        """Return the cells of the next line where every cell of it is quoted and holds no quote, as NPPES writes them.

        Such a line has no more quotes than those around its cells, so that cutting it between them is exact, and takes
        a third of the time. Any other line is left to the reader.
        """
        line = self._waiting.pop() if self._waiting else self._text.readline(LONGEST_LINE)
        if line[:1] == '"' and line[-2:] == '"\n' and line.count('"') == 2 * width:
            cells = line[1:-2].split(between)
            if len(cells) == width and len(line) < csv.field_size_limit():
                return cells
        self._waiting = [line] if line else []
        return None

    def read_past(self) -> bool:
        """Read to the end of the row, be it behind a closing quote in a later line; False where there is no end."""
        quotes = sum(part.count('"') for part in self.record)
        ended = _ended(self.record[-1])
        while quotes % 2 or not ended:
            part = self._text.readline(LONGEST_LINE)
            if not part:
                return quotes % 2 == 0
            quotes, ended = quotes + part.count('"'), _ended(part)
        return True


def _ended(line: str) -> bool:
    return line.endswith(("\n", "\r"))


class _Rows:
    """The rows behind the headings; a row that cannot be cut into cells is refused, and the next one is read."""

    def __init__(
        self, lines: _Lines, reader: Iterator[list[str]], delimiter: str, headings: list[str]
    ) -> None:
        self._lines, self._reader, self._delimiter, self._headings = lines, reader, delimiter, headings
        self.refused = Refusals()

    def read(self, finish: Callable[[], None]) -> Rows:
        """Yield number and cells of each row; raises BadFile where a quote is never closed."""
        number, width, record, reader = 1, len(self._headings), self._lines.record, self._reader
        between = f'"{self._delimiter}"'
        while True:
            record.clear()
            number += 1
            if (cut := self._lines.quoted(between, width)) is not None:
                yield number, cut
                continue
            try:
                cells = next(reader)
            except StopIteration:
                break
            except (_TooLong, csv.Error) as error:
                self._refuse(number, error)
                continue
            if len(cells) == width or _fits(cells, width):
                yield number, cells
            elif cells:
                self.refused.add(
                    number, f"Row {number}: it has {len(cells)} cells, but there are {width} columns."
                )
        finish()

    def _refuse(self, number: int, error: Exception) -> None:
        text = "".join(self._lines.record)
        too_long = isinstance(error, _TooLong) or "field larger" in str(error)
        if not text or "unexpected end" in str(error) or (too_long and not self._lines.read_past()):
            raise BadFile(
                f"Row {number}: a quote is opened there and never closed. Mend the file and try again."
            )
        if not too_long:
            self.refused.add(number, f"Row {number}: its quotes are misplaced.")
            return
        column = named(self._headings, _longest_column(text[:LONGEST_LINE], self._delimiter))
        self.refused.add(number, f"Row {number}, column {column}: the cell is too long.")


def _fits(cells: list[str], width: int) -> bool:
    """Tell whether a row fits its columns: shorter ones are filled up, empty cells behind the last are dropped."""
    if not cells:
        return False
    if len(cells) > width and not any(cells[width:]):
        del cells[width:]
    elif len(cells) < width:
        cells += [""] * (width - len(cells))
    return len(cells) == width


def _longest_column(text: str, delimiter: str) -> int:
    """Return in which column the longest cell of the beginning of a row is."""
    column = start = longest = found = 0
    quoted = False
    for place, sign in enumerate(text + delimiter):
        if sign == '"':
            quoted = not quoted
        elif sign == delimiter and (not quoted or place == len(text)):
            if place - start > longest:
                longest, found = place - start, column
            start, column = place + 1, column + 1
    return found


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])
