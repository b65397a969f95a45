"""Writing a finished document: whole under its name, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from referral_app.services.errors import InvalidInput

_PREFIX = ".unfinished-"
_LEFT_BEHIND = 3600
"""Seconds after which nobody writes any more into a file that has not got its name."""


def write(path: Path, content: bytes) -> None:
    """Write bytes into a file in one step; an older file of that name stays whole until the new one is.

    Raises InvalidInput with a sentence for a folder that is missing or cannot be written, and for a full disk.
    """
    with writing(path) as file:
        file.write(content)


@contextmanager
def writing(path: Path) -> Generator[IO[bytes]]:
    """Yield a file that takes its name once the block is done; whatever is raised in it leaves nothing behind.

    Raises InvalidInput as `write` does.
    """
    with placing(path) as unfinished, unfinished.open("w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def placing(path: Path) -> Generator[Path]:
    """Yield the path of a new file for those who write by path; it takes its name as that of `writing` does."""
    _sweep(path.parent)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
    except OSError as error:
        raise _refusal(path, error) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise _refusal(path, error) from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Remove what a crash left of files in a folder: it may be a patient's, and nobody sees it there."""
    old = time.time() - _LEFT_BEHIND
    with suppress(OSError):
        for one in folder.glob(f"{_PREFIX}????????"):
            with suppress(OSError):  # another program may hold it
                if one.stat().st_mtime < old:
                    one.unlink()


def folder(path: Path) -> None:
    """Make a private folder where there is none; raises InvalidInput with a sentence."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(path / "x", error) from error


def remove(path: Path) -> None:
    """Remove a folder with what is in it, as far as nobody else holds it; one that is not there is no matter."""
    shutil.rmtree(path, ignore_errors=True)


def _refusal(path: Path, error: OSError) -> InvalidInput:
    if error.errno == errno.ENOSPC:
        return InvalidInput({"file": f"The disk is full; {path.name} was not written."})
    if error.errno == errno.ENOENT:
        return InvalidInput({"file": f"There is no folder {path.parent}."})
    return InvalidInput({"file": f"The folder {path.parent} cannot be written. Choose another."})
