"""A table from a file, whatever it is: CSV, XLSX, or a CSV inside a ZIP file as NPPES publishes it."""

from __future__ import annotations

import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from referral_app.exchange import csv_table, text_encoding, xlsx_table, zip_limits
from referral_app.exchange.sources import BadFile, Seen, Table, beginning, unchanged

ZIP_START, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
LARGEST_ZIP = 40_000_000_000
"""Bytes that a published file of NPPES may unpack to; it takes 11 GB, and is never held in memory."""


@contextmanager
def opened(path: Path) -> Generator[Table]:
    """Yield the table in a file, told by its content and not by its name.

    Raises BadFile with one sentence where there is none, and behind the last row where the file changed meanwhile.
    """
    start = beginning(path)
    if start.startswith(_OLD_OFFICE):
        raise BadFile(
            f"The file {path.name} is an old or a protected workbook. Save it as XLSX without a password."
        )
    if start.startswith(_PDF):
        raise BadFile(f"The file {path.name} is a PDF, not a table.")
    if not start.startswith(ZIP_START):
        with csv_table.opened(path) as table:
            yield table
    elif is_workbook(path):
        with xlsx_table.opened(path) as table:
            yield table
    else:
        with _zipped(path) as table:
            yield table


def is_workbook(path: Path) -> bool:
    """Tell whether a ZIP file is a workbook; raises BadFile for a damaged one."""
    with zip_limits.opened(path, LARGEST_ZIP) as archive:
        return "[Content_Types].xml" in archive.namelist()


@contextmanager
def _zipped(path: Path) -> Generator[Table]:
    seen = Seen.of(path)
    with zip_limits.opened(path, LARGEST_ZIP) as archive:
        part = _csv_part(archive, path)
        with archive.open(part) as sample:
            letters = text_encoding.of(sample, 1 << 22)  # pyright: ignore[reportArgumentType]
        with archive.open(part) as raw:

            def position() -> tuple[int, int]:
                return min(raw.tell(), part.file_size), part.file_size

            with csv_table.of_stream(raw, letters, position, lambda: unchanged(path, seen)) as table:
                yield table


def _csv_part(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the one table inside: that of the providers among what NPPES publishes together, else the only CSV."""
    found = [part for part in archive.infolist() if part.filename.lower().endswith(".csv")]
    main = [
        part for part in found if "npidata_pfile" in part.filename.lower() and "fileheader" not in part.filename.lower()
    ]  # fmt: skip
    chosen = main or found
    if len(chosen) != 1:
        what = "no CSV file" if not chosen else "several CSV files"
        raise BadFile(f"The file {path.name} holds {what}. Unpack it and choose one.")
    return chosen[0]
