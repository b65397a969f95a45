"""A file that somebody else wrote: how it is refused, and whether it stayed as it was while it was read."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Rows = Iterator[tuple[int, list[str]]]


class BadFile(ValueError):
    """A file that is not what it should be; says so in one sentence."""


@dataclass
class Refusals:
    """Rows that no reader could take, each with its number and a sentence; only the first thousand are kept."""

    count: int = 0
    shown: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    MOST = 1000

    def add(self, number: int, sentence: str) -> None:
        """Note a row."""
        self.count += 1
        if len(self.shown) < self.MOST:
            self.shown.append((number, sentence))


@dataclass
class Table:
    """A table that is read row by row: its headings, its rows with their numbers (the headings are row 1).

    `notes` say what had to be assumed, `refused` holds the rows that could not be read as cells at all, and
    `position()` tells how many bytes of how many were read.
    """

    headings: list[str]
    rows: Rows
    notes: list[str]
    refused: Refusals
    position: Callable[[], tuple[int, int]]


@dataclass(frozen=True)
class Seen:
    """What a file was when its reading began."""

    size: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> Seen:
        """Look at a file; raises BadFile where there is none."""
        with said_in_words(path):
            found = path.stat()
        return cls(found.st_size, found.st_mtime_ns)


@contextmanager
def said_in_words(path: Path) -> Generator[None]:
    """Turn an error of the system into a sentence."""
    try:
        yield
    except OSError as error:
        raise BadFile(f"The file {path.name} cannot be read: {error.strerror or error}.") from error


def unchanged(path: Path, before: Seen) -> None:
    """Refuse a file that grew, shrank or was written while it was read; raises BadFile."""
    now = Seen.of(path)
    if now.size != before.size:
        change = "grew" if now.size > before.size else "became shorter"
        raise BadFile(
            f"The file {path.name} {change} while it was read. Wait until it is complete, then try again."
        )
    if now.modified != before.modified:
        raise BadFile(f"The file {path.name} was changed while it was read. Try again.")


def beginning(path: Path, length: int = 65536) -> bytes:
    """Return the first bytes of a regular file; raises BadFile."""
    with said_in_words(path):
        if not path.is_file():
            what = (
                "is a folder"
                if path.is_dir()
                else "is not there"
                if not path.exists()
                else "is no ordinary file"
            )
            raise BadFile(f"The file {path.name} {what}.")
        with path.open("rb") as file:
            return os.read(file.fileno(), length)


def letter(column: int) -> str:
    """Return the letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def named(headings: list[str], column: int) -> str:
    """Return how a column is named to a person: its heading, or its letters where it has none."""
    heading = headings[column].strip() if column < len(headings) else ""
    return heading or letter(column)


def judge_headings(headings: list[str]) -> None:
    """Refuse headings that cannot be told apart, or none at all; raises BadFile."""
    if not any(heading.strip() for heading in headings):
        raise BadFile("The file is empty: the first row must name the columns.")
    if len(headings) > MOST_COLUMNS:
        raise BadFile(f"The file has {len(headings):,} columns; a directory has at most {MOST_COLUMNS:,}.")
    seen: dict[str, int] = {}
    for column, heading in enumerate(headings):
        plain = heading.strip().casefold()
        if not heading.isprintable():
            raise BadFile(f"Row 1, column {letter(column)}: the heading holds broken or hidden characters.")
        if plain in seen:
            raise BadFile(
                f"Row 1: columns {letter(seen[plain])} and {letter(column)} have the same heading, "
                f"{heading.strip()}. Rename one of them."
            )
        if plain:
            seen[plain] = column


MOST_COLUMNS = 1000
