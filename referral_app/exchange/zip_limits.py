"""A ZIP file looked at before anything in it is unpacked, so that a small file cannot fill memory or disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from referral_app.exchange.sources import BadFile, said_in_words

MOST_PARTS = 2000
LARGEST_RATIO = 200
"""Bytes out of one byte; a spreadsheet of equal rows reaches about 60."""
_SMALL = 1 << 20
_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, EOFError, UnicodeDecodeError, struct.error, zlib.error)
"""What the libraries raise for a part that is not what the directory says."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def opened(path: Path, largest: int, what: str = "directory") -> Generator[zipfile.ZipFile]:
    """Yield a ZIP file whose directory promises at most `largest` bytes in all; raises BadFile.

    `what` is what the file should hold, for the sentence that refuses it.

    Python unpacks no more of a part than the directory promises, so that a directory that lies is found out.
    """
    with said_in_words(path):
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise BadFile(f"The file {path.name} is damaged: it is no whole ZIP file.") from error
    with archive:
        _judge(archive, path, largest, what)
        try:
            yield archive
        except _DAMAGED as error:
            raise BadFile(f"The file {path.name} is damaged: a part of it cannot be unpacked.") from error
        except OSError as error:
            raise BadFile(f"The file {path.name} cannot be read: {error.strerror or error}.") from error


def _judge(archive: zipfile.ZipFile, path: Path, largest: int, what: str) -> None:
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > largest:
        raise BadFile(
            f"The file {path.name} would unpack to {whole / 1e6:,.0f} MB in {len(parts):,} parts; "
            f"no {what} is that large. It was not opened."
        )
    for part in parts:
        if part.flag_bits & _ENCRYPTED or part.compress_type not in _METHODS:
            raise BadFile(f"The file {path.name} is protected or packed in a way that is not read.")
        if part.file_size > _SMALL and part.file_size > LARGEST_RATIO * max(part.compress_size, 1):
            raise BadFile(
                f"The file {path.name} would unpack to {part.file_size / part.compress_size:,.0f} times its size. "
                "It was not opened."
            )
    packed = sum(part.compress_size for part in parts)
    if packed > path.stat().st_size:
        raise BadFile(f"The file {path.name} is damaged: its parts lie over one another.")
