"""Taking the directory out, all of it or a search: CSV, XLSX, or the signed file of a Center for its offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from referral_app.database import Database
from referral_app.exchange import directory_file, directory_table
from referral_app.exchange.directory_file import Manifest
from referral_app.jobs import directory_center, files
from referral_app.services import center, directory_export, directory_keys
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Query, SurgeonRecord

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
SIGNED = directory_file.SUFFIX
EVERYTHING = Query(sort="name")
OTHERS = (".xls", ".pdf", ".doc", ".docx", ".ods", ".zip", ".json")
"""Ends of names that promise something else."""
NOT_IN_TABLES = (
    "Credentials, experience, requirements, handouts, successor, notes and photo are not in such a file."
)
"""What a person must know who takes a CSV file or a workbook for the whole directory."""
_SOME = 200


@dataclass(frozen=True)
class Exported:
    """What went into a file, and whether it took the place of another.

    `fingerprint` is what offices compare of the Center's key where the file is signed; `left_out` says what is not in
    a file of this kind.
    """

    count: int
    canceled: bool = False
    fingerprint: str = ""
    replaced: bool = False
    left_out: str = ""

    @property
    def words(self) -> str:
        """The number in words."""
        return f"{self.count:,} surgeon{'' if self.count == 1 else 's'}"


class _Stopped(Exception):
    """A person stopped the work."""


def export(
    db: Database,
    path: Path,
    query: Query = EVERYTHING,
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
    ids: Sequence[str] = (),
) -> Exported:
    """Write the surgeons of a search, or those of some ids, into a file: .csv, .xlsx or .directory (signed).

    The end of its name says which, CSV where it is none of these. The file is there whole or not at all. Raises
    InvalidInput with one sentence.
    """
    writers = {".csv": directory_table.write_csv, ".xlsx": directory_table.write_xlsx}
    suffix = path.suffix.lower()
    if suffix in OTHERS:
        raise InvalidInput(
            {"file": f"Choose a name that ends with .csv, .xlsx or {SIGNED}, not {path.name}."}
        )
    suffix = suffix if suffix in (*writers, SIGNED) else ".csv"
    with db.read() as session:
        numbers = (
            directory_export.numbers_of(session, ids) if ids else directory_export.chosen(session, query)
        )
    found = _entries(db, numbers, progress, canceled)
    mark, replaced, longer = "", path.exists(), 0
    try:
        with files.writing(path) as file:
            if suffix == SIGNED:
                count, mark = _signed(db, file, found)
            else:
                count, longer = writers[suffix](file, found)
    except _Stopped:
        return Exported(0, canceled=True)
    with db.read() as session:
        directory_export.note(session, count, query)
    left_out = "" if suffix == SIGNED else NOT_IN_TABLES + (_longer(longer) if longer else "")
    return Exported(count, fingerprint=mark, replaced=replaced, left_out=left_out)


def _longer(number: int) -> str:
    """Return where texts are that no cell of a workbook can hold."""
    texts = "1 text is" if number == 1 else f"{number:,} texts are"
    return (
        f" {texts} too long for a cell: the cell is empty, and the whole text stands on the sheet “"
        f"{directory_table.LONGER}”, which no import reads. A CSV file has it in its place."
    )


def query_of(text: str) -> Query:
    """Return the search of a text as the search box reads it; all of the directory by name where there is none."""
    from referral_app.services import query_text

    return query_text.read(text) if text.strip() else EVERYTHING


def _entries(
    db: Database, numbers: Sequence[int], progress: Progress, canceled: Canceled
) -> Iterator[SurgeonRecord]:
    wanted = list(numbers)
    for at in range(0, len(wanted), _SOME):
        if canceled():
            raise _Stopped
        with db.read() as session:
            found = directory_export.entries(session, wanted[at : at + _SOME])
        yield from found
        progress(min(at + _SOME, len(wanted)), len(wanted))


def _signed(db: Database, file: IO[bytes], found: Iterator[SurgeonRecord]) -> tuple[int, str]:
    private, public = _key(db)
    with db.read() as session:
        about, name = directory_center.told(session), center.get(session).name
    manifest = Manifest(name, datetime.now(UTC), 0, public)
    return directory_file.write(file, found, about, manifest, private), directory_file.fingerprint(public)


def _key(db: Database) -> tuple[bytes, str]:
    """Return the key of this Center, made at the first file."""
    with db.begin() as session:
        key = directory_keys.own(session)
        if key is None:
            key = directory_file.new_key()
            directory_keys.keep_own(session, *key)
        return key
