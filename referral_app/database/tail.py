"""Where the audit stands, kept beside the store after every change, so that changes lost from its log are noticed.

The log of a store that was not closed counts only up to its first damaged page; what came after is gone without a word.
This file is written without waiting for the disk: after a crash of the program it is exact, after a power cut it may be
older than the store, and never newer.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from referral_app.database import audit
from referral_app.database.audit import Head

LENGTH = 160
"""Bytes of the file, always the same, so that it is overwritten in one piece."""


def beside(store: Path) -> Path:
    """Return where the head of a store is kept."""
    return store.with_suffix(".head")


def read(store: Path, key: bytes) -> Head | None:
    """Return the head that was kept, None where there is none; raises ValueError where it was altered."""
    try:
        words = beside(store).read_bytes().strip(b"\0 \n").decode("ascii", "replace").split()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError("The head of the audit beside the store cannot be read.") from error
    return audit.kept(dict(zip(("sequence", "hash", "mac"), words, strict=False)), key)


def write(store: Path, head: Head, key: bytes) -> None:
    """Write a head for a store that is not open yet; raises OSError."""
    tail = Tail(store, key)
    tail.keep(head, force=True)
    tail.close()


class Tail:
    """The file of an open store."""

    def __init__(self, store: Path, key: bytes) -> None:
        """Remember where it is; the file is opened with the first event."""
        self._path, self._key = beside(store), key
        self._lock, self._sequence, self._handle = Lock(), -1, -1

    def keep(self, head: Head, force: bool = False) -> None:
        """Write where the audit stands, unless a later event was written before; a disk that refuses costs nothing."""
        with self._lock, suppress(OSError):
            if head.sequence <= self._sequence and not force:
                return
            if self._handle < 0:
                flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
                self._handle = os.open(self._path, flags, 0o600)
            os.lseek(self._handle, 0, os.SEEK_SET)
            words = f"{head.sequence} {head.hash} {head.mac(self._key)}\n"
            os.write(self._handle, words.encode().rjust(LENGTH))
            self._sequence = head.sequence

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._handle >= 0:
                os.close(self._handle)
            self._handle = -1
