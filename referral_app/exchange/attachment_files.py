"""A file that is to be attached: taken as it lies there, unopened, once its kind and size are known."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from referral_app.exchange.attachments import LARGEST_FILE, Refused, Why
from referral_app.exchange.sources import BadFile, said_in_words

_WAITING = getattr(os, "O_NONBLOCK", 0)
"""A pipe in the place of a file must not make anybody wait."""


def taken(path: Path) -> bytes:
    """Return the bytes of an ordinary file; raises Refused for its size, BadFile for what cannot be read.

    The size is asked before a byte is read, and again afterwards: a file that is still being written is refused.
    """
    with said_in_words(path):
        _refuse_odd(path, path.stat().st_mode)
        number = os.open(path, os.O_RDONLY | _WAITING | getattr(os, "O_BINARY", 0))
    with said_in_words(path), os.fdopen(number, "rb") as file:
        before = os.fstat(number)
        _refuse_odd(path, before.st_mode)
        if before.st_size > LARGEST_FILE or not before.st_size:
            raise Refused(Why.LARGE if before.st_size else Why.EMPTY)
        data, now = file.read(LARGEST_FILE + 1), os.fstat(number)
    if len(data) != before.st_size or (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise BadFile(
            f"The file {path.name} was changed while it was read. Wait until it is complete, then add it."
        )
    return data


def _refuse_odd(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise BadFile(f"{path.name} is a folder. Add the files in it.")
    if not stat.S_ISREG(mode):
        raise BadFile(f"{path.name} is no ordinary file.")
