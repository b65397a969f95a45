"""In which letters a text file is written: found out by its bytes, and said where it had to be assumed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from referral_app.exchange.sources import BadFile

_CHUNK = 1 << 20
_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


@dataclass(frozen=True)
class Letters:
    """The encoding of a file, and what a person should know of how it was found."""

    encoding: str
    note: str = ""


def of(file: BinaryIO, most: int | None = None) -> Letters:
    """Return in which letters a file is written, by all of it or its first `most` bytes; raises BadFile.

    Bytes that are broken inside UTF-8 come out as surrogates, so that their row can be named.
    """
    start = file.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Letters(name)
    if guessed := _without_mark(start):
        return guessed
    return _of_bytes(_chunks(start, file, most))


def _without_mark(start: bytes) -> Letters | None:
    """Return UTF-16 where every other byte is zero."""
    if len(start) < 4 or b"\0" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return Letters("utf-16-le", "The file was read as UTF-16 without its mark.")
    if even > half * 0.7 and odd < half * 0.1:
        return Letters("utf-16-be", "The file was read as UTF-16 without its mark.")
    return None


def _chunks(start: bytes, file: BinaryIO, most: int | None) -> Iterator[bytes]:
    yield start
    read = len(start)
    while (most is None or read < most) and (chunk := file.read(_CHUNK)):
        read += len(chunk)
        yield chunk


def _of_bytes(chunks: Iterator[bytes]) -> Letters:
    high = good = controls = 0
    rest = b""
    for chunk in chunks:
        if chunk.isascii() and not rest:
            continue
        data = rest + chunk
        rest = data[-3:] if not data[-3:].isascii() else b""
        data = data[: len(data) - len(rest)]
        if not data.isascii():
            high += len(_HIGH.findall(data))
            good += sum(map(len, _WELL_FORMED.findall(data)))
            controls += sum(data.count(code) for code in _NOT_IN_1252)
    high += len(_HIGH.findall(rest))
    good += sum(map(len, _WELL_FORMED.findall(rest)))
    if high == good:
        return Letters("utf-8")
    if good * 2 >= high:
        return Letters(
            "utf-8", "The file is UTF-8, but some of its letters are broken; their rows are refused."
        )
    if controls:
        raise BadFile("The file is not text that can be read. Save it as CSV UTF-8.")
    return Letters(
        "cp1252", "The file is not UTF-8. It was read as Windows text (cp1252): check names with accents."
    )


_NOT_IN_1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
