"""The first look at a file that is to be brought in, whatever it lists."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Self

from referral_app.database import Session
from referral_app.exchange.headings import Headings
from referral_app.exchange.sources import BadFile, Seen, Table
from referral_app.services import column_matches
from referral_app.services.errors import InvalidInput

TABLE = "table"
"""The kind of a file with columns to be matched."""

SAMPLES, LONGEST = 3, 200
"""How many cells of a column are shown, and how many characters of each."""


@dataclass(frozen=True)
class FileLook:
    """What a file holds: its headings with sample cells, which field each most likely is, and what the file was."""

    path: Path
    kind: str
    headings: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict[str, str])
    remembered: bool = False
    notes: tuple[str, ...] = ()
    seen: Seen | None = None

    @classmethod
    def of_table(cls, session: Session, path: Path, table: Table, known: Headings) -> Self:
        """Return the look at a table, matched as its headings were the last time, or guessed; raises BadFile."""
        rows = [cells for _, cells in islice(table.rows, SAMPLES)]
        headings = tuple(table.headings)
        kept = column_matches.remembered(session, known.signature(headings))
        mapping = {name: one for name, one in (kept or known.guess(headings)).items() if name in headings}
        samples = tuple(tuple(row[at][:LONGEST] for row in rows) for at in range(len(headings)))
        return cls(path, TABLE, headings, samples, mapping, kept is not None, tuple(table.notes))


def ask_unchanged(path: Path, seen: Seen | None) -> None:
    """Raise BadFile where a file is not what it was when it was looked at."""
    if seen is not None and Seen.of(path) != seen:
        raise BadFile(f"The file {path.name} was changed since you looked at it. Choose it again.")


@contextmanager
def said() -> Generator[None]:
    """Turn the sentences of readers into those of services."""
    try:
        yield
    except BadFile as error:
        raise InvalidInput({"file": str(error)}) from error
